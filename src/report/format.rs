//! The formats documents are written in.

/// How a document is rendered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    #[default]
    Text,
    /// Markdown.
    Markdown,
    /// LaTeX: a whole document for the class `article`, with packages of every installation.
    Latex,
    /// HTML: one page that asks nothing of any server, light or dark as the reader's screen.
    Html,
}
