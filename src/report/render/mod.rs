//! Documents written out, a format a file.

mod html;
mod latex;
mod markdown;
mod text;

pub(crate) use html::escape;

use super::block::Block;
use super::format::Format;

/// The blocks in a format, ending in a newline.
pub(super) fn render(blocks: &[Block], format: Format) -> String {
    match format {
        Format::Text => text::render(blocks),
        Format::Markdown => markdown::render(blocks),
        Format::Latex => latex::render(blocks),
        Format::Html => html::render(blocks),
    }
}
