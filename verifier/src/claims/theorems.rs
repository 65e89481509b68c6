//! Claims of the theorems for one pair: that Φ is reached within their bounds; and of Lemma A.6.

use std::fmt::Write as _;

use relucert_format::{
    BalancedSet, ConditionName, Form, LiftClaim, Refined31, Reparametrization, Side, Statement,
    Theorem31, Theorem33,
};

use super::bounds::{
    difference_in_words, distance, is_exact, of_difference, shown_bounds, threshold,
    threshold_name, vacuous, with_roots,
};
use super::says::{Says, Wanted, order};
use crate::facts::{Fact, least_beta, refined_bound};
use crate::kernel::number::Q;
use crate::kernel::surd::Sum;
use crate::kernel::verdict::{Stop, equal};
use crate::scene::Scene;
use crate::subject::{BOTH, FUNCTIONS, GAMMA, Reads, Subject, THEOREM};

impl Says for Reparametrization {
    fn subject(&self) -> Subject<'_> {
        THEOREM
    }

    fn facts(&self, scene: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        let value = Sum::stated(&self.distance, scene.limits)?;
        let bound = Sum::stated(&self.bound, scene.limits)?;
        Ok(vec![
            Wanted::Is(Fact::Distance(self.distance.clone(), 0)),
            order(value, bound, "the distance is at most the bound"),
        ])
    }

    fn sentence(&self, _: &Scene, _: &Statement) -> String {
        let Reparametrization { distance, bound } = self;
        format!("R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = {distance} ≤ {bound}.\n")
    }

    fn value(&self) -> Option<String> {
        Some(self.distance.to_string())
    }

    fn vacuous(&self, scene: &Scene) -> String {
        vacuous(scene, [Some(&self.bound)])
    }
}

impl Says for Theorem31 {
    fn subject(&self) -> Subject<'_> {
        Subject {
            one_root: GAMMA,
            ..THEOREM
        }
    }

    fn fits(&self, scene: &Scene) -> Result<(), Stop> {
        one_output(scene)
    }

    fn facts(&self, scene: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        let threshold = threshold(self.form, &self.r, &self.jump);
        let limits = scene.limits;
        let beta = Sum::stated(&self.beta, limits)?;
        let mut wanted = of_difference(self.form, &self.r, &self.jump)?;
        wanted.extend([
            order(Sum::zero(), beta.clone(), "beta is not negative"),
            Wanted::Is(Fact::Balanced(self.beta.clone(), threshold.clone())),
            Wanted::Is(Fact::Holds(ConditionName::NoParallel, false, 0)),
            Wanted::Cases {
                threshold,
                star: false,
            },
        ]);
        // With r only bracketed, `paper` and `sharp` are taken at its lower end, with the least β there: both terms grow with r.
        let (r, jump) = (Q::from(&self.r.lower), Q::from(&self.jump));
        let [at_r, at_jump] = match self.form {
            Form::Seminorm => [beta, least_beta(&scene.gamma, &jump, limits)?],
            Form::Jump => [least_beta(&scene.gamma, &r.double(), limits)?, beta],
        };
        let betas = [at_r.clone(), at_r, at_jump];
        let formulas = ["beta + 2 sqrt(r)", "beta + sqrt(2r)", "beta_J + sqrt(J)"];
        let bounds = with_roots(betas, &Q::one(), &r, &jump, limits)?;
        wanted.extend(distance(
            &self.distance,
            self.bounds.all(),
            bounds,
            formulas,
            scene.limits,
        )?);
        Ok(wanted)
    }

    fn sentence(&self, _: &Scene, _: &Statement) -> String {
        let Theorem31 {
            beta,
            r,
            jump,
            distance,
            bounds,
            ..
        } = self;
        let threshold = threshold_name(self.form);
        let mut text = format!(
            "Theorem 3.1 for Γ and g = R(Θ), in the form with the threshold {threshold}:\n\
             {}Γ satisfies C.1 with β = {beta} at the threshold {threshold}, and C.2; Γ and some Θ′ with R(Θ′) = R(Θ) satisfy C.3a and \
             C.3b;\n\
             every neuron is in the case of the scene that the certificate names;\n\
             R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = {distance}",
            difference_in_words(r, jump)
        );
        let (beta_r, r_name, beta_j) = match self.form {
            Form::Seminorm => ("β", "r", "β_J"),
            Form::Jump => ("β_r", "r_lower", "β"),
        };
        let formulas = [
            format!("{beta_r} + 2√{r_name}"),
            format!("{beta_r} + √(2 {r_name})"),
            format!("{beta_j} + √J"),
        ];
        text += &shown_bounds(bounds, formulas);
        let at_r = bounds.paper.is_some() || bounds.sharp.is_some();
        match self.form {
            Form::Seminorm if bounds.jump.is_some() => {
                text.push_str("β_J is the least β for which C.1 holds at the threshold J.\n");
            }
            Form::Jump if at_r => {
                let lower = &r.lower;
                // Writing to a String cannot fail.
                let _ = writeln!(
                    text,
                    "r_lower = {lower}, and β_r is the least β for which C.1 holds at the threshold 2 r_lower; as r_lower ≤ r, the \
                     same expressions at r itself are no smaller."
                );
            }
            _ => {}
        }
        text
    }

    fn value(&self) -> Option<String> {
        Some(self.distance.to_string())
    }

    fn vacuous(&self, scene: &Scene) -> String {
        vacuous(scene, self.bounds.all())
    }
}

