//! A retelling as headings, paragraphs and lists, rendered as plain text or Markdown.

use super::glossary::Glossary;

/// How a document is rendered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    #[default]
    Text,
    /// Markdown.
    Markdown,
}

enum Block {
    Heading(usize, String),
    Paragraph(String),
    Item(String),
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

    /// The document's text, ending in a newline. Ids and double equation numbers are explained where they first stand, or, where that
    /// is a heading, after the next block.
    pub fn render(&self, format: Format) -> String {
        let (mut glossary, mut due) = (Glossary::default(), Vec::new());
        let mut blocks = Vec::with_capacity(self.blocks.len());
        for block in &self.blocks {
            let words = match block {
                Block::Heading(_, words) | Block::Paragraph(words) | Block::Item(words) => words,
            };
            due.extend(glossary.due(words));
            let explained = |words: &str, due: &mut Vec<String>| match due.is_empty() {
                true => visible(words),
                false => {
                    let meanings = std::mem::take(due);
                    format!("{} [{}]", visible(words), meanings.join("; "))
                }
            };
            blocks.push(match block {
                Block::Heading(level, words) => Block::Heading(*level, visible(words)),
                Block::Paragraph(words) => Block::Paragraph(explained(words, &mut due)),
                Block::Item(words) => Block::Item(explained(words, &mut due)),
            });
        }
        let mut text = String::new();
        let mut in_list = false;
        for block in &blocks {
            let item = matches!(block, Block::Item(_));
            let continues = item && in_list;
            if !(text.is_empty() || continues) {
                text.push('\n');
            }
            in_list = item;
            match (block, format) {
                (Block::Heading(level, heading), Format::Markdown) => {
                    text.push_str(&format!("{} {}\n", "#".repeat(*level), escape(heading)));
                }
                (Block::Heading(level, heading), Format::Text) => {
                    let line = if *level == 1 { "=" } else { "-" };
                    let rule = line.repeat(heading.chars().count());
                    text.push_str(&format!("{heading}\n{rule}\n"));
                }
                (Block::Paragraph(words), Format::Markdown) => {
                    text.push_str(&(escape(words) + "\n"))
                }
                (Block::Item(words), Format::Markdown) => {
                    text.push_str(&format!("- {}\n", escape(words)));
                }
                (Block::Paragraph(words), Format::Text) => text.push_str(&format!("{words}\n")),
                (Block::Item(words), Format::Text) => text.push_str(&format!("  * {words}\n")),
            }
        }
        text
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
