//! Claims for all k as terms of the proof assistant.

use crate::certificate::{Among, Range};
use crate::export::terms::{binding, ends, indices_of, list};

use super::number::{Number, coq};
use super::{Against, Branch, Chosen, Families, Family, Far, Reason, Stated};

fn row(numbers: &[Number]) -> String {
    list(numbers.iter().map(coq))
}

fn table(rows: &[Vec<Number>]) -> String {
    list(rows.iter().map(|numbers| row(numbers)))
}

fn tree(nodes: &mut std::slice::Iter<'_, Branch>) -> String {
    match nodes.next() {
        Some(Branch::Split(kink)) => {
            let (plus, minus) = (tree(nodes), tree(nodes));
            format!("(Seminorm_trees.Branch {kink} {plus} {minus})")
        }
        Some(Branch::Circuit(members)) => {
            let members = members.iter();
            let members = list(members.map(|(kink, mu)| format!("({kink}, {})", coq(mu))));
            format!("(Seminorm_trees.Circuit {members})")
        }
        Some(Branch::Bound) | None => "Seminorm_trees.Small_enough".to_owned(),
    }
}

fn perhaps(number: &Option<Number>) -> String {
    number.as_ref().map_or("None".to_owned(), |number| {
        format!("(Some {})", coq(number))
    })
}

impl Family {
    fn coq(&self) -> String {
        let rows = self.rows.iter();
        let rows = rows.map(|[a, c]| format!("({}, {})", row(a), row(c)));
        let biases = match &self.biases {
            Some([b, e]) => format!("(Some ({}, {}))", row(b), row(e)),
            None => "None".to_owned(),
        };
        let (inputs, outputs) = (self.inputs, self.outputs);
        let rows = list(rows);
        format!("(Network {inputs} {outputs} {rows} {biases} : Families.family)")
    }
}

impl Families {
    /// Γ and Θ, what is claimed, and the evidence.
    pub(in crate::export) fn coq(&self) -> (String, String, String, String) {
        let theta = match &self.theta {
            Some(theta) => format!("(Some {})", theta.coq()),
            None => "(None : option Families.family)".to_owned(),
        };
        let sections = list(self.sections.iter().map(|(range, stated)| {
            let range = match range {
                Range::From(a) => format!("Powers.From {a}%positive"),
                Range::Between(a, b) => format!("Powers.Between {a}%positive {b}%positive"),
                Range::At(a) => format!("Powers.At {a}%positive"),
            };
            format!("({range}, {})", stated.coq())
        }));
        let real = self
            .real
            .map_or("None".to_owned(), |real| format!("(Some {real}%positive)"));
        let evidence = list(
            self.sections
                .iter()
                .map(|(_, stated)| stated.evidence(self.gamma.rows.len())),
        );
        (
            self.gamma.coq(),
            theta,
            format!("({sections} : list Families.section) {real}"),
            evidence,
        )
    }
}

impl Stated {
    fn coq(&self) -> String {
        match self {
            Stated::Equal(None) => "Sections.F_equal None".to_owned(),
            Stated::Equal(Some(domain)) => format!("Sections.F_equal (Some {})", ends(domain)),
            Stated::Seminorm { value, .. } => format!("Sections.F_seminorm {}", coq(value)),
            Stated::Separated {
                distance, above, ..
            } => {
                let (distance, above) = (coq(distance), perhaps(above));
                format!("Sections.F_separated {distance} {above}")
            }
            Stated::Nearest {
                among,
                phi,
                distance,
                above,
                ..
            } => {
                let (star, phi) = (*among == Among::NStar, phi.coq());
                let (distance, above) = (coq(distance), perhaps(above));
                format!("Sections.F_nearest {star} {phi} {distance} {above}")
            }
            Stated::SupNorm { domain, value, .. } => {
                format!("Sections.F_sup_norm {} {}", ends(domain), coq(value))
            }
            Stated::Reparametrization { phi, distance } => {
                let (phi, distance) = (phi.coq(), coq(distance));
                format!("Sections.F_reparametrization {phi} {distance}")
            }
            Stated::Lift(phi) => format!("Sections.F_lift {}", phi.coq()),
            Stated::JumpNorm(value) => format!("Sections.F_jump_norm {}", coq(value)),
            Stated::Flips(sets, _) => {
                let sets = list(sets.iter().map(|set| indices_of(set)));
                format!("Sections.F_flips {sets}")
            }
            Stated::Minimal { phi, lower, .. } => {
                format!("Sections.F_minimal {} {lower}", phi.coq())
            }
            Stated::LocalMinimum {
                samples,
                loss,
                radius,
            } => {
                let samples = samples.iter();
                let samples = list(samples.map(|[x, y]| format!("({}, {})", row(x), row(y))));
                let (loss, radius) = (coq(loss), coq(radius));
                format!("Sections.F_local_minimum {samples} {loss} {radius}")
            }
        }
    }

