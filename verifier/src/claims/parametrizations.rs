//! Claims about all parametrizations of a function.

use relucert_format::{
    Among, BalancedSet, FlipsClaim, IdentifiableClaim, MinimalClaim, NearestClaim, Side, Statement,
    UniqueClaim,
};

use super::says::{Says, Wanted, bracket, order};
use crate::facts::Fact;
use crate::kernel::number::Q;
use crate::kernel::rank::identifiable;
use crate::kernel::surd::Sum;
use crate::kernel::verdict::{Stop, reject};
use crate::scene::Scene;
use crate::subject::{BOTH, FUNCTIONS, Reads, Speaks, Subject};

/// Of all networks with the function of Γ.
const FLIPS: Subject<'_> = Subject {
    speaks: Speaks::Gamma,
    reads: Reads::Affine,
    start: Side::Gamma,
    ..FUNCTIONS
};

impl Says for FlipsClaim {
    fn subject(&self) -> Subject<'_> {
        FLIPS
    }

    fn facts(&self, _: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        Ok(vec![
            Wanted::Stated(!self.sets.is_empty(), "the claim names no set"),
            Wanted::Is(Fact::Flips(self.sets.clone(), 0)),
        ])
    }

    fn sentence(&self, scene: &Scene, _: &Statement) -> String {
        let sets: Vec<String> = self.sets.iter().map(|set| format!("{set:?}")).collect();
        let sets = sets.join(", ");
        let middle = format!(
            "The non-empty sets F of neurons with Σ_(i ∈ F) c_i a_iᵀ = 0 are exactly {sets}.\n\
             Every network with as many neurons and the function R(Γ) is Γ with its neurons in another order, each (a_i, c_i) \
             replaced by (μ a_i, c_i/μ), μ > 0, and a changed in sign for all neurons of one of these sets, or for none.\n",
        );
        all_parametrizations(&middle, scene)
    }

    fn value(&self) -> Option<String> {
        Some(serde_json::to_string(&self.sets).unwrap_or_default())
    }
}

impl Says for UniqueClaim {
    fn subject(&self) -> Subject<'_> {
        FLIPS
    }

    fn facts(&self, _: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        Ok(vec![Wanted::Is(Fact::Flips(Vec::new(), 0))])
    }

    fn sentence(&self, scene: &Scene, _: &Statement) -> String {
        let middle = "There is no non-empty set F of neurons with Σ_(i ∈ F) c_i a_iᵀ = 0.\n\
             Every network with as many neurons and the function R(Γ) is Γ with its neurons in another order, each (a_i, c_i) replaced \
             by (μ a_i, c_i/μ), μ > 0.\n";
        all_parametrizations(middle, scene)
    }
}

/// What goes before and after.
fn all_parametrizations(middle: &str, scene: &Scene) -> String {
    // What linear parts, and the output bias, are where there are biases.
    let parts = match scene.homogenised {
        true => {
            "The networks have biases: a_i is without b_i, the hyperplanes are ⟨a_i,x⟩ + b_i = 0, rescaling and flipping act on \
             (a_i, b_i), the output bias e follows from them, and it is not counted as a neuron.\n"
        }
        false => "",
    };
    format!(
        "All neurons of Γ have c_i ≠ 0 and a_i ≠ 0, and are on pairwise different hyperplanes.\n{middle}{parts}"
    )
}

impl Says for IdentifiableClaim {
    fn subject(&self) -> Subject<'_> {
        Subject {
            speaks: Speaks::Gamma,
            reads: Reads::Affine,
            kinks: Side::Gamma,
            ..FUNCTIONS
        }
    }

    fn facts(&self, _: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        Ok(vec![Wanted::Is(Fact::Rank(self.rank))])
    }

    fn sentence(&self, _: &Scene, _: &Statement) -> String {
        identifiable(self.rank)
    }

    fn value(&self) -> Option<String> {
        Some(self.rank.to_string())
    }
}