impl Says for Refined31 {
    fn subject(&self) -> Subject<'_> {
        Subject {
            one_root: GAMMA,
            ..THEOREM
        }
    }

    fn fits(&self, scene: &Scene) -> Result<(), Stop> {
        one_output(scene)
    }

    fn facts(&self, scene: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        let threshold = threshold(self.form, &self.r, &self.jump);
        let mut wanted = of_difference(self.form, &self.r, &self.jump)?;
        for condition in [ConditionName::NoParallel, ConditionName::NoOppositePossible] {
            wanted.push(Wanted::Is(Fact::Holds(condition, true, 0)));
        }
        let formula = refined_bound(&scene.gamma, scene.theta()?, &threshold, scene.limits)?;
        let bound = [Some(&self.bound)];
        wanted.extend(distance(
            &self.distance,
            bound,
            [formula],
            ["of the refined form"],
            scene.limits,
        )?);
        Ok(wanted)
    }

    fn sentence(&self, _: &Scene, _: &Statement) -> String {
        format!(
            "Theorem 3.1 in refined form for Γ and g = R(Θ), with T = {}:\n{}\
             no two live neurons of Γ (with c_i ≠ 0 and a_i ≠ 0) satisfy a_i = λ a_j with λ > 0 (C.2), none of them do with λ < 0, and for \
             some Θ′ with R(Θ′) = R(Θ) neither do two live neurons of Θ′ (C.3a), nor a live neuron of Γ and one of Θ′ (C.3b);\n\
             R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = {};\n  ‖Φ − Γ‖_∞ ≤ max(√T, max_(i ∈ U) (β_i + √T)) = {}.\n\
             Here β_i = max(|c_i|, ‖a_i‖_∞), and U are the neurons of Γ that are dead, or on whose hyperplane no live neuron of Θ′ is, or \
             the outer weights of those of Θ′ on it, merged into one, are 0 or have not the sign of c_i.\n",
            threshold_name(self.form),
            difference_in_words(&self.r, &self.jump),
            self.distance,
            self.bound
        )
    }

    fn value(&self) -> Option<String> {
        Some(self.distance.to_string())
    }

    fn vacuous(&self, scene: &Scene) -> String {
        vacuous(scene, [Some(&self.bound)])
    }
}

fn one_output(scene: &Scene) -> Result<(), Stop> {
    let outputs = scene.gamma.outputs;
    equal("Theorem 3.1 is for one output: D", outputs, 1)
}

impl Says for Theorem33 {
    fn subject(&self) -> Subject<'_> {
        Subject {
            one_root: BOTH,
            ..THEOREM
        }
    }

    fn facts(&self, scene: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        let threshold = threshold(self.form, &self.r, &self.jump);
        let mut wanted = of_difference(self.form, &self.r, &self.jump)?;
        wanted.extend([
            Wanted::Is(Fact::Member(Side::Gamma, BalancedSet::NStar)),
            Wanted::Is(Fact::Member(Side::Theta, BalancedSet::NStar)),
            Wanted::Cases {
                threshold,
                star: true,
            },
        ]);
        let (r, jump) = (Q::from(&self.r.lower), Q::from(&self.jump));
        let betas = [Sum::zero(), Sum::zero(), Sum::zero()];
        let formulas = ["4 sqrt(r)", "2 sqrt(2r)", "2 sqrt(J)"];
        let bounds = with_roots(betas, &Q::one().double(), &r, &jump, scene.limits)?;
        wanted.extend(distance(
            &self.distance,
            self.bounds.all(),
            bounds,
            formulas,
            scene.limits,
        )?);
        Ok(wanted)
    }

    fn sentence(&self, _: &Scene, _: &Statement) -> String {
        let mut text = format!(
            "Theorem 3.3 for Γ and g = R(Θ), in the form with the threshold {}:\n{}\
             Γ and Θ are in N*: ‖c_i‖_∞ = ‖a_i‖_∞ for all i, no two a_i are positive multiples of each other, and the last two entries of \
             every a_i are positive;\n\
             every neuron is in the case of the proof that the certificate names;\n\
             Φ is Θ with its neurons in another order, so R(Φ) = R(Θ), and ‖Φ − Γ‖_∞ = {}",
            threshold_name(self.form),
            difference_in_words(&self.r, &self.jump),
            self.distance
        );
        let exact = is_exact(&self.r);
        let r = if exact { "r" } else { "r_lower" };
        let bounds = &self.bounds;
        let formulas = [format!("4√{r}"), format!("2√2·√{r}"), "2√J".to_owned()];
        text += &shown_bounds(bounds, formulas);
        if !exact && (bounds.paper.is_some() || bounds.sharp.is_some()) {
            text += &format!(
                "r_lower = {}; as r_lower ≤ r, the same expressions at r itself are no smaller.\n",
                self.r.lower
            );
        }
        text
    }

    fn value(&self) -> Option<String> {
        Some(self.distance.to_string())
    }

    fn vacuous(&self, scene: &Scene) -> String {
        vacuous(scene, self.bounds.all())
    }
}

impl Says for LiftClaim {
    fn subject(&self) -> Subject<'_> {
        Subject {
            reads: Reads::Lift,
            one_root: GAMMA,
            ..FUNCTIONS
        }
    }

    fn facts(&self, _: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        Ok(vec![
            Wanted::Is(Fact::Equal),
            Wanted::Is(Fact::Member(Side::Gamma, BalancedSet::NStar)),
        ])
    }

    fn sentence(&self, _: &Scene, _: &Statement) -> String {
        "Γ is in N*: ‖c_i‖_∞ = ‖a_i‖_∞ for all i, no two a_i are positive multiples of each other, and the last two entries of every a_i \
         are positive;\nR(Γ)(x, 1, −1) = R(Θ)(x) for all x in R^d, where d is the number of inputs of Θ.\n"
            .to_owned()
    }
}
