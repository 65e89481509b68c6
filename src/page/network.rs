//! The page of one or several networks.

use super::findings::findings;
use super::html::{escape, figure, page, part};
use crate::exact::Rational;
use crate::figures::{Plane, Window, graph, regions, surface, to_svg};
use crate::network::Network;
use crate::realization::CanonicalForm;

/// The page of networks with their names: what can be found in their weights, and figures of those with one or two inputs. `compared` is
/// what is known of the pair, if there are two: lines that are shown as they are.
///
/// Cost: that of [`near_misses`](crate::degeneracy::near_misses), and of figures of at most 20,000 regions.
pub fn networks_page(networks: &[(String, Network)], compared: &[String]) -> String {
    let names: Vec<&str> = networks.iter().map(|(name, _)| name.as_str()).collect();
    let title = names.join(", ");
    let mut content = format!("<h1>{}</h1>\n", escape(&title));
    if !compared.is_empty() {
        let lines: String = compared
            .iter()
            .map(|line| format!("<li>{}</li>\n", escape(line)))
            .collect();
        content.push_str(&part(
            "The two networks together",
            &format!("<ul>\n{lines}</ul>\n"),
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
