//! What documents are made of.

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading; level 1 is the title.
    Heading(usize, String),
    /// A paragraph.
    Paragraph(String),
    /// An item of a list; items that follow each other form one list.
    Item(String),
    /// A table: what its columns are, and its rows, each with as many cells.
    Table(Vec<String>, Vec<Vec<String>>),
    /// Lines that are shown as they are.
    Verbatim(String),
}

impl Block {
    /// The same, every text in it changed.
    pub(super) fn map(&self, mut change: impl FnMut(&str) -> String) -> Block {
        match self {
            Block::Heading(level, text) => Block::Heading(*level, change(text)),
            Block::Paragraph(text) => Block::Paragraph(change(text)),
            Block::Item(text) => Block::Item(change(text)),
            Block::Verbatim(text) => Block::Verbatim(change(text)),
            Block::Table(head, rows) => {
                let head = head.iter().map(|text| change(text)).collect();
                let mut row = |row: &Vec<String>| row.iter().map(|text| change(text)).collect();
                Block::Table(head, rows.iter().map(&mut row).collect())
            }
        }
    }
}

/// Whether an empty line stands before this block: not first, and not between items of one list.
pub(super) fn apart(blocks: &[Block], index: usize) -> bool {
    let item = |index: usize| matches!(blocks[index], Block::Item(_));
    index > 0 && !(item(index) && item(index - 1))
}
