//! Claims for all k as tokens.

use crate::certificate::{Among, Range};

use super::number::{Number, token};
use super::{Against, Branch, Chosen, Families, Family, Far, Reason, Stated};

fn words(numbers: &[Number]) -> String {
    numbers.iter().map(token).collect::<Vec<_>>().join(" ")
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn indices(name: &str, indices: &[usize]) -> String {
    let words = indices.iter().map(|index| format!(" {index}"));
    format!("{name} {}{}", indices.len(), words.collect::<String>())
}

fn table(text: &mut String, name: &str, rows: &[Vec<Number>]) {
    line(text, &format!("{name} {}", rows.len()));
    rows.iter().for_each(|row| line(text, &words(row)));
}

fn perhaps(number: &Option<Number>) -> String {
    number.as_ref().map_or("none".to_owned(), |number| {
        format!("some {}", token(number))
    })
}

impl Family {
    fn tokens(&self, name: &str, text: &mut String) {
        let (d, m, outputs) = (self.inputs, self.rows.len(), self.outputs);
        line(text, &format!("{name} network {d} {m} {outputs}"));
        for [a, c] in &self.rows {
            line(text, format!("{} {}", words(a), words(c)).trim());
        }
        match &self.biases {
            Some([b, e]) => {
                let all = format!("biased {} {}", words(b), words(e));
                line(text, all.trim());
            }
            None => line(text, "plain"),
        }
    }
}

impl Families {
    /// The claim's part of a file of tokens.
    pub(in crate::export) fn tokens(&self) -> String {
        let mut text = String::new();
        line(&mut text, "claim for-all-k");
        self.gamma.tokens("gamma", &mut text);
        match &self.theta {
            Some(theta) => theta.tokens("theta some", &mut text),
            None => line(&mut text, "theta none"),
        }
        let real = self
            .real
            .map_or("none".to_owned(), |real| format!("some {real}"));
        line(&mut text, &format!("real {real}"));
        line(&mut text, &format!("sections {}", self.sections.len()));
        for (range, stated) in &self.sections {
            line(
                &mut text,
                &match range {
                    Range::From(a) => format!("section from {a}"),
                    Range::Between(a, b) => format!("section between {a} {b}"),
                    Range::At(a) => format!("section at {a}"),
                },
            );
            stated.tokens(&mut text);
        }
        text
    }
}

impl Stated {
    fn tokens(&self, text: &mut String) {
        let sides = |domain: &super::Domain| {
            let ends = domain.iter().map(|(low, high)| format!(" {low} {high}"));
            format!("box {}{}", domain.len(), ends.collect::<String>())
        };
        match self {
            Stated::Equal(None) => line(text, "equal"),
            Stated::Equal(Some(domain)) => line(text, &format!("equal-on {}", sides(domain))),
            Stated::Seminorm {
                value,
                point,
                output,
                input,
                tree,
            } => {
                line(text, &format!("seminorm {}", token(value)));
                let point = words(point);
                line(text, &format!("point {point} entry {output} {input} tree"));
                for node in tree {
                    let node = match node {
                        Branch::Split(kink) => format!("s {kink}"),
                        Branch::Bound => "b".to_owned(),
                        Branch::Circuit(members) => {
                            let each = members.iter();
                            let each = each.map(|(kink, mu)| format!(" {kink} {}", token(mu)));
                            format!("f {}{}", members.len(), each.collect::<String>())
                        }
                    };
                    line(text, &node);
                }
            }
            Stated::Separated {
                distance,
                above,
                far,
            } => {
                let (distance, above) = (token(distance), perhaps(above));
                line(text, &format!("separated {distance} above {above}"));
                far.tokens(text);
            }
            Stated::Nearest {
                among,
                phi,
                distance,
                above,
                far,
            } => {
                line(
                    text,
                    match among {
                        Among::All => "nearest among all",
                        Among::NStar => "nearest among n-star",
                    },
                );
                phi.tokens("phi", text);
                let (distance, above) = (token(distance), perhaps(above));
                line(text, &format!("distance {distance} above {above}"));
                far.tokens(text);
            }
            Stated::SupNorm {
                domain,
                value,
                point,
            } => {
                let value = token(value);
                line(text, &format!("sup-norm {value} {}", sides(domain)));
                line(text, &format!("point {}", words(point)));
            }
            Stated::Reparametrization { phi, distance } => {
                line(text, "reparametrization");
                phi.tokens("phi", text);
                line(text, &format!("distance {}", token(distance)));
            }
            Stated::Lift(phi) => {
                line(text, "lift");
                phi.tokens("phi", text);
            }
            Stated::JumpNorm(value) => line(text, &format!("jump-norm {}", token(value))),
            Stated::Flips(sets, chosen) => {
                line(text, "flips");
                line(text, &format!("sets {}", sets.len()));
                sets.iter()
                    .for_each(|set| line(text, &indices("", set)[1..]));
                chosen.tokens(text);
            }
            Stated::Minimal {
                phi,
                lower,
                normals,
                all,
                but_one,
            } => {
                line(text, "minimal");
                phi.tokens("phi", text);
                line(text, &format!("lower {lower}"));
                table(text, "normals", normals);
                match all {
                    Some(all) => {
                        line(text, "all some");
                        all.tokens(text);
                    }
                    None => line(text, "all none"),
                }
                line(text, &format!("but-one {}", but_one.len()));
                but_one.iter().for_each(|chosen| chosen.tokens(text));
            }
            Stated::LocalMinimum {
                samples,
                loss,
                radius,
            } => {
                line(text, "local-minimum");
                line(text, &format!("samples {}", samples.len()));
                for [x, y] in samples {
                    line(text, format!("{} {}", words(x), words(y)).trim());
                }
                line(
                    text,
                    &format!("loss {} radius {}", token(loss), token(radius)),
                );
            }
        }
    }
}

impl Chosen {
    fn tokens(&self, text: &mut String) {
        line(text, &indices("free", &self.free));
        for row in &self.functionals {
            line(text, &words(row));
        }
    }
}

impl Far {
    fn tokens(&self, text: &mut String) {
        match &self.against {
            Against::Both => line(text, "far both"),
            Against::Fixed => line(text, "far fixed"),
            Against::AsTheyAre(rows) => table(text, "far as-they-are", rows),
            Against::Lines(rows) => table(text, "far lines", rows),
        }
        match &self.reason {
            Reason::Hall {
                level,
                sources,
                places,
                bindings,
            } => {
                line(text, &format!("level {}", token(level)));
                line(text, &indices("sources", sources));
                line(text, &indices("places", places));
                for row in bindings {
                    let words = row.iter().map(|binding| format!(" {binding}"));
                    let words: String = words.collect();
                    line(text, &format!("bindings {}{words}", row.len()));
                }
            }
            Reason::Bias(output) => line(text, &format!("bias {output}")),
        }
    }
}
