//! Lines onto pages. A heading stays with the two lines after it, and no paragraph leaves a single line behind or ahead.

use super::{
    PageSize,
    blocks::{Kind, Printed},
    wrap::Line,
};

/// A sheet of paper and its margins, in points.
pub(super) struct Sheet {
    pub(super) width: f32,
    pub(super) full_height: f32,
}

/// Left and right margin.
pub(super) const SIDE: f32 = 84.0;
/// From the upper edge to the first line.
pub(super) const HEAD: f32 = 76.0;
/// From the last line to the lower edge.
pub(super) const FOOT: f32 = 84.0;

impl Sheet {
    /// The sheet of a size.
    pub(super) const fn of(size: PageSize) -> Self {
        match size {
            PageSize::Letter => Self {
                width: 612.0,
                full_height: 792.0,
            },
            PageSize::A4 => Self {
                width: 595.28,
                full_height: 841.89,
            },
        }
    }

    /// Width of a line.
    pub(super) const fn measure(&self) -> f32 {
        self.width - 2.0 * SIDE
    }

    /// Height that lines can take.
    pub(super) const fn height(&self) -> f32 {
        self.full_height - HEAD - FOOT
    }
}

/// A document and its pages.
pub(super) struct Laid {
    pub(super) printed: Printed,
    pub(super) pages: Vec<Vec<Line>>,
}

/// Lines, page by page; at least one page.
pub(super) fn paginate(lines: Vec<Line>, kinds: impl Fn(usize) -> Kind, height: f32) -> Vec<Vec<Line>> {
    let mut pages: Vec<Vec<Line>> = vec![Vec::new()];
    let mut used = 0.0_f32;
    for line in lines {
        let page = pages.last_mut().expect("there is always a page");
        let above = if page.is_empty() { 0.0 } else { line.above };
        if used + above + line.leading <= height || page.is_empty() {
            used += above + line.leading;
            page.push(line);
            continue;
        }
        let cut = (1..=page.len()).rev().find(|at| {
            let after = page.get(*at).unwrap_or(&line);
            may_break(&page[at - 1], after, &kinds)
        });
        let mut next = page.split_off(cut.unwrap_or(page.len()));
        next.push(line);
        used = next
            .iter()
            .enumerate()
            .map(|(at, line)| line.leading + if at == 0 { 0.0 } else { line.above })
            .sum();
        pages.push(next);
    }
    pages
}

/// Whether a page may end between two lines that follow each other.
fn may_break(before: &Line, after: &Line, kinds: &impl Fn(usize) -> Kind) -> bool {
    if before.block != after.block {
        return !matches!(kinds(before.block), Kind::Heading | Kind::Title | Kind::Mark);
    }
    let alone_below = after.number == 1;
    let alone_above = after.number + 1 == after.of;
    !alone_below && !alone_above
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks of so many lines each; every line ten points high. Block 0 of each pair is a heading.
    fn laid(shape: &[usize], height: f32) -> Vec<Vec<(usize, usize)>> {
        let lines = shape
            .iter()
            .enumerate()
            .flat_map(|(block, of)| {
                (0..*of).map(move |number| Line {
                    block,
                    number,
                    of: *of,
                    text: String::new(),
                    leading: 10.0,
                    above: 0.0,
                })
            })
            .collect();
        let kinds = |block: usize| {
            if block.is_multiple_of(2) {
                Kind::Heading
            } else {
                Kind::Body
            }
        };
        let pages = paginate(lines, kinds, height);
        pages
            .into_iter()
            .map(|page| page.into_iter().map(|line| (line.block, line.number)).collect())
            .collect()
    }

    #[test]
    fn no_page_ends_with_a_heading() {
        assert_eq!(laid(&[1, 3, 1, 3], 50.0)[1], [(2, 0), (3, 0), (3, 1), (3, 2)]);
    }

    #[test]
    fn no_line_of_a_paragraph_stands_alone() {
        assert_eq!(laid(&[0, 6], 50.0).iter().map(Vec::len).collect::<Vec<_>>(), [4, 2]);
        assert_eq!(
            laid(&[0, 3, 0, 3], 40.0).iter().map(Vec::len).collect::<Vec<_>>(),
            [3, 3]
        );
    }

    #[test]
    fn what_cannot_be_kept_together_is_still_printed() {
        let pages = laid(&[30, 2, 7], 20.0);
        assert_eq!(pages.concat().len(), 39);
        assert!(pages.iter().all(|page| page.len() <= 2));
    }
}
