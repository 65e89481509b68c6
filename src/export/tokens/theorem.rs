//! Theorems of the papers as tokens.

use crate::certificate::{Bounds, Case, Form, ProofCase};
use crate::export::theorem::{Says, Theorem};

use super::{Tokens, number};

impl Tokens {
    pub(super) fn theorem(&mut self, theorem: &Theorem) {
        let Theorem {
            networks: [gamma, theta, phi],
            difference,
            distance,
            says,
        } = theorem;
        self.line(match says {
            Says::Balanced { .. } => "claim theorem-3.1",
            Says::Refined { .. } => "claim theorem-3.1-refined",
            Says::Star { .. } => "claim theorem-3.3",
        });
        self.network("gamma", gamma);
        self.network("theta", theta);
        self.network("phi", phi);
        self.line(match difference.form {
            Form::Seminorm => "form seminorm",
            Form::Jump => "form jump",
        });
        self.words("r", [&difference.r.lower, &difference.r.upper]);
        self.words("jump", [difference.jump]);
        self.bracket(&difference.bracket);
        self.words("distance", [number(distance)]);
        match says {
            Says::Balanced {
                bounds,
                beta,
                cases,
                other,
            } => {
                self.bounds(bounds);
                self.words("beta", [number(beta)]);
                self.cases(cases);
                self.network("other", other);
            }
            Says::Refined { bound, other } => {
                self.words("bound", [number(bound)]);
                self.network("other", other);
            }
            Says::Star { bounds, cases } => {
                self.bounds(bounds);
                self.cases(cases);
            }
        }
    }

    fn bounds(&mut self, bounds: &Bounds) {
        for (name, bound) in ["paper", "sharp", "by-jump"].iter().zip(bounds.all()) {
            match bound {
                Some(bound) => self.words(&format!("{name} some"), [number(bound)]),
                None => self.line(&format!("{name} none")),
            }
        }
    }

    fn cases(&mut self, cases: &[&Case]) {
        self.words("cases", [cases.len()]);
        for case in cases {
            let label = match case.case {
                ProofCase::Unmatched => "1",
                ProofCase::Small => "A",
                ProofCase::OuterLarger => "B.1",
                ProofCase::InnerLarger => "B.2",
                ProofCase::Balanced => "B.3",
                ProofCase::GammaSmall => "A.1",
                ProofCase::ThetaSmall => "A.2",
                ProofCase::Large => "B",
            };
            let sizes = if case.star { "norm" } else { "one" };
            let Case {
                neuron,
                threshold,
                p,
                q,
                facets,
                ..
            } = case;
            let facets_are = facets.len();
            self.line(&format!(
                "{neuron} {label} {sizes} {threshold} {p} {q} {facets_are}"
            ));
            for facet in facets {
                let all = facet.point.iter().chain([&facet.jump]);
                self.words(&facet.point.len().to_string(), all);
            }
        }
    }
}
