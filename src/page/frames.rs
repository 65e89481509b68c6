//! The weights of Θ on their way to Φ, a frame a rewriting.

use super::html::{part, slider};
use crate::certificate::{Claim, StatedNetwork, Step};
use crate::exact::{Rational, Surd};
use crate::export::homogenised;
use crate::figures::{Vectors, longest, to_svg, weights_within};
use crate::report::{Certificate, escape, replaced, rewriting_words};

/// A neuron: inner weights and outer weights.
type Row = (Vec<Surd>, Vec<Surd>);
/// The neurons of a network.
type Rows = Vec<Row>;

/// More frames are not drawn: of longer proofs every n-th.
const MOST_FRAMES: usize = 60;

fn rows(network: &StatedNetwork) -> Rows {
    let a = network.a.iter().map(|row| row.iter().map(engine).collect());
    let c = network.c.iter().map(|row| row.iter().map(engine).collect());
    Iterator::zip(a, c).collect()
}

/// A certificate's number as the engine's.
fn engine(value: &crate::certificate::Surd) -> Surd {
    Surd::from(value)
}

/// Γ and Θ as steps speak of them: homogenised where one has biases, with the output bias as the last neuron. None without Θ, or where biases
/// are no weights of a parametrization: there output biases take what is constant.
fn spoken_of(certificate: &Certificate) -> Option<(Rows, Rows)> {
    let networks = &certificate.statement.networks;
    let theta = networks.theta.as_ref()?;
    let biases = networks.gamma.b.is_some() || theta.b.is_some();
    let homogeneous = matches!(
        certificate.statement.claim,
        Claim::Reparametrization(_)
            | Claim::Theorem31(_)
            | Claim::Refined31(_)
            | Claim::Theorem33(_)
    );
    let both = [&networks.gamma, theta].map(|network| rows(&homogenised(biases, network)));
    let [gamma, theta] = both;
    (homogeneous || !biases).then_some((gamma, theta))
}

/// Every state of Θ, with what made it; the first is Θ itself.
fn states(certificate: &Certificate, theta: Rows) -> Vec<(String, Rows)> {
    let mut current = theta;
    let mut states = vec![("Θ as it is given".to_owned(), current.clone())];
    for (index, step) in certificate.steps.iter().enumerate() {
        match step {
            Step::Rewrite(step) => {
                let new = step.a.iter().zip(&step.c);
                let new = new.map(|(a, c)| {
                    (
                        a.iter().map(engine).collect(),
                        c.iter().map(engine).collect(),
                    )
                });
                let new: Rows = new.collect();
                current = replaced(current, &step.replaces, new);
            }
            Step::Permute(step) => {
                let row = |neuron: &usize| current.get(*neuron).cloned();
                match step.order.iter().map(row).collect() {
                    Some(permuted) => current = permuted,
                    None => return states,
                }
            }
            _ => continue,
        }
        let words = rewriting_words(step).unwrap_or_default();
        states.push((format!("Step {}: {words}", index + 1), current.clone()));
    }
    states
}

