//! Figures of networks, as pages have them.

use super::html::{figure, part};
use crate::exact::Rational;
use crate::figures::{
    Canvas, Half, Line, NotDrawn, Plane, Sphere, Window, contours, graph, regions, sphere, surface,
    to_svg,
};
use crate::network::Network;
use crate::report::escape;
use crate::watch::Watch;

/// Figures of networks of one to three inputs; nothing for others.
pub(super) fn pictures(networks: &[(String, Network)], watch: &Watch) -> String {
    let mut content = String::new();
    for (name, network) in networks {
        let mut add = |drawn: Result<Canvas, NotDrawn>, caption: String, class: &str| match drawn {
            Ok(canvas) => {
                let caption = match canvas.legend.is_empty() {
                    true => caption,
                    false => format!("{caption}. {}", canvas.legend),
                };
                content.push_str(&figure(&to_svg(&canvas), &caption, class));
            }
            Err(error) => {
                let text = format!("{caption}: not drawn, {error}.");
                content.push_str(&format!("<p>{}</p>\n", escape(&text)));
            }
        };
        let first = match network.outputs() {
            1 => "",
            _ => ", its first output",
        };
        match network.inputs() {
            1 => {
                let one = Rational::from_integer(1.into());
                let side = (-&one, one);
                let drawn = Line::of(network, 0)
                    .and_then(|line| graph(&line.within(watch.clone()), &side, name));
                add(drawn, format!("R({name}) on [−1, 1]{first}"), "");
            }
            2 => {
                let window = Window::square(1);
                let plane = Plane::of(network, 0, None).map(|plane| plane.within(watch.clone()));
                let draw = |what: fn(&Plane, &Window, &str) -> Result<Canvas, NotDrawn>| {
                    what(plane.as_ref().map_err(Clone::clone)?, &window, name)
                };
                let caption =
                    format!("Regions of R({name}) in [−1, 1]², one color a gradient{first}");
                add(draw(regions), caption, "told");
                add(
                    draw(surface),
                    format!("The graph of R({name}){first}"),
                    "told",
                );
                let caption = format!("Contour lines of R({name}){first}");
                add(draw(contours), caption, "told");
                if !matches!(network, Network::Shallow(_)) {
                    let caption = format!(
                        "R({name}) on all of R²{first}: the plane as it is seen from a point above it is the half of the sphere around “bias”, \
                         its points at infinity the circle around that half; beyond, the bias is negative"
                    );
                    add(ball(network, name, watch), caption, "told ball");
                }
            }
            3 => {
                let caption = format!(
                    "Regions of R({name}) on the sphere{first}, one color a gradient: kinks are great circles"
                );
                add(ball(network, name, watch), caption, "told ball");
            }
            _ => {}
        }
    }
    match content.is_empty() {
        true => content,
        false => {
            let content = format!("<div class=\"pictures\">\n{content}</div>\n");
            part("Pictures", &content, true)
        }
    }
}

fn ball(network: &Network, name: &str, watch: &Watch) -> Result<Canvas, NotDrawn> {
    let directions = Sphere::of(network, 0)?.within(watch.clone());
    sphere(&directions, Half::Front, name)
}
