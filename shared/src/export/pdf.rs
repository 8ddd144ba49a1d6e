//! PDF: tagged, PDF/A-2a and PDF/UA-1, with its fonts inside. The same documents and options always give the same bytes.
//!
//! From nouns to paper in five steps: [`blocks`] says what is printed, [`faces`] turns words into glyphs, [`wrap`] into
//! lines, [`pages`] into pages, [`draw`] into bytes. Characters without a glyph are printed as their code point.

mod blocks;
mod draw;
mod faces;
mod pages;
#[cfg(test)]
mod tests;
mod wrap;

use super::{Document, Options, PageSize};

/// Why a PDF could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// There is nothing to print.
    #[error("there is no document to print")]
    Nothing,
    /// A built-in font cannot be read.
    #[error("a built-in font cannot be read")]
    Font,
    /// The pages do not meet PDF/A; the number of rules they break.
    #[error("the document breaks {rules} rules of PDF/A")]
    NotArchival {
        /// How many.
        rules: usize,
    },
    /// The writer refused for another reason, such as a document too large for PDF.
    #[error("the document cannot be written as a PDF")]
    Refused,
}

/// One PDF of one or more documents, each beginning on its own page.
///
/// # Errors
/// When there is no document, or the result would not be valid PDF/A.
pub fn pdf(documents: &[Document<'_>], options: &Options) -> Result<Vec<u8>, ExportError> {
    let faces = faces::Faces::load().ok_or(ExportError::Font)?;
    let sheet = pages::Sheet::of(options.page);
    let laid: Vec<pages::Laid> = documents
        .iter()
        .map(|document| {
            let printed = blocks::printed(*document, options);
            let lines = wrap::lines(&faces, &printed.blocks, sheet.measure());
            let pages = pages::paginate(lines, |block| printed.blocks[block].kind, sheet.height());
            pages::Laid { printed, pages }
        })
        .collect();
    if laid.is_empty() {
        return Err(ExportError::Nothing);
    }
    draw::draw(&faces, &sheet, &laid)
}