/// A slider along the states: weight vectors where they lie in a plane, and how far each neuron is from Γ's.
pub(super) fn frames(certificate: &Certificate) -> Option<String> {
    let (gamma, theta) = spoken_of(certificate)?;
    let states = states(certificate, theta);
    if states.len() < 2 {
        return None;
    }
    let step = states.len().div_ceil(MOST_FRAMES);
    let last = states.len() - 1;
    let chosen: Vec<&(String, Rows)> = states
        .iter()
        .enumerate()
        .filter(|(index, _)| index % step == 0 || *index == last)
        .map(|(_, state)| state)
        .collect();
    let flat = |rows: &Rows| -> Option<Vec<[Surd; 2]>> {
        rows.iter()
            .map(|(a, _)| Some([a.first()?.clone(), a.get(1)?.clone()]))
            .collect()
    };
    let planar = gamma.iter().all(|(a, _)| a.len() == 2);
    let sets = |rows: &Rows| -> Option<Vec<Vectors>> {
        let set = |name: &str, faint, rows: &Rows| {
            Some(Vectors {
                name: name.to_owned(),
                faint,
                vectors: flat(rows)?,
            })
        };
        Some(vec![
            set("Γ", true, &gamma)?,
            set("Θ, rewritten", false, rows)?,
        ])
    };
    let far = match planar {
        true => {
            let all: Vec<Vectors> = chosen
                .iter()
                .filter_map(|(_, rows)| sets(rows))
                .flatten()
                .collect();
            Some(longest(&all))
        }
        false => None,
    };
    let drawn = chosen.iter().map(|(words, rows)| {
        let picture = far
            .as_ref()
            .and_then(|far| Some(to_svg(&weights_within(&sets(rows)?, "weight vectors", far))));
        format!(
            "<p>{}</p>\n{}{}",
            escape(words),
            picture.unwrap_or_default(),
            bars(&gamma, rows)
        )
    });
    let drawn: Vec<String> = drawn.collect();
    let note = match step {
        1 => String::new(),
        n => format!(
            "<p>There are {} states; every {n}th is shown, and the last.</p>\n",
            states.len()
        ),
    };
    let content = note + &slider(&drawn);
    Some(part("The weights, step by step", &content, true))
}

/// How far each neuron is from Γ's in the same place, as bars: the longest is the largest difference of this state.
fn bars(gamma: &Rows, rows: &Rows) -> String {
    let fits = gamma.len() == rows.len()
        && gamma
            .iter()
            .zip(rows)
            .all(|(g, r)| g.0.len() == r.0.len() && g.1.len() == r.1.len());
    if !fits {
        return format!("<p>{} neurons, Γ has {}.</p>\n", rows.len(), gamma.len());
    }
    let far = |(g, r): (&Row, &Row)| -> Surd {
        let entries = g.0.iter().zip(&r.0).chain(g.1.iter().zip(&r.1));
        let apart = entries.map(|(g, r)| g.sub(r).abs());
        let mut largest = Surd::from(Rational::from_integer(0.into()));
        for entry in apart {
            if entry.compare(&largest).is_gt() {
                largest = entry;
            }
        }
        largest
    };
    let apart: Vec<Surd> = gamma.iter().zip(rows).map(far).collect();
    let near = |value: &Surd| {
        let (floor, _) = value.floor_over(-32);
        Rational::new(floor, num_bigint::BigInt::from(1) << 32)
    };
    let lengths: Vec<Rational> = apart.iter().map(near).collect();
    let Some(top) = lengths
        .iter()
        .max()
        .filter(|top| **top > Rational::from_integer(0.into()))
    else {
        return "<p>Every weight is Γ's.</p>\n".to_owned();
    };
    let high = 14;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"600\" height=\"{0}\" viewBox=\"0 0 600 {0}\" role=\"img\" aria-label=\"distances from Γ's neurons\">\n",
        high * lengths.len() + 4
    );
    for (neuron, (length, exact)) in lengths.iter().zip(&apart).enumerate() {
        let wide = (length / top * Rational::from_integer(420.into())).to_integer();
        let (y, text) = (high * neuron, escape(&exact.approx(6)));
        svg.push_str(&format!(
            "<text x=\"34\" y=\"{}\" text-anchor=\"end\" font-size=\"11\">{neuron}</text><rect x=\"40\" y=\"{}\" width=\"{wide}\" height=\"10\" fill=\"#31688e\"><title>{}</title></rect><text x=\"470\" y=\"{0}\" font-size=\"11\">{text}</text>\n",
            y + 11,
            y + 2,
            escape(&exact.to_string())
        ));
    }
    let caption =
        "How far each neuron is from Γ’s in its place, the largest difference of an entry";
    super::html::figure(&(svg + "</svg>\n"), caption, "")
}
