//! Markdown.

use super::super::block::{Block, apart};

/// The blocks, one empty line between them.
pub(super) fn render(blocks: &[Block]) -> String {
    let mut text = String::new();
    for (index, block) in blocks.iter().enumerate() {
        if apart(blocks, index) {
            text.push('\n');
        }
        match block {
            Block::Heading(level, heading) => {
                text.push_str(&format!("{} {}\n", "#".repeat(*level), escape(heading)));
            }
            Block::Paragraph(words) => text.push_str(&(escape(words) + "\n")),
            Block::Item(words) => text.push_str(&format!("- {}\n", escape(words))),
            Block::Verbatim(lines) => {
                // A fence that is longer than any run of ticks in the lines.
                let longest = lines.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let fence = "`".repeat(3.max(longest + 1));
                text.push_str(&format!("{fence}\n{}\n{fence}\n", lines.trim_end()));
            }
            Block::Table(head, rows) => {
                let cells = |row: &Vec<String>| {
                    let cells = row.iter().map(|cell| escape(cell).replace('|', "\\|"));
                    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
                };
                text.push_str(&cells(head));
                text.push_str(&format!("|{}\n", "---|".repeat(head.len())));
                rows.iter().for_each(|row| text.push_str(&cells(row)));
            }
        }
    }
    text
}

/// Keeps Markdown from reading products and indices as emphasis.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '*' | '_' | '<' | '\\') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
