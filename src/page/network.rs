//! The page of one or several networks.

use super::findings::findings;
use super::html::{figure, page, part, table, value};
use crate::exact::{Rational, Surd};
use crate::figures::{Plane, Window, graph, regions, surface, to_svg};
use crate::network::Network;
use crate::realization::CanonicalForm;
use crate::report::escape;

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
    /// Which neuron of the second is matched with each of the first, where they were matched.
    pub matching: Vec<Matched>,
}

/// The page of networks with their names: what can be found in their weights, and figures of those with one or two inputs; of two networks
/// also what is known of the pair.
///
/// Cost: that of [`near_misses`](crate::degeneracy::near_misses), and of figures of at most 20,000 regions.
pub fn networks_page(networks: &[(String, Network)], compared: &Comparison) -> String {
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
            &format!("<ul>\n{lines}</ul>\n{}", matching(&compared.matching)),
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
    content.push_str(&pictures(networks));
    page(&title, &content)
}

fn matching(matched: &[Matched]) -> String {
    let row = |(place, matched): (usize, &Matched)| {
        let neuron = matched
            .neuron
            .map_or("none".to_owned(), |neuron| neuron.to_string());
        vec![place.to_string(), neuron, value(&matched.factor)]
    };
    let rows: Vec<Vec<String>> = matched.iter().enumerate().map(row).collect();
    match rows.is_empty() {
        true => String::new(),
        false => table(
            "Which neuron of the second network goes into the place of each of the first",
            &["place", "neuron", "factor of its inner weights"],
            &rows,
        ),
    }
}

/// Figures of networks of one or two inputs; nothing for others.
pub(super) fn pictures(networks: &[(String, Network)]) -> String {
    let mut content = String::new();
    for (name, network) in networks {
        let Some(form) = CanonicalForm::of(network) else {
            continue;
        };
        let one = Rational::from_integer(1.into());
        if let Some(canvas) = graph(&form, 0, &(-&one, one.clone()), name) {
            content.push_str(&figure(
                &to_svg(&canvas),
                &format!("R({name}) on [−1, 1]"),
                false,
            ));
        }
        let Ok(plane) = Plane::of(&form, 0, None) else {
            continue;
        };
        let window = Window::square(1);
        if let Ok(canvas) = regions(&plane, &window, name) {
            let caption = format!("Regions of R({name}) in [−1, 1]², one color a gradient");
            content.push_str(&figure(&to_svg(&canvas), &caption, true));
        }
        if let Ok(canvas) = surface(&plane, &window, name) {
            let caption = format!("The graph of R({name}), its first output");
            content.push_str(&figure(&to_svg(&canvas), &caption, false));
        }
    }
    match content.is_empty() {
        true => content,
        false => part("Pictures", &content, true),
    }
}
