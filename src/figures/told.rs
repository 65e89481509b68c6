//! What a figure says of a region, to readers who point at it and to a page's script.

use super::canvas::{Shape, Spot, Tone};
use crate::exact::{Rational, Surd};

/// Longer numbers are shown as decimals.
const LONG: usize = 40;
/// Longer ones are not there to copy.
const LONGEST: usize = 400;

/// Numbers in parentheses: to read, and exactly.
pub(super) fn numbers(values: &[Rational]) -> (String, String) {
    let listed = |most: usize| {
        let text = |value: &Rational| {
            let exact = value.to_string();
            match exact.len() <= most {
                true => exact,
                false => format!("≈ {}", Surd::from(value.clone()).approx(8)),
            }
        };
        let texts: Vec<String> = values.iter().map(text).collect();
        format!("({})", texts.join(", "))
    };
    (listed(LONG), listed(LONGEST))
}

/// The signs that are not the same on all regions: those are told.
pub(super) struct Changing {
    places: Vec<usize>,
    /// The layer of each.
    layers: Vec<usize>,
    /// Which neurons they are of, where not of all.
    pub(super) legend: String,
}

/// Which signs change from region to region; each of all signs is of this neuron of this layer.
pub(super) fn changing<'a>(signs: impl Iterator<Item = &'a str>, neurons: &Neurons) -> Changing {
    let mut signs = signs.map(str::as_bytes);
    let first = signs.next().unwrap_or_default();
    let mut changes = vec![false; first.len()];
    for signs in signs {
        for (changes, (one, other)) in changes.iter_mut().zip(first.iter().zip(signs)) {
            *changes |= one != other;
        }
    }
    let places: Vec<usize> = (0..first.len()).filter(|place| changes[*place]).collect();
    let mut legend = String::new();
    if places.len() < first.len() {
        legend = format!(
            "{} of {} {} change sides here, and signs are theirs",
            places.len(),
            first.len(),
            neurons.word
        );
        let mut layer = None;
        for place in &places {
            let [l, i] = neurons.all[*place];
            let start = match (layer == Some(l), neurons.deep) {
                (true, _) => ", ".to_owned(),
                (false, true) => format!("; layer {l}: "),
                (false, false) => ": ".to_owned(),
            };
            layer = Some(l);
            legend.push_str(&format!("{start}{i}"));
        }
        legend.push('.');
    }
    Changing {
        layers: places.iter().map(|place| neurons.all[*place][0]).collect(),
        places,
        legend,
    }
}

/// What signs are of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Neurons {
    /// Layer and number, for every sign.
    pub(super) all: Vec<[usize; 2]>,
    /// Neurons, or kinks.
    pub(super) word: &'static str,
    /// Whether there is more than one layer of them.
    pub(super) deep: bool,
}

impl Changing {
    /// A region by its signs, with a number that no other has, and those of regions beside it.
    pub(super) fn told(&self, signs: &str, region: usize, beside: &[usize]) -> Told {
        let all = signs.as_bytes();
        let mut shown = String::new();
        let mut layer = self.layers.first();
        for (place, own) in self.places.iter().zip(&self.layers) {
            if layer != Some(own) {
                shown.push(' ');
                layer = Some(own);
            }
            shown.push(char::from(all[*place]));
        }
        let beside: Vec<String> = beside.iter().map(usize::to_string).collect();
        let note = match shown.is_empty() {
            true => "one region".to_owned(),
            false => format!("signs {shown}"),
        };
        Told {
            exact: note.clone(),
            note,
            data: vec![
                ("signs", shown),
                ("region", region.to_string()),
                ("beside", beside.join(" ")),
            ],
        }
    }
}

/// What is said of one region.
#[derive(Clone)]
pub(super) struct Told {
    note: String,
    exact: String,
    data: Vec<(&'static str, String)>,
}

impl Told {
    /// Numbers with their name.
    pub(super) fn say(&mut self, name: &str, values: &[Rational]) {
        let (note, exact) = numbers(values);
        self.note.push_str(&format!("; {name} {note}"));
        self.exact.push_str(&format!("; {name} {exact}"));
    }

    /// Words.
    pub(super) fn add(&mut self, words: &str) {
        self.note.push_str(&format!("; {words}"));
        self.exact.push_str(&format!("; {words}"));
    }

    /// For a page's script.
    pub(super) fn keep(&mut self, name: &'static str, value: String) {
        self.data.push((name, value));
    }

    /// The region as it is drawn.
    pub(super) fn polygon(self, corners: Vec<Spot>, fill: Tone) -> Shape {
        let mut data = self.data;
        if self.exact != self.note {
            data.push(("exact", self.exact));
        }
        Shape::Polygon {
            corners,
            fill,
            note: self.note,
            data,
        }
    }
}
