//! Plain text.

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
                let line = if *level == 1 { "=" } else { "-" };
                let rule = line.repeat(heading.chars().count());
                text.push_str(&format!("{heading}\n{rule}\n"));
            }
            Block::Paragraph(words) => text.push_str(&format!("{words}\n")),
            Block::Item(words) => text.push_str(&format!("  * {words}\n")),
            Block::Verbatim(lines) => {
                for line in lines.lines() {
                    text.push_str(&format!("    {line}\n"));
                }
            }
            Block::Table(head, rows) => {
                for row in rows {
                    let cells = head.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
                    let cells = cells.map(|(name, cell)| format!("{name}: {cell}"));
                    text.push_str(&format!("  * {}\n", cells.collect::<Vec<_>>().join("; ")));
                }
            }
        }
    }
    text
}
