//! Exported claims as tokens.

mod bracket;
mod theorem;

use std::fmt::{Display, Write as _};

use num_rational::BigRational;
use num_traits::Zero as _;

use crate::certificate::{Among, Exhaustion, Hall, StatedNetwork, StatedRational, Surd};

use super::claim::{Exported, Far, Multiple, Reason};
use super::regions::Regions;

/// The first line: the grammar's version.
pub(super) const FIRST: &str = "relucert-checker 1";

/// The whole file.
pub(super) fn write(exported: &Exported) -> String {
    let mut text = Tokens(String::new());
    text.line(FIRST);
    text.claim(exported);
    text.line("end");
    text.0
}

impl Tokens {
    #[expect(clippy::too_many_lines, reason = "one claim after another")]
    fn claim(&mut self, exported: &Exported) {
        let text = self;
        match exported {
            Exported::WithActivation(a, claim) => {
                text.words("with-activation", [a]);
                text.claim(claim);
            }
            Exported::NotInjective(gamma, [x, y]) => {
                text.line("claim not-injective");
                text.network("gamma", gamma);
                text.words("x", *x);
                text.words("y", *y);
            }
            Exported::Equal([gamma, theta], domain) => {
                text.line(if domain.is_some() {
                    "claim equal-on"
                } else {
                    "claim equal"
                });
                text.domain(*domain);
                text.network("gamma", gamma);
                text.network("theta", theta);
            }
            Exported::Differ([gamma, theta], domain, point) => {
                text.line(if domain.is_some() {
                    "claim differ-on"
                } else {
                    "claim differ"
                });
                text.domain(*domain);
                text.network("gamma", gamma);
                text.network("theta", theta);
                text.words("point", *point);
            }
            Exported::Reparametrization([gamma, theta, phi], [distance, bound]) => {
                text.line("claim reparametrization");
                text.network("gamma", gamma);
                text.network("theta", theta);
                text.network("phi", phi);
                text.words("distance", [number(distance)]);
                text.words("bound", [number(bound)]);
            }
            Exported::Within(true, gamma, multiple) => {
                text.line("claim violates-C.2");
                text.network("gamma", gamma);
                text.multiple(multiple);
            }
            Exported::Within(false, network, multiple) => {
                text.line("claim violates-C.3a");
                text.network("network", network);
                text.multiple(multiple);
            }
            Exported::Between([gamma, theta], multiple) => {
                text.line("claim violates-C.3b");
                text.network("gamma", gamma);
                text.network("theta", theta);
                text.multiple(multiple);
            }
            Exported::ByAll {
                networks: [gamma, theta],
                normals,
                exhaustion,
            } => {
                text.line("claim violates-C.3");
                text.network("gamma", gamma);
                text.network("theta", theta);
                text.normals(normals);
                text.exhaustion(exhaustion);
            }
            Exported::Lift([gamma, theta]) => {
                text.line("claim lift");
                text.network("gamma", gamma);
                text.network("theta", theta);
            }
            Exported::Seminorm {
                gamma,
                theta,
                lower,
                upper,
                bracket,
            } => {
                text.line("claim seminorm");
                text.network("gamma", gamma);
                text.perhaps("theta", *theta);
                text.end("lower", *lower);
                text.end("upper", *upper);
                text.bracket(bracket);
            }
            Exported::Unbalanced {
                networks: [gamma, theta],
                neuron,
                beta,
                lower,
                bracket,
            } => {
                text.line("claim violates-C.1");
                text.network("gamma", gamma);
                text.network("theta", theta);
                text.words("neuron", [neuron]);
                text.words("beta", [number(beta)]);
                text.words("lower", [lower]);
                text.bracket(bracket);
            }
            Exported::Theorem(theorem) => text.theorem(theorem),
            Exported::JumpNorm(gamma, theta, value) => {
                text.line("claim jump-norm");
                text.network("gamma", gamma);
                text.perhaps("theta", *theta);
                text.words("value", [value]);
            }
            Exported::Flips(gamma, sets, exhaustion) => {
                text.line("claim flips");
                text.network("gamma", gamma);
                text.sets(sets);
                text.exhaustion(exhaustion);
            }
            Exported::Unique(gamma, exhaustion) => {
                text.line("claim unique");
                text.network("gamma", gamma);
                text.exhaustion(exhaustion);
            }
            Exported::Nearest {
                networks,
                claim,
                current,
                far,
            } => {
                let [gamma, theta, phi] = &**networks;
                text.line("claim nearest");
                text.network("gamma", gamma);
                text.network("theta", theta);
                text.network("phi", phi);
                text.line(match claim.among {
                    Among::All => "among all",
                    Among::NStar => "among n-star",
                });
                text.words("lower", [number(&claim.lower)]);
                text.words("upper", [number(&claim.upper)]);
                text.network("current", current);
                text.far(far);
            }
            Exported::Minimal {
                networks: [gamma, theta],
                lower,
                normals,
                all,
                but_one,
            } => {
                text.line("claim minimal");
                text.network("gamma", gamma);
                text.network("theta", theta);
                text.words("lower", [lower]);
                text.normals(normals);
                match all {
                    Some(exhaustion) => {
                        text.line("all some");
                        text.exhaustion(exhaustion);
                    }
                    None => text.line("all none"),
                }
                text.words("but-one", [but_one.len()]);
                but_one.iter().for_each(|one| text.exhaustion(one));
            }
            Exported::ForAllK(families) => text.0.push_str(&families.tokens()),
            Exported::SupNorm {
                gamma,
                theta,
                claim,
                point,
            } => {
                text.line("claim sup-norm");
                text.network("gamma", gamma);
                text.perhaps("theta", *theta);
                let ends = claim.domain.iter().flat_map(|(low, high)| [low, high]);
                text.words(&format!("box {}", claim.domain.len()), ends);
                text.words("value", [&claim.value]);
                text.words("point", *point);
            }
            Exported::LocalMinimum(gamma, claim) => {
                text.line("claim local-minimum");
                text.network("gamma", gamma);
                text.words("samples", [claim.samples.len()]);
                for sample in &claim.samples {
                    let words = sample.x.iter().chain(&sample.y).map(ToString::to_string);
                    text.line(&words.collect::<Vec<_>>().join(" "));
                }
                text.words("loss", [&claim.loss]);
                text.words("radius", [&claim.radius]);
            }
            Exported::Regions(regions) => text.regions(regions),
        }
    }
}

