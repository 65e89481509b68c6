//! One page of HTML.

use super::super::block::Block;

/// What the page looks like: the reader's own light or dark, wide tables and long numbers kept inside.
const STYLE: &str = "\
:root{color-scheme:light dark}
body{font:1rem/1.55 system-ui,sans-serif;max-width:52rem;margin:0 auto;padding:1.5rem;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25}
h2{font-size:1.2rem;margin-top:2rem}
pre{overflow-x:auto;padding:.75rem;border:1px solid color-mix(in srgb,currentColor 25%,transparent)}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem .4rem 0;border-top:1px solid color-mix(in srgb,currentColor 25%,transparent)}
sup,sub{line-height:0}
";

/// The page.
pub(super) fn render(blocks: &[Block]) -> String {
    let title = blocks.iter().find_map(|block| match block {
        Block::Heading(1, text) => Some(escape(text)),
        _ => None,
    });
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n",
        title.unwrap_or_default()
    );
    let mut in_list = false;
    for block in blocks {
        let item = matches!(block, Block::Item(_));
        if item != in_list {
            page.push_str(if item { "<ul>\n" } else { "</ul>\n" });
            in_list = item;
        }
        match block {
            Block::Heading(level, text) => {
                let level = (*level).clamp(1, 6);
                page.push_str(&format!("<h{level}>{}</h{level}>\n", escape(text)));
            }
            Block::Paragraph(text) => page.push_str(&format!("<p>{}</p>\n", escape(text))),
            Block::Item(text) => page.push_str(&format!("<li>{}</li>\n", escape(text))),
            Block::Verbatim(text) => {
                page.push_str(&format!("<pre tabindex=\"0\">{}</pre>\n", escape(text)));
            }
            Block::Table(head, rows) => {
                page.push_str("<table>\n<thead><tr>");
                for cell in head {
                    page.push_str(&format!("<th scope=\"col\">{}</th>", escape(cell)));
                }
                page.push_str("</tr></thead>\n<tbody>\n");
                for row in rows {
                    page.push_str("<tr>");
                    for cell in row {
                        page.push_str(&format!("<td>{}</td>", escape(cell)));
                    }
                    page.push_str("</tr>\n");
                }
                page.push_str("</tbody>\n</table>\n");
            }
        }
    }
    if in_list {
        page.push_str("</ul>\n");
    }
    page + "</main>\n</body>\n</html>\n"
}

/// Text as HTML and SVG show it.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}
