//! Claims about functions: whether two are equal, how large one is, and where a network is best.

use relucert_format::{
    DifferClaim, EqualClaim, JumpNormClaim, LocalMinimumClaim, SeminormClaim, StatedRational,
    Statement, SupNormClaim,
};

use super::says::{Says, Wanted, bracket, order};
use crate::facts::Fact;
use crate::kernel::number::Q;
use crate::kernel::surd::Sum;
use crate::kernel::verdict::Stop;
use crate::scene::Scene;
use crate::subject::{Domain, FUNCTIONS, GAMMA, ROWS, Speaks, Subject};

impl Says for EqualClaim {
    fn subject(&self) -> Subject<'_> {
        Subject {
            domain: self.domain.as_deref(),
            ..FUNCTIONS
        }
    }

    fn facts(&self, _: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        Ok(vec![Wanted::Is(Fact::Equal)])
    }

    fn sentence(&self, _: &Scene, _: &Statement) -> String {
        format!("R(Γ) = R(Θ) {}.\n", place(self.domain.as_deref()))
    }
}

impl Says for DifferClaim {
    fn subject(&self) -> Subject<'_> {
        Subject {
            domain: self.domain.as_deref(),
            ..FUNCTIONS
        }
    }

    fn facts(&self, _: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        Ok(vec![Wanted::Is(Fact::Differ)])
    }

    fn sentence(&self, _: &Scene, _: &Statement) -> String {
        format!(
            "R(Γ) ≠ R(Θ) {}: the two functions have different values at a point of it.\n",
            place(self.domain.as_deref())
        )
    }
}

impl Says for JumpNormClaim {
    fn subject(&self) -> Subject<'_> {
        Subject {
            speaks: Speaks::Perhaps,
            ..FUNCTIONS
        }
    }

    fn facts(&self, _: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        Ok(vec![Wanted::Is(Fact::JumpNorm(Q::from(&self.value)))])
    }

    fn sentence(&self, _: &Scene, statement: &Statement) -> String {
        format!(
            "The jump norm of f = {} is {}: the largest absolute entry of a jump of the Jacobian of f across a hyperplane.\n",
            function(statement),
            self.value
        )
    }

    fn value(&self) -> Option<String> {
        Some(self.value.to_string())
    }
}

impl Says for SupNormClaim {
    fn subject(&self) -> Subject<'_> {
        Subject {
            speaks: Speaks::Perhaps,
            domain: Some(&self.domain),
            ..FUNCTIONS
        }
    }

    fn facts(&self, _: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        Ok(vec![Wanted::SupNorm(Q::from(&self.value))])
    }

    fn sentence(&self, _: &Scene, statement: &Statement) -> String {
        format!(
            "The largest absolute value of f = {} {} is {}.\n",
            function(statement),
            place(Some(&self.domain)),
            self.value
        )
    }

    fn value(&self) -> Option<String> {
        Some(self.value.to_string())
    }
}

impl Says for LocalMinimumClaim {
    fn subject(&self) -> Subject<'_> {
        Subject {
            one_root: GAMMA,
            ..ROWS
        }
    }

    fn facts(&self, _: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        let radius = Sum::from(Q::from(&self.radius));
        Ok(vec![
            order(Sum::zero(), radius, "the radius is not negative"),
            Wanted::Is(Fact::LocalMinimum),
        ])
    }

    fn sentence(&self, _: &Scene, _: &Statement) -> String {
        format!(
            "The mean of ‖R(Γ)(x) − y‖² over the {} samples of the statement is {}, and every network of the same shape within {} of Γ, \
             largest entry of the difference, has at least this.\n",
            self.samples.len(),
            self.loss,
            self.radius
        )
    }

    fn value(&self) -> Option<String> {
        Some(self.radius.to_string())
    }

    fn vacuous(&self, _: &Scene) -> String {
        // As texts: `==` of long rationals recurses.
        if self.radius.to_string() == "0" {
            "This is vacuous: within 0 of Γ there is Γ alone.\n".to_owned()
        } else if self.loss.to_string() == "0" {
            "This is vacuous: no mean of squares is less than 0.\n".to_owned()
        } else {
            String::new()
        }
    }
}

impl Says for SeminormClaim {
    fn subject(&self) -> Subject<'_> {
        Subject {
            speaks: Speaks::Perhaps,
            ..FUNCTIONS
        }
    }

    fn facts(&self, _: &mut Scene) -> Result<Vec<Wanted>, Stop> {
        let (lower, upper) = (&self.lower, &self.upper);
        let stated = lower.is_some() || upper.is_some();
        let stated = Wanted::Stated(stated, "the claim names no end of the bracket");
        let lower = lower.iter().map(|r| Wanted::Is(Fact::AtLeast(Q::from(r))));
        let upper = upper.iter().map(|r| Wanted::AtMost(Q::from(r)));
        Ok(std::iter::once(stated).chain(lower).chain(upper).collect())
    }

    fn sentence(&self, _: &Scene, statement: &Statement) -> String {
        let [lower, upper] = ends(self);
        let values = match (self.lower.is_some(), self.upper.is_some()) {
            (true, true) if lower == upper => format!("r = {upper}"),
            (true, true) => format!("{lower} ≤ r ≤ {upper}"),
            (true, false) => format!("r ≥ {lower}"),
            (false, _) => format!("r ≤ {upper}"),
        };
        format!(
            "The seminorm r = |f|_(W^1,∞) of f = {}, the largest absolute entry of the Jacobian of f in any region of R^d where f is \
             linear, satisfies {values}.\n",
            function(statement)
        )
    }

    fn value(&self) -> Option<String> {
        let [lower, upper] = ends(self);
        Some(bracket(lower, upper))
    }

    fn vacuous(&self, _: &Scene) -> String {
        let [lower, upper] = ends(self);
        match lower == "0" && upper != "0" {
            true => "The lower end is vacuous: no seminorm is less than 0.\n".to_owned(),
            false => String::new(),
        }
    }
}

/// Both as texts; an end that is not stated is empty.
fn ends(claim: &SeminormClaim) -> [String; 2] {
    let end = |end: &Option<StatedRational>| end.iter().map(StatedRational::to_string).collect();
    [end(&claim.lower), end(&claim.upper)]
}

/// The function that a claim of one function speaks of.
fn function(statement: &Statement) -> &'static str {
    match statement.networks.theta {
        Some(_) => "R(Θ) − R(Γ)",
        None => "R(Γ)",
    }
}

/// Where two functions are compared.
pub(crate) fn place(domain: Option<&Domain>) -> String {
    match domain {
        None => "on all of R^d".to_owned(),
        Some(domain) => format!("on {}", shown_box(domain)),
    }
}

/// A box, in words.
pub(crate) fn shown_box(domain: &Domain) -> String {
    let sides = domain
        .iter()
        .map(|(lower, upper)| format!("[{lower}, {upper}]"));
    format!("the box {}", sides.collect::<Vec<_>>().join(" × "))
}
