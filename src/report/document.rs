//! A retelling as headings, paragraphs, lists and tables; what needs an explanation has it where it first stands.

use super::block::Block;
use super::format::Format;
use super::glossary::Glossary;
use super::render::render;

/// What stands below one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The heading.
    pub heading: String,
    /// Words in order, each with whether they are an item of a list.
    pub words: Vec<(bool, String)>,
}

/// Blocks in order.
#[derive(Default)]
pub struct Document {
    blocks: Vec<Block>,
}

impl Document {
    /// A heading; level 1 is the title.
    pub fn heading(&mut self, level: usize, text: impl Into<String>) {
        self.blocks.push(Block::Heading(level, text.into()));
    }

    /// A paragraph.
    pub fn paragraph(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(text.into()));
    }

    /// An item of a list; items that follow each other form one list.
    pub fn item(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Item(text.into()));
    }

    /// A table: the names of its columns, and rows of as many cells.
    pub fn table(&mut self, head: Vec<String>, rows: Vec<Vec<String>>) {
        self.blocks.push(Block::Table(head, rows));
    }

    /// Lines that are shown as they are.
    pub fn verbatim(&mut self, lines: impl Into<String>) {
        self.blocks.push(Block::Verbatim(lines.into()));
    }

    /// Everything of another document, its headings one level further down.
    pub fn append(&mut self, other: &Document) {
        let deeper = other.blocks.iter().map(|block| match block {
            Block::Heading(level, text) => Block::Heading(level + 1, text.clone()),
            other => other.clone(),
        });
        self.blocks.extend(deeper);
    }

    /// The document's text, ending in a newline. Ids and double equation numbers are explained where they first stand, or, where that
    /// is a heading, after the next block.
    pub fn render(&self, format: Format) -> String {
        render(&self.explained(), format)
    }

    /// The document in passages, a heading each, with what is explained where it first stands.
    pub fn passages(&self) -> Vec<Passage> {
        let mut passages = Vec::new();
        for block in self.explained() {
            let said = match block {
                Block::Heading(_, heading) => {
                    passages.push(Passage {
                        heading,
                        words: Vec::new(),
                    });
                    continue;
                }
                Block::Paragraph(words) | Block::Verbatim(words) => vec![(false, words)],
                Block::Item(words) => vec![(true, words)],
                Block::Table(_, rows) => rows.iter().map(|row| (true, row.join("; "))).collect(),
            };
            if passages.is_empty() {
                passages.push(Passage::default());
            }
            if let Some(passage) = passages.last_mut() {
                passage.words.extend(said);
            }
        }
        passages
    }

    fn explained(&self) -> Vec<Block> {
        let (mut glossary, mut due) = (Glossary::default(), Vec::new());
        let blocks = self.blocks.iter().map(|block| match block {
            Block::Heading(_, words) | Block::Paragraph(words) | Block::Item(words) => {
                due.extend(glossary.due(words));
                let heading = matches!(block, Block::Heading(..));
                block.map(|words| match heading || due.is_empty() {
                    true => visible(words),
                    false => {
                        let meanings = std::mem::take(&mut due);
                        format!("{} [{}]", visible(words), meanings.join("; "))
                    }
                })
            }
            Block::Table(..) => block.map(visible),
            Block::Verbatim(lines) => {
                let lines: Vec<String> = lines.lines().map(visible).collect();
                Block::Verbatim(lines.join("\n"))
            }
        });
        blocks.collect()
    }
}

/// What would steer a terminal is made visible: texts of a certificate may hold anything.
fn visible(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        let reorders = matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        match reorders || c.is_control() {
            true => safe.extend(c.escape_default()),
            false => safe.push(c),
        }
    }
    safe
}
