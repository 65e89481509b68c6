//! Figures as SVG: light or dark as the reader's screen, exact values where the pointer is.

use std::fmt::Write as _;

use super::canvas::{Anchor, Canvas, Shape, Spot, Tone, text};
use crate::report::escape;

const STYLE: &str = "\
text{font:12px system-ui,sans-serif;fill:#222;stroke:#fff;stroke-width:2px;stroke-linejoin:round;paint-order:stroke}.i{stroke:#222}.f{stroke:#999}.d{fill:#222}.g{fill:#999}.e{stroke:#fff;stroke-width:.6}\
@media(prefers-color-scheme:dark){text{fill:#ddd;stroke:#111}.i{stroke:#ddd}.f{stroke:#777}.d{fill:#ddd}.g{fill:#777}.e{stroke:#111}}";

/// The figure, the same bytes for the same canvas.
pub fn to_svg(canvas: &Canvas) -> String {
    let (width, height) = (canvas.width, canvas.height);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n\
         <title>{}</title>\n{}<style>{STYLE}</style>\n",
        shown(&canvas.title),
        match canvas.legend.is_empty() {
            true => String::new(),
            false => format!("<desc>{}</desc>\n", shown(&canvas.legend)),
        }
    );
    for shape in &canvas.shapes {
        // Writing to a text cannot fail.
        let _ = match shape {
            Shape::Polygon {
                corners,
                fill,
                note,
                data,
            } => writeln!(
                svg,
                "<polygon class=\"e\"{} aria-label=\"{}\" points=\"{}\"{}>{}</polygon>",
                kept(data),
                shown(note),
                points(corners),
                filled(*fill),
                told(note)
            ),
            Shape::Line {
                spots,
                tone,
                width,
                note,
            } => writeln!(
                svg,
                "<polyline fill=\"none\" stroke-width=\"{}.{}\" points=\"{}\"{}>{}</polyline>",
                width / 10,
                width % 10,
                points(spots),
                stroked(*tone),
                told(note)
            ),
            Shape::Disc {
                at,
                radius,
                tone,
                note,
            } => writeln!(
                svg,
                "<circle cx=\"{}\" cy=\"{}\" r=\"{}.{}\"{}>{}</circle>",
                text(&at[0]),
                text(&at[1]),
                radius / 10,
                radius % 10,
                filled(*tone),
                told(note)
            ),
            Shape::Text { at, anchor, words } => writeln!(
                svg,
                "<text x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>",
                text(&at[0]),
                text(&at[1]),
                match anchor {
                    Anchor::Start => "start",
                    Anchor::Middle => "middle",
                    Anchor::End => "end",
                },
                shown(words)
            ),
        };
    }
    svg + "</svg>\n"
}

fn kept(data: &[(&'static str, String)]) -> String {
    let kept = data
        .iter()
        .map(|(name, value)| format!(" data-{name}=\"{}\"", shown(value)));
    kept.collect()
}

fn points(spots: &[Spot]) -> String {
    let spots = spots
        .iter()
        .map(|spot| format!("{},{}", text(&spot[0]), text(&spot[1])));
    spots.collect::<Vec<_>>().join(" ")
}

fn filled(tone: Tone) -> String {
    match tone {
        Tone::Ink => " class=\"d\"".to_owned(),
        Tone::Faint => " class=\"g\"".to_owned(),
        Tone::Color([r, g, b]) => format!(" fill=\"#{r:02x}{g:02x}{b:02x}\""),
    }
}

fn stroked(tone: Tone) -> String {
    match tone {
        Tone::Ink => " class=\"i\"".to_owned(),
        Tone::Faint => " class=\"f\"".to_owned(),
        Tone::Color([r, g, b]) => format!(" stroke=\"#{r:02x}{g:02x}{b:02x}\""),
    }
}

fn told(note: &str) -> String {
    match note.is_empty() {
        true => String::new(),
        false => format!("<title>{}</title>", shown(note)),
    }
}

/// Text as SVG shows it; what XML does not allow is left out.
fn shown(words: &str) -> String {
    let allowed: String = words.chars().filter(|c| !c.is_control()).collect();
    escape(&allowed)
}