/// q, or q@n for q·√n; with commas between.
fn number(number: &Surd) -> String {
    let mut terms: Vec<String> = Vec::new();
    if !number.rational.is_zero() || number.terms.is_empty() {
        terms.push(number.rational.to_string());
    }
    terms.extend(number.terms.iter().map(|(q, n)| format!("{q}@{n}")));
    terms.join(",")
}

struct Tokens(String);

impl Tokens {
    /// The ends of a box.
    fn domain(&mut self, domain: Option<&[(StatedRational, StatedRational)]>) {
        if let Some(domain) = domain {
            let ends = domain.iter().flat_map(|(lower, upper)| [lower, upper]);
            self.words(&format!("box {}", domain.len()), ends);
        }
    }

    fn line(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
    }

    /// A name, and what is said of it, in one line.
    fn words<T: Display>(&mut self, name: &str, words: impl IntoIterator<Item = T>) {
        self.0.push_str(name);
        for word in words {
            // Writing to a String cannot fail.
            let _ = write!(self.0, " {word}");
        }
        self.0.push('\n');
    }

    fn network(&mut self, name: &str, network: &StatedNetwork) {
        let shape = [network.d, network.m, network.outputs];
        self.words(&format!("{name} network"), shape);
        for (a, c) in network.a.iter().zip(&network.c) {
            let words: Vec<String> = a.iter().chain(c).map(number).collect();
            self.line(&words.join(" "));
        }
        match (&network.b, &network.e) {
            (Some(b), e) => {
                let e = e.iter().flatten().map(ToString::to_string);
                self.words("biased", b.iter().map(number).chain(e));
            }
            _ => self.line("plain"),
        }
    }