impl Says for MinimalClaim {
    fn subject(&self) -> Subject<'_> {
        Subject {
            reads: Reads::Affine,
            kinks: Side::Gamma,
            ..FUNCTIONS
        }
    }

    fn facts(&self, scene: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        let upper = match scene.movable(&scene.gamma) {
            [neuron] if neuron.is_zero() && self.upper == 0 => 0,
            neurons => neurons.len(),
        };
        // Every network of the function has a live neuron on each of its h kinks. With h neurons there is one on each, and an
        // orientation fits. With h + 1 the other one is on some kink too, since alone on another hyperplane it would make a
        // kink, or it does nothing: an orientation fits with that kink left out.
        let kinks = scene.function()?.kinks.len();
        let left_out = (self.lower == kinks + 2).then_some(0..kinks);
        let left_out = left_out.into_iter().flatten().map(Some);
        let none = (self.lower > kinks).then_some(None);
        let number = |n: usize| Sum::from(Q::from(num_bigint::BigInt::from(n)));
        let mut wanted = vec![
            Wanted::Is(Fact::Equal),
            Wanted::Formula {
                stated: number(self.upper),
                is: number(upper),
                what: "upper end against the neurons of Γ".to_owned(),
            },
            order(
                number(self.lower),
                number(upper),
                "the lower end is at most the upper one",
            ),
            order(
                number(self.lower),
                number(kinks + 2),
                "the lower end is at most 2 more than the number of kinks",
            ),
        ];
        let orientations = left_out.chain(none);
        wanted.extend(orientations.map(|line| Wanted::Is(Fact::NoOrientation(line, false))));
        Ok(wanted)
    }

    fn sentence(&self, scene: &Scene, _: &Statement) -> String {
        let MinimalClaim { lower, upper } = self;
        let least = match lower == upper {
            true => {
                format!("{upper} is the least number of neurons of a network with this function")
            }
            false => format!(
                "the least number of neurons of a network with this function is at least {lower} and at most {upper}"
            ),
        };
        let zero = match upper {
            0 => ", but for one that is zero,",
            _ => "",
        };
        let bias = match scene.homogenised {
            true => "Networks may have biases; the output bias is not counted as a neuron.\n",
            false => "",
        };
        format!("R(Γ) = R(Θ) on all of R^d, Γ has{zero} {upper} neurons, and {least}.\n{bias}")
    }

    fn value(&self) -> Option<String> {
        Some(bracket(self.lower.to_string(), self.upper.to_string()))
    }

    fn vacuous(&self, _: &Scene) -> String {
        match self.lower == 0 && self.upper > 0 {
            true => "The lower bound is vacuous: no network has fewer than 0 neurons.\n".to_owned(),
            false => String::new(),
        }
    }
}

impl Says for NearestClaim {
    fn subject(&self) -> Subject<'_> {
        Subject {
            speaks: Speaks::Phi,
            reads: Reads::Affine,
            one_root: match self.among {
                Among::All => &[],
                Among::NStar => BOTH,
            },
            ..FUNCTIONS
        }
    }

    fn fits(&self, scene: &Scene) -> Result<(), Stop> {
        match self.among == Among::NStar && scene.homogenised {
            true => reject("networks in N* have no biases"),
            false => Ok(()),
        }
    }

    fn facts(&self, scene: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        let in_n_star = self.among == Among::NStar;
        let limits = scene.limits;
        let lower = Sum::stated(&self.lower, limits)?;
        let upper = Sum::stated(&self.upper, limits)?;
        let mut wanted = vec![order(
            lower.clone(),
            upper.clone(),
            "the lower end is at most the upper one",
        )];
        wanted.push(Wanted::Is(Fact::Distance(self.upper.clone(), 0)));
        if in_n_star {
            wanted.push(Wanted::Is(Fact::Member(Side::Phi, BalancedSet::NStar)));
        }
        if lower.sign(limits)?.is_gt() {
            wanted.push(Wanted::Apart {
                value: lower,
                in_n_star,
            });
        }
        Ok(wanted)
    }

    fn sentence(&self, scene: &Scene, statement: &Statement) -> String {
        let NearestClaim {
            among,
            lower,
            upper,
        } = self;
        let m = statement.networks.gamma.m;
        let (who, also) = match among {
            Among::All => ("", ""),
            Among::NStar => (
                " in N* (‖c_i‖_∞ = ‖a_i‖_∞ for all i, no two a_i positive multiples of each other, the last two entries of every a_i \
                 positive)",
                ", and Φ is one of these",
            ),
        };
        let known = match lower.to_string() == upper.to_string() {
            true => "So Φ is nearest to Γ.\n",
            false => "",
        };
        let bias = match scene.homogenised {
            true => format!(
                "The networks have biases: Φ and its distances are those of the homogenised networks, with a_i followed by b_i, and the \
                 output bias e as one more, last neuron a = (0, …, 0, 1), c = e; the networks Φ′ have {m} neurons and an output bias. \
                 Functions are of the original variables.\n"
            ),
            false => String::new(),
        };
        format!(
            "R(Φ) = R(Θ) and ‖Φ − Γ‖_∞ = {upper};\nevery network Φ′ with {m} neurons{who} and R(Φ′) = R(Θ) has ‖Φ′ − Γ‖_∞ ≥ {lower}{also}.\n\
             {known}{bias}"
        )
    }

    fn value(&self) -> Option<String> {
        Some(bracket(self.lower.to_string(), self.upper.to_string()))
    }

    fn vacuous(&self, scene: &Scene) -> String {
        if self.lower.to_string() == self.upper.to_string() {
            return String::new();
        }
        let limits = scene.limits;
        match Sum::stated(&self.lower, limits).and_then(|lower| lower.sign(limits)) {
            Ok(sign) if sign.is_le() => {
                "The lower bound is vacuous: no distance is less than 0.\n".to_owned()
            }
            _ => String::new(),
        }
    }
}