    /// Of a family with so many neurons.
    fn evidence(&self, neurons: usize) -> String {
        match self {
            Stated::Minimal {
                normals,
                all,
                but_one,
                ..
            } => {
                let kinks = normals.len();
                let all = all.as_ref().map_or("None".to_owned(), |all| {
                    format!("(Some {})", all.coq(kinks))
                });
                let but_one = list(but_one.iter().map(|chosen| chosen.coq(kinks)));
                let normals = table(normals);
                format!("Sections.F_few (Minimal_by_choices.Few {normals} {all} {but_one})")
            }
            Stated::Flips(_, chosen) => format!("Sections.F_chosen {}", chosen.coq(neurons)),
            Stated::Equal(_)
            | Stated::Reparametrization { .. }
            | Stated::Lift(_)
            | Stated::JumpNorm(_)
            | Stated::LocalMinimum { .. } => "Sections.F_nothing".to_owned(),
            Stated::Seminorm {
                point,
                output,
                input,
                tree: nodes,
                ..
            } => {
                let (point, tree) = (row(point), tree(&mut nodes.iter()));
                format!("Sections.F_bracket {point} {output} {input} {tree}")
            }
            Stated::SupNorm { point, .. } => format!("Sections.F_point {}", row(point)),
            Stated::Separated { far, .. } | Stated::Nearest { far, .. } => {
                format!("Sections.F_why ({})", far.coq())
            }
        }
    }
}

impl Chosen {
    fn coq(&self, all: usize) -> String {
        let mut functionals = self.functionals.iter();
        let rows = (0..all).map(|i| match self.free.contains(&i) {
            true => "[]".to_owned(),
            false => functionals
                .next()
                .map_or("[]".to_owned(), |numbers| row(numbers)),
        });
        let rows: Vec<String> = rows.collect();
        let free = indices_of(&self.free);
        format!("(Choices.Choices {free} {})", list(rows.into_iter()))
    }
}

impl Far {
    fn coq(&self) -> String {
        let reason = match &self.reason {
            Reason::Hall {
                level,
                sources,
                places,
                bindings,
            } => {
                let bindings = bindings.iter().map(|row| list(row.iter().map(binding)));
                let (level, bindings) = (coq(level), list(bindings));
                let [sources, places] = [sources, places].map(|indices| indices_of(indices));
                format!("(Bindings.Hall {level} {sources} {places} {bindings})")
            }
            Reason::Bias(output) => format!("(Nearest_affine.Bias_of {output})"),
        };
        match (&self.against, &self.reason) {
            (Against::Both, _) => format!("Nearest_affine.Far (Nearest.Both {reason})"),
            (Against::Fixed, _) => format!("Nearest_affine.Far (Nearest.Fixed {reason})"),
            (Against::Lines(rows), _) => {
                format!(
                    "Nearest_affine.Far (Nearest.Lines {} {reason})",
                    table(rows)
                )
            }
            (Against::AsTheyAre(rows), Reason::Hall { .. }) if self.affine => format!(
                "Nearest_affine.Unflipped {} (Nearest_affine.Hall_of {reason})",
                table(rows)
            ),
            (Against::AsTheyAre(rows), Reason::Bias(_)) => {
                format!("Nearest_affine.Unflipped {} {reason}", table(rows))
            }
            (Against::AsTheyAre(rows), Reason::Hall { .. }) => format!(
                "Nearest_affine.Far (Nearest.As_they_are {} {reason})",
                table(rows)
            ),
        }
    }
}
