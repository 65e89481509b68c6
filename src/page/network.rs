//! The page of one or several networks.

use super::findings::findings;
use super::html::{page, part, table, value};
use super::pictures::pictures;
use crate::depth::Place;
use crate::exact::Surd;
use crate::network::Network;
use crate::report::escape;
use crate::watch::Watch;

/// A neuron of the second network in a place of the first.
#[derive(Clone, Debug)]
pub struct Matched {
    /// The neuron; none where a place stays empty.
    pub neuron: Option<usize>,
    /// What its inner weights are multiplied by.
    pub factor: Surd,
}

/// What is known of two networks.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// In words, a line each.
    pub lines: Vec<String>,
    /// For every layer of neurons, which neuron of the second is matched with each of the first, where they were matched.
    pub matching: Vec<Vec<Matched>>,
}

/// The neurons of Θ in the places of Γ, for every layer of neurons.
pub fn layers_matched(places: Vec<Vec<Place>>) -> Vec<Vec<Matched>> {
    let matched = |place: Place| match place {
        Some((neuron, factor)) => Matched {
            neuron: Some(neuron),
            factor: factor.into(),
        },
        None => Matched {
            neuron: None,
            factor: Surd::zero(),
        },
    };
    let layers = places.into_iter();
    layers
        .map(|layer| layer.into_iter().map(matched).collect())
        .collect()
}

/// The page of networks of any depth with their names: what can be found in their weights, and figures of those with one to three inputs; of two
/// networks also what is known of the pair. What is not drawn when the watch ends is said.
///
/// Cost: that of [`near_misses`](crate::degeneracy::near_misses) for every layer, and of figures of at most 20,000 regions.
pub fn networks_page(
    networks: &[(String, Network)],
    compared: &Comparison,
    watch: &Watch,
) -> String {
    let names: Vec<&str> = networks.iter().map(|(name, _)| name.as_str()).collect();
    let title = names.join(", ");
    let mut content = format!("<h1>{}</h1>\n", escape(&title));
    if !compared.lines.is_empty() {
        let lines: String = compared
            .lines
            .iter()
            .map(|line| format!("<li>{}</li>\n", escape(line)))
            .collect();
        content.push_str(&part(
            "The two networks together",
            &format!("<ul>\n{lines}</ul>\n{}", tables(&compared.matching)),
            true,
        ));
    }
    for (name, network) in networks {
        content.push_str(&part(
            &format!("{name}: findings"),
            &findings(network),
            true,
        ));
    }
    content.push_str(&pictures(networks, watch));
    page(&title, &content)
}

fn tables(layers: &[Vec<Matched>]) -> String {
    let deep = layers.len() > 1;
    let tables = layers.iter().enumerate().map(|(l, matched)| {
        let row = |(place, matched): (usize, &Matched)| {
            let (neuron, factor) = match matched.neuron {
                Some(neuron) => (neuron.to_string(), value(&matched.factor)),
                None => ("none".to_owned(), String::new()),
            };
            vec![place.to_string(), neuron, factor]
        };
        let rows: Vec<Vec<String>> = matched.iter().enumerate().map(row).collect();
        let mut caption =
            "Which neuron of the second network goes into the place of each of the first"
                .to_owned();
        if deep {
            caption.push_str(&format!(", in layer {l}"));
        }
        let head = ["place", "neuron", "factor of its inner weights"];
        table(&caption, &head, &rows)
    });
    tables.collect()
}
