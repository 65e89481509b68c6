//! The paper's examples as families, and the remark after Theorem 3.1 (E8).

use super::network::Family;

/// One example: Γ and a parametrization of g, for all k.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Its short name, such as `ex2.1`.
    pub name: &'static str,
    gamma: &'static str,
    theta: &'static str,
}

macro_rules! example {
    ($name:literal, $gamma:literal, $theta:literal) => {
        Example {
            name: $name,
            gamma: include_str!(concat!("../../examples/families/", $gamma, ".json")),
            theta: include_str!(concat!("../../examples/families/", $theta, ".json")),
        }
    };
}

/// Examples 2.1, 2.2 (r = 1/2), 2.3, 2.4 (Figure 4), 2.5, A.4, and the sign remark.
pub const EXAMPLES: [Example; 7] = [
    example!("ex2.1", "ex2.1-gamma", "ex2.1-g"),
    example!("ex2.2", "ex2.2-gamma", "ex2.2-g"),
    example!("ex2.3", "ex2.3-gamma", "ex2.3-g"),
    example!("ex2.4", "ex2.4-gamma", "ex2.4-g"),
    example!("ex2.5", "ex2.5-gamma", "ex2.5-theta"),
    example!("exA.4", "exA.4-gamma", "exA.4-g"),
    example!("remark-sign", "remark-sign-gamma", "remark-sign-g"),
];

impl Example {
    /// The example of this name.
    pub fn named(name: &str) -> Option<Self> {
        EXAMPLES.into_iter().find(|example| example.name == name)
    }

    /// Γ and Θ; they can be read, as tests see.
    pub fn networks(&self) -> Option<(Family, Family)> {
        let read = |text| Family::from_json(self.name, text).ok();
        read(self.gamma).zip(read(self.theta))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_can_be_read() {
        for example in EXAMPLES {
            let (gamma, theta) = example.networks().unwrap();
            assert_eq!(
                (gamma.inputs(), gamma.outputs()),
                (theta.inputs(), theta.outputs()),
                "{}",
                example.name
            );
        }
        assert!(Example::named("ex2.6").is_none());
    }
}
