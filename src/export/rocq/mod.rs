//! Exported claims as theorems for the proof assistant.

mod evidence;

use std::fmt::Write as _;

use crate::certificate::{Among, StatedNetwork, StatedRational};

use self::evidence::{exhaustion, far, far_affine, sets, table_of};
use super::claim::{Exported, Multiple};
use super::terms::{self, bracket, end, ends, list, network, number, plain, q, table};

/// What every file begins with.
const OPENING: &str = "\
(** A certificate's claim, proved by the checker's soundness and computation in the kernel. To compile: coqc -Q proofs/rocq relucert FILE,
    after make in proofs/rocq/checker. plain N is the network of Statements.v, over the reals, with the weights of N. *)
From Coq Require Import Reals List ZArith QArith Qreals.
From relucert Require Import Statements.
From relucert.checker Require Import Cells Regions Boxes Activations Layer Injective.
From relucert.checker Require Import Numbers Networks Biases Differences Bindings Exhaustion Flips Nearest Nearest_affine Minimal Trees
  Seminorm Jump_bounds Stated Cases Theorems Refined Claims.
From relucert.families Require Powers Quotients Choices Minimal_by_choices Seminorm_trees Sections Families.
From relucert.checker Require Surds Sup_norms Minima Deep Deep_claims Opposites Minima_biased Jump_norm_biased.
Import ListNotations.
Open Scope R_scope.

";

