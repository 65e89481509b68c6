//! The parts of a page, and its frame.

use crate::exact::Surd;
use crate::report::escape;

/// A page around its content.
pub(super) fn page(title: &str, content: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>\n{}</style>\n</head>\n\
         <body>\n<main>\n{content}</main>\n<script>\n{}</script>\n</body>\n</html>\n",
        escape(title),
        include_str!("style.css"),
        include_str!("script.js")
    )
}

/// A part that opens and closes.
pub(super) fn part(heading: &str, content: &str, open: bool) -> String {
    let open = if open { " open" } else { "" };
    format!(
        "<details{open}>\n<summary><h2>{}</h2></summary>\n{content}</details>\n",
        escape(heading)
    )
}

/// A number: as a decimal where it is long, exactly where the pointer is, and to copy.
pub(super) fn value(value: &Surd) -> String {
    let exact = value.to_string();
    match exact.len() {
        ..=6 => escape(&exact),
        _ => format!(
            "<span title=\"{0}\">≈ {1}</span> <button type=\"button\" data-copy=\"{0}\" aria-label=\"copy the exact number\">copy</button>",
            escape(&exact),
            escape(&value.approx(6))
        ),
    }
}

/// A table with its caption. Cells are HTML already.
pub(super) fn table(caption: &str, head: &[&str], rows: &[Vec<String>]) -> String {
    let head: String = head
        .iter()
        .map(|cell| format!("<th scope=\"col\">{}</th>", escape(cell)))
        .collect();
    let row = |row: &Vec<String>| {
        let cells: String = row.iter().map(|cell| format!("<td>{cell}</td>")).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let rows: String = rows.iter().map(row).collect();
    format!(
        "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"{0}\"><table>\n<caption>{0}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n",
        escape(caption)
    )
}

/// A figure of classes: in one that is `told` regions can be chosen, and are told below it; one that is a `ball` can be turned.
pub(super) fn figure(svg: &str, caption: &str, classes: &str) -> String {
    let mut line = String::new();
    if classes.contains("ball") {
        let turn = |keys: &str, name: &str, arrow: &str| {
            format!(
                "<button type=\"button\" data-turn=\"{keys}\" aria-label=\"turn {name}\">{arrow}</button>"
            )
        };
        line = format!(
            "<p>{}{}{}{} or drag, or the arrow keys</p>\n",
            turn("ArrowLeft", "to the left", "←"),
            turn("ArrowUp", "upwards", "↑"),
            turn("ArrowDown", "downwards", "↓"),
            turn("ArrowRight", "to the right", "→"),
        );
    }
    if classes.contains("told") {
        line.push_str("<div class=\"telling\" aria-live=\"polite\">Choose a region: its signs, gradient, a point inside, neighbours.</div>\n");
    }
    let class = match classes {
        "" => String::new(),
        classes => format!(" class=\"{classes}\""),
    };
    format!(
        "<figure{class}>\n{svg}{line}<figcaption>{}</figcaption>\n</figure>\n",
        escape(caption)
    )
}

/// Frames of which one is shown, as a slider says; the last one first.
pub(super) fn slider(frames: &[String]) -> String {
    let last = frames.len().saturating_sub(1);
    let frame = |frame: &String| format!("<div class=\"frame\" hidden>\n{frame}</div>\n");
    let frames: String = frames.iter().map(frame).collect();
    format!(
        "<div class=\"frames\">\n<label>Step along the proof<input type=\"range\" min=\"0\" max=\"{last}\" value=\"{last}\"></label>\n{frames}</div>\n"
    )
}