    fn perhaps(&mut self, name: &str, network: Option<&StatedNetwork>) {
        match network {
            Some(network) => self.network(&format!("{name} some"), network),
            None => self.line(&format!("{name} none")),
        }
    }

    fn multiple(&mut self, multiple: &Multiple) {
        self.words("neurons", [multiple.i, multiple.j]);
        self.words("factor", [number(multiple.factor)]);
    }

    fn end(&mut self, name: &str, end: Option<&StatedRational>) {
        match end {
            Some(end) => self.words(&format!("{name} some"), [end]),
            None => self.line(&format!("{name} none")),
        }
    }

    fn normals(&mut self, normals: &[Vec<BigRational>]) {
        self.words("normals", [normals.len()]);
        for normal in normals {
            let words: Vec<String> = normal.iter().map(ToString::to_string).collect();
            self.line(&words.join(" "));
        }
    }

    fn regions(&mut self, regions: &Regions) {
        self.line(match regions.injective {
            true => "claim injective",
            false => "claim arrangement",
        });
        self.network("gamma", regions.gamma);
        self.words("domain", [regions.domain.len()]);
        for row in regions.domain {
            let words: Vec<String> = row.iter().map(ToString::to_string).collect();
            self.line(&words.join(" "));
        }
        self.words("regions", [regions.signs.len()]);
        regions
            .signs
            .iter()
            .for_each(|signs| self.line(&format!(".{signs}")));
        self.words("edges", [regions.edges]);
        self.line("points");
        for point in &regions.points {
            let words: Vec<String> = point.iter().map(ToString::to_string).collect();
            self.line(&words.join(" "));
        }
        let Some(around) = &regions.around else {
            return self.line("by number");
        };
        self.words("by around circuits", [around.circuits.len()]);
        for circuit in &around.circuits {
            let members = circuit.iter().map(|(h, q)| format!("{h} {q}"));
            self.words(&circuit.len().to_string(), members);
        }
        for redundant in &around.redundant {
            self.indices("redundant", redundant);
        }
    }

    fn indices(&mut self, name: &str, indices: &[usize]) {
        self.words(name, std::iter::once(&indices.len()).chain(indices));
    }

    fn sets(&mut self, sets: &[Vec<usize>]) {
        self.words("sets", [sets.len()]);
        for set in sets {
            let words: Vec<String> = set.iter().map(ToString::to_string).collect();
            self.words(&set.len().to_string(), words);
        }
    }

    fn exhaustion(&mut self, exhaustion: &Exhaustion) {
        self.words("functionals", [exhaustion.functionals.len()]);
        for functional in &exhaustion.functionals {
            let words: Vec<String> = functional.iter().map(ToString::to_string).collect();
            self.line(&words.join(" "));
        }
        self.indices("free", &exhaustion.free);
    }

    fn far(&mut self, far: &Far) {
        match far {
            Far::Nothing => {
                self.line("far both");
                self.line("level 0 sources 0 places 0");
            }
            Far::Both(hall) => {
                self.line("far both");
                self.hall(hall);
            }
            Far::Fixed(hall) => {
                self.line("far fixed");
                self.hall(hall);
            }
            Far::Lines(normals, hall) => {
                self.words("far lines", [normals.len()]);
                for normal in normals {
                    let words: Vec<String> = normal.iter().map(ToString::to_string).collect();
                    self.line(&words.join(" "));
                }
                self.hall(hall);
            }
            Far::Flipped(flips, reasons) => {
                self.line("far flipped");
                self.sets(&flips.sets);
                self.exhaustion(&flips.exhaustion);
                for reason in reasons {
                    match reason {
                        Reason::Hall(hall) => self.hall(hall),
                        Reason::Bias(output) => self.words("bias", [output]),
                    }
                }
            }
        }
    }

    fn hall(&mut self, hall: &Hall) {
        self.words("level", [number(&hall.value)]);
        self.indices("sources", &hall.sources);
        self.indices("places", &hall.places);
        for row in &hall.bindings {
            self.words(&format!("bindings {}", row.len()), row);
        }
    }
}
