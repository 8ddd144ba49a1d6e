//! Sample summaries with the notes they became; fictional.

use shared::{model::Event, view::settings::SamplesView};

use super::limits::markdown;
use crate::page::{Key, Page, Step};

pub(super) fn page(view: &SamplesView) -> Page {
    let mut page = Page::new("Samples: fictional people");
    markdown(&view.text, &mut page);
    page.act(Key::Esc, "back", Step::Send(Event::BackTapped));
    page
}
