//! Random families, their instances, and sections of answers for all k.

use relucert::certificate::Range;
use relucert::family::Family;
use relucert::network::{Network, from_certificate};
use serde_json::json;

use super::Random;

/// The k that answers for all k are compared at.
pub const LAST: u64 = 12;

/// Entries, some of which vanish at single k.
pub const ENTRIES: &[&str] = &[
    "0", "0", "1", "1", "-1", "2", "-3", "1/2", "k", "-k", "1/k", "k-3", "3-k", "k+1", "2*k-5",
    "-1/k^2", "k^2-4",
];
/// What neurons are rescaled by.
pub const FACTORS: &[&str] = &[
    "2",
    "1/3",
    "k",
    "1/k",
    "(k+1)/k",
    "sqrt(2)",
    "sqrt(k)",
    "sqrt((k+1)/k)",
];

/// The texts of a neuron's inner weights (with the bias, if there is one) and outer weights.
pub type Texts = (Vec<String>, Vec<String>);

pub fn times(row: &[String], factor: &str) -> Vec<String> {
    row.iter().map(|e| format!("({e})*({factor})")).collect()
}

/// A family with dead, constant, parallel and opposite neurons, ones that flip together, and rescalings by roots; entries vanish at single k.
pub fn random_family(random: &mut Random) -> Family {
    let (d, outputs) = (1 + random.below(2), 1 + random.below(4) / 3);
    let biased = random.below(2) == 0;
    let width = d + usize::from(biased);
    let mut neurons: Vec<Texts> = Vec::new();
    for i in 0..1 + random.below(5) {
        let row = |random: &mut Random, n: usize| -> Vec<String> {
            (0..n).map(|_| random.pick(ENTRIES).to_owned()).collect()
        };
        let mut neuron = (row(random, width), row(random, outputs));
        if i > 0 {
            let other = neurons[random.below(i)].clone();
            match random.below(6) {
                // Parallel, opposite, or minus the sum of two, with the same outer weights.
                0 => neuron.0 = times(&other.0, random.pick(&["2", "1/3", "k", "(k+1)/k"])),
                1 => neuron.0 = times(&other.0, random.pick(&["-1", "-k", "-1/2"])),
                2 => {
                    let third = &neurons[random.below(i)].0;
                    let sum = other
                        .0
                        .iter()
                        .zip(third)
                        .map(|(x, y)| format!("-({x})-({y})"));
                    neuron = (sum.collect(), other.1);
                }
                // The last one of its line, with the other sign: they cancel.
                3 => neuron = (other.0, times(&other.1, "-1")),
                _ => {}
            }
        }
        match random.below(12) {
            0 => neuron.1 = vec!["0".to_owned(); outputs],
            1 => neuron.0[..d].iter_mut().for_each(|e| "0".clone_into(e)),
            _ => {}
        }
        neurons.push(neuron);
    }
    for neuron in &mut neurons {
        if random.below(3) == 0 {
            let factor = random.pick(FACTORS);
            neuron.0 = times(&neuron.0, factor);
            neuron.1 = times(&neuron.1, &format!("1/({factor})"));
        }
    }
    let rows = |part: &dyn Fn(&Texts) -> Vec<String>| neurons.iter().map(part).collect::<Vec<_>>();
    let mut object = json!({
        "parameter": "k",
        "a": rows(&|n| n.0[..d].to_vec()),
        "c": rows(&|n| n.1.clone()),
    });
    if biased {
        object["b"] = neurons.iter().map(|n| n.0[d].clone()).collect();
        object["e"] = (0..outputs).map(|_| random.pick(ENTRIES)).collect();
    }
    Family::from_json("random.json", &object.to_string()).unwrap()
}

pub fn at(family: &Family, k: u64) -> Network {
    from_certificate(&family.instance(k).unwrap()).unwrap()
}

pub fn contains(range: &Range, k: u64) -> bool {
    range.first() <= k && range.end().is_none_or(|end| k < end)
}

/// The section of a k; there is exactly one.
pub fn section<T>(parts: &[(Range, T)], k: u64) -> &T {
    let mut found = parts.iter().filter(|(range, _)| contains(range, k));
    let (_, answer) = found.next().expect("a section");
    assert!(found.next().is_none());
    answer
}