/// What is stated, by what claim and evidence of the checker, and how it follows.
struct Theorem {
    definitions: Vec<(&'static str, String)>,
    claim: String,
    evidence: String,
    statement: String,
    proof: &'static str,
}

/// The claim as it is.
const WHOLE: &str = "exact (check_sound certificate accepted).";
/// The second half of the claim: the first names the multiple.
const SECOND: &str = "exact (proj2 (check_sound certificate accepted)).";
/// The same for each r.
const SECOND_FOR_ALL: &str = "exact (fun r H => proj2 (check_sound certificate accepted r H)).";

/// The whole file.
pub(super) fn write(exported: &Exported) -> String {
    let theorem = theorem(exported);
    let definitions = theorem.definitions.into_iter();
    proved(
        definitions,
        [&theorem.claim, &theorem.evidence, &theorem.statement],
        theorem.proof,
    )
}

/// The whole file of a claim that is stated as it is.
pub(super) fn file(
    definitions: impl Iterator<Item = (&'static str, String)>,
    claim: &str,
    evidence: &str,
    statement: &str,
) -> String {
    proved(definitions, [claim, evidence, statement], WHOLE)
}

fn proved(
    definitions: impl Iterator<Item = (&'static str, String)>,
    [claim, evidence, statement]: [&str; 3],
    proof: &str,
) -> String {
    let mut text = OPENING.to_owned();
    for (name, term) in definitions {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "Definition {name} := {term}.");
    }
    text + &format!(
        "Definition certificate : certificate := Certificate ({claim})\n  ({evidence}).\n\n\
         Lemma accepted : check certificate = true.\nProof. vm_compute. reflexivity. Qed.\n\n\
         Theorem claim : {statement}.\nProof. {proof} Qed.\n"
    )
}

fn theorem(exported: &Exported) -> Theorem {
    let nothing = || "Nothing".to_owned();
    let pair = |[gamma, theta]: [&StatedNetwork; 2]| {
        vec![("gamma", network(gamma)), ("theta", network(theta))]
    };
    let [d, outputs] = ["inputs gamma", "outputs gamma"];
    match exported {
        Exported::WithActivation(a, claim) => {
            let of = theorem(claim);
            let claim = format!("({}) ({})", q(&a.0), of.claim);
            Theorem {
                statement: format!("0 <= Q2R ({}) /\\ holds_with {claim}", q(&a.0)),
                claim: format!("With_activation {claim}"),
                ..of
            }
        }
        Exported::NotInjective(gamma, points) => {
            let [x, y] = points.map(|point| list(point.iter().map(|x| plain(&x.0))));
            Theorem {
                definitions: vec![("gamma", network(gamma))],
                claim: "Not_injective gamma".to_owned(),
                evidence: format!("Two_points {x} {y}"),
                statement: "layer_not_injective gamma".to_owned(),
                proof: WHOLE,
            }
        }
        Exported::Equal(networks, Some(domain)) => Theorem {
            definitions: pair(*networks),
            claim: format!("Equal_on {} gamma theta", ends(domain)),
            evidence: nothing(),
            statement: format!("same_on {} gamma theta", ends(domain)),
            proof: WHOLE,
        },
        Exported::Differ(networks, Some(domain), point) => Theorem {
            definitions: pair(*networks),
            claim: format!("Differ_on {} gamma theta", ends(domain)),
            evidence: format!("Point {}", list(point.iter().map(|x| plain(&x.0)))),
            statement: format!("differ_somewhere {} gamma theta", ends(domain)),
            proof: WHOLE,
        },
        Exported::Equal(networks, None) => Theorem {
            definitions: pair(*networks),
            claim: "Equal gamma theta".to_owned(),
            evidence: nothing(),
            statement: same(networks),
            proof: WHOLE,
        },
        Exported::Differ(networks, None, point) => Theorem {
            definitions: pair(*networks),
            claim: "Differ gamma theta".to_owned(),
            evidence: format!("Point {}", list(point.iter().map(|x| plain(&x.0)))),
            statement: format!("~ ({})", same(networks)),
            proof: WHOLE,
        },
        Exported::Reparametrization([gamma, theta, phi], [distance, bound]) => {
            let mut networks = pair([gamma, theta]);
            networks.push(("phi", network(phi)));
            let named = |name: &str| match gamma.b.is_some() || theta.b.is_some() {
                true => format!("(homogenise gamma theta {name})"),
                false => name.to_owned(),
            };
            let [gamma, theta] = ["gamma", "theta"].map(named);
            let shape = "(inputs phi) (size phi)";
            let [value, most] = [distance, bound].map(|x| number(x));
            Theorem {
                definitions: networks,
                claim: format!("Reparametrization gamma theta phi {value} {most}"),
                evidence: nothing(),
                statement: format!(
                    "same {shape} (size {theta}) (outputs phi) (plain phi) (plain {theta}) /\\\n  \
                     distance {shape} (outputs phi) (plain phi) (plain {gamma}) = value {value} /\\ value {value} <= value {most}"
                ),
                proof: WHOLE,
            }
        }
        Exported::Within(parallel, gamma, multiple) => {
            let name = if *parallel { "C2" } else { "C3a" };
            Theorem {
                definitions: vec![("gamma", network(gamma))],
                claim: format!("Violates_{name} gamma {}", indices(multiple)),
                evidence: nothing(),
                statement: match gamma.b {
                    Some(_) => format!(
                        "~ {name} (inputs (alone gamma)) (size (alone gamma)) (plain (alone gamma))"
                    ),
                    None => format!("~ {name} ({d}) (size gamma) (plain gamma)"),
                },
                proof: SECOND,
            }
        }
        Exported::Between(networks, multiple) => Theorem {
            definitions: pair(*networks),
            claim: format!("Violates_C3b gamma theta {}", indices(multiple)),
            evidence: nothing(),
            statement: {
                let [gamma, theta] = as_theorems_do(networks);
                format!("~ C3b (inputs {gamma}) (size {gamma}) (plain {gamma}) (plain {theta})")
            },
            proof: SECOND,
        },
        Exported::ByAll {
            networks,
            normals,
            exhaustion: evidence,
        } => {
            let [gamma, theta] = as_theorems_do(networks);
            Theorem {
                definitions: pair(*networks),
                claim: "Violates_C3 gamma theta".to_owned(),
                evidence: format!(
                    "No_orientation {} (Some {}) []",
                    table(normals),
                    exhaustion(evidence)
                ),
                statement: format!(
                    "Opposites.violates_C3 (inputs {gamma}) (size {gamma}) (size {theta}) (outputs {gamma}) (plain {gamma}) (plain {theta})"
                ),
                proof: WHOLE,
            }
        }
        Exported::Lift(networks) => Theorem {
            definitions: pair(*networks),
            claim: "Lift gamma theta".to_owned(),
            evidence: nothing(),
            statement: format!(
                "in_Nstar (inputs theta + 2) (size gamma) ({outputs}) (plain gamma) /\\\n  \
                 forall x l, (l < {outputs})%nat -> eval (inputs theta + 2) (size gamma) (plain gamma) (lifted (inputs theta) x) l =\n    \
                 eval_biased (inputs theta) (size theta) (with_biases theta) x l"
            ),
            proof: WHOLE,
        },
        Exported::Seminorm {
            gamma,
            theta,
            lower,
            upper,
            bracket: evidence,
        } => {
            let mut networks = vec![("gamma", network(gamma))];
            networks.extend(theta.map(|theta| ("theta", network(theta))));
            let other = theta.map_or("None", |_| "(Some theta)");
            let biases = gamma.b.is_some() || theta.is_some_and(|theta| theta.b.is_some());
            let function = match biases {
                true => format!("stated_function gamma {other}"),
                false => function(theta.is_some()).to_owned(),
            };
            let bracket_of = format!("{} {}", end(*lower), end(*upper));
            Theorem {
                definitions: networks,
                claim: format!("Seminorm gamma {other} {bracket_of}"),
                evidence: format!("Bracket {}", bracket(evidence)),
                statement: match (lower, upper) {
                    (Some(lower), Some(upper)) if lower == upper => {
                        format!(
                            "seminorm ({d}) ({outputs}) ({function}) (Q2R ({}))",
                            q(&upper.0)
                        )
                    }
                    _ => format!("seminorm_within ({d}) ({outputs}) ({function}) {bracket_of}"),
                },
                proof: WHOLE,
            }
        }
        Exported::Unbalanced {
            networks,
            neuron,
            beta,
            lower,
            bracket: evidence,
        } => {
            let beta = number(beta);
            let [gamma, theta] = as_theorems_do(networks);
            let (d, outputs) = (format!("inputs {gamma}"), format!("outputs {gamma}"));
            Theorem {
                definitions: pair(*networks),
                claim: format!("Violates_C1 gamma theta {neuron} {beta} ({})", q(&lower.0)),
                evidence: format!("Bracket {}", bracket(evidence)),
                statement: format!(
                    "forall r, seminorm ({d}) ({outputs})\n  (difference ({d}) (size {gamma}) (size {theta}) (plain {gamma}) (plain {theta})) r ->\n  \
                     ~ C1 ({d}) (size {gamma}) ({outputs}) (plain {gamma}) r (value {beta})"
                ),
                proof: SECOND_FOR_ALL,
            }
        }
        Exported::Theorem(of) => {
            let stated = terms::theorem(of);
            let mut definitions = pair([of.networks[0], of.networks[1]]);
            definitions.push(("phi", network(of.networks[2])));
            definitions.extend(stated.definitions);
            Theorem {
                definitions,
                claim: stated.claim,
                evidence: stated.evidence,
                statement: stated.statement,
                proof: WHOLE,
            }
        }
        Exported::JumpNorm(gamma, theta, value) => {
            let mut networks = vec![("gamma", network(gamma))];
            networks.extend(theta.map(|theta| ("theta", network(theta))));
            let (other, value) = (theta.map_or("None", |_| "(Some theta)"), q(&value.0));
            Theorem {
                definitions: networks,
                claim: format!("Jump_norm gamma {other} ({value})"),
                evidence: nothing(),
                statement: match gamma.b.is_some() || theta.is_some_and(|theta| theta.b.is_some()) {
                    true => format!(
                        "Jump_norm_biased.jump_norm_biased_is gamma {other} (Q2R ({value}))"
                    ),
                    false => format!("jump_norm_is gamma {other} (Q2R ({value}))"),
                },
                proof: WHOLE,
            }
        }
        Exported::Flips(gamma, of, evidence) => {
            let sets = sets(of);
            Theorem {
                definitions: vec![("gamma", network(gamma))],
                claim: format!("Flips_are gamma {sets}"),
                evidence: format!("Exhausted {}", exhaustion(evidence)),
                statement: match gamma.b {
                    Some(_) => format!("flips_affine_are gamma {sets}"),
                    None => {
                        format!("flips_are ({d}) (size gamma) ({outputs}) (plain gamma) {sets}")
                    }
                },
                proof: WHOLE,
            }
        }
        Exported::Unique(gamma, evidence) => Theorem {
            definitions: vec![("gamma", network(gamma))],
            claim: "Unique gamma".to_owned(),
            evidence: format!("Exhausted {}", exhaustion(evidence)),
            statement: match gamma.b {
                Some(_) => "is_unique_affine gamma".to_owned(),
                None => format!(
                    "forall P, same ({d}) (size gamma) (size gamma) ({outputs}) P (plain gamma) ->\n  \
                     permutation_and_scaling ({d}) (size gamma) ({outputs}) P (plain gamma)"
                ),
            },
            proof: WHOLE,
        },
        Exported::Minimal {
            networks,
            lower,
            normals,
            all,
            but_one,
        } => {
            let [gamma, theta] = networks;
            let all = all.map_or("None".to_owned(), |all| {
                format!("(Some {})", exhaustion(all))
            });
            let but_one = list(but_one.iter().map(|one| exhaustion(one)));
            Theorem {
                definitions: pair([gamma, theta]),
                claim: format!("Minimal gamma theta {lower}"),
                evidence: format!("No_orientation {} {all} {but_one}", table(normals)),
                statement: match gamma.b {
                    Some(_) => format!(
                        "({}) /\\\n  no_fewer ({d}) (size gamma) ({outputs}) (with_biases gamma) {lower}",
                        same(&[gamma, theta])
                    ),
                    None => format!(
                        "{} /\\\n  forall m P, same ({d}) m (size gamma) ({outputs}) P (plain gamma) -> ({lower} <= m)%nat",
                        same(&[gamma, theta])
                    ),
                },
                proof: WHOLE,
            }
        }
        Exported::SupNorm {
            gamma,
            theta,
            claim,
            point,
        } => {
            let mut networks = vec![("gamma", network(gamma))];
            networks.extend(theta.map(|theta| ("theta", network(theta))));
            let other = theta.map_or("None", |_| "(Some theta)");
            let what = format!(
                "gamma {other} {} ({})",
                ends(&claim.domain),
                plain(&claim.value.0)
            );
            Theorem {
                definitions: networks,
                claim: format!("Sup_norm {what}"),
                evidence: format!("Point {}", list(point.iter().map(|x| plain(&x.0)))),
                statement: format!("Sup_norms.sup_norm_holds {what}"),
                proof: WHOLE,
            }
        }
        Exported::LocalMinimum(gamma, claim) => {
            let row = |row: &[StatedRational]| list(row.iter().map(|x| plain(&x.0)));
            let samples = claim.samples.iter();
            let samples = list(samples.map(|of| format!("({}, {})", row(&of.x), row(&of.y))));
            let [loss, radius] = [&claim.loss, &claim.radius].map(|x| plain(&x.0));
            let what = format!("gamma {samples} ({loss}) ({radius})");
            Theorem {
                definitions: vec![("gamma", network(gamma))],
                claim: format!("Local_minimum {what}"),
                evidence: nothing(),
                statement: match gamma.b {
                    Some(_) => format!("Minima_biased.minimum_biased_holds {what}"),
                    None => format!("Minima.minimum_holds {what}"),
                },
                proof: WHOLE,
            }
        }
        Exported::ForAllK(families) => {
            let (gamma, theta, what, evidence) = families.coq();
            Theorem {
                definitions: vec![("gamma", gamma), ("theta", theta)],
                claim: format!("For_all_k gamma theta {what}"),
                evidence: format!("Sections_seen {evidence}"),
                statement: format!("Families.for_all_k gamma theta {what}"),
                proof: WHOLE,
            }
        }
        Exported::Regions(regions) => {
            let domain = table_of(regions.domain);
            let signs = list(regions.signs.iter().map(|signs| {
                list(signs.chars().map(|sign| {
                    match sign {
                        '+' => "Gt",
                        '-' => "Lt",
                        _ => "Eq",
                    }
                    .to_owned()
                }))
            }));
            let why = match &regions.around {
                None => "By_number".to_owned(),
                Some(around) => {
                    let circuits = around.circuits.iter().map(|circuit| {
                        let members = circuit.iter();
                        list(members.map(|(h, x)| format!("({h}%positive, ({})%Q)", q(x))))
                    });
                    let places =
                        |these: &Vec<usize>| list(these.iter().map(|i| format!("{i}%positive")));
                    let redundant = list(around.redundant.iter().map(places));
                    format!("(Around {} {redundant})", list(circuits))
                }
            };
            let what = match regions.injective {
                true => format!("gamma\n  {signs} {}", regions.edges),
                false => format!("gamma {domain}\n  {signs} {}", regions.edges),
            };
            let name = if regions.injective {
                "Is_injective"
            } else {
                "Regions_are"
            };
            Theorem {
                definitions: vec![("gamma", network(regions.gamma))],
                claim: format!("{name} {what}"),
                evidence: format!("Regions_seen {} {why}", table(&regions.points)),
                statement: match regions.injective {
                    true => format!("claim_holds ({name} {what})"),
                    false => format!("regions_are {what}"),
                },
                proof: WHOLE,
            }
        }
        Exported::Nearest {
            networks,
            claim,
            current,
            far: evidence,
        } => {
            let [gamma, theta, phi] = &**networks;
            let biases = phi.b.is_some();
            let mut networks = pair([gamma, theta]);
            networks.push(("phi", network(phi)));
            networks.push(("current", network(current)));
            let star = claim.among == Among::NStar;
            let [lower, upper] = [&claim.lower, &claim.upper].map(number);
            Theorem {
                definitions: networks,
                claim: format!("Nearest {star} gamma theta phi {lower} {upper}"),
                evidence: match biases {
                    true => format!("Apart_biased current ({})", far_affine(evidence)),
                    false => format!("Apart current ({})", far(evidence)),
                },
                statement: match biases {
                    true => format!(
                        "{star} = false /\\ nearest_affine_is ({d}) (size gamma) (size theta) (size phi) ({outputs})\n  \
                         (with_biases gamma) (with_biases theta) (with_biases phi) (value {lower}) (value {upper})"
                    ),
                    false => format!(
                        "nearest_is {star} ({d}) (size gamma) (size theta) ({outputs})\n  \
                         (plain gamma) (plain theta) (plain phi) (value {lower}) (value {upper})"
                    ),
                },
                proof: WHOLE,
            }
        }
    }
}

/// Γ and Θ, homogenised if one of them has biases.
fn as_theorems_do([gamma, theta]: &[&StatedNetwork; 2]) -> [String; 2] {
    let biases = gamma.b.is_some() || theta.b.is_some();
    ["gamma", "theta"].map(|name| match biases {
        true => format!("(homogenise gamma theta {name})"),
        false => name.to_owned(),
    })
}

/// R(Γ) = R(Θ).
fn same([gamma, theta]: &[&StatedNetwork; 2]) -> String {
    match gamma.b.is_some() || theta.b.is_some() {
        true => {
            let of = |name| format!("eval_biased (inputs gamma) (size {name}) (with_biases {name}) x l");
            let [gamma, theta] = ["gamma", "theta"].map(of);
            format!("forall x l, (l < outputs gamma)%nat -> {gamma} =\n  {theta}")
        }
        false => "same (inputs gamma) (size gamma) (size theta) (outputs gamma) (plain gamma) (plain theta)"
            .to_owned(),
    }
}

/// R(Θ) − R(Γ), or R(Γ).
fn function(theta: bool) -> &'static str {
    match theta {
        true => "difference (inputs gamma) (size gamma) (size theta) (plain gamma) (plain theta)",
        false => "eval (inputs gamma) (size gamma) (plain gamma)",
    }
}

fn indices(multiple: &Multiple) -> String {
    format!("{} {} {}", multiple.i, multiple.j, number(multiple.factor))
}
