//! What was deleted, when, and which key died with it.

use shared::{model::Event, note::record::DeletionReceipt, view::home::DeletedView};

use crate::{
    page::{Key, Page, Row, Step, Tone},
    words,
};

pub(super) fn page(view: &DeletedView) -> Page {
    let mut page = Page::new("Deleted");
    page.row(Row::new(
        "The keys were destroyed. Copies of the sealed data open for nobody any more.",
        Tone::Strong,
    ));
    page.gap();
    for receipt in &view.receipts {
        for row in receipt_rows(receipt) {
            page.row(row);
        }
    }
    if (view.total as usize) > view.receipts.len() {
        page.quiet(format!("… {} in all", view.total));
    }
    page.act(Key::Enter, "done", Step::Send(Event::BackTapped));
    page.act(
        Key::Char('v'),
        "check the vault",
        Step::SendAll(vec![Event::SettingsTapped, Event::VerifyTapped]),
    );
    page.act(Key::Esc, "back", Step::Send(Event::BackTapped));
    page
}

fn receipt_rows(receipt: &DeletionReceipt) -> [Row; 2] {
    let what = words::deleted_what(&receipt.what);
    [
        Row::new(format!("✓ {what}"), Tone::Ink).and(
            format!(
                "  {} · {}",
                words::moment(receipt.deleted_at),
                words::deleted_why(&receipt.why)
            ),
            Tone::Quiet,
        ),
        Row::new(
            format!(
                "key {} with local key {}",
                receipt.key_fingerprint, receipt.local_key_epoch
            ),
            Tone::Quiet,
        )
        .indented(2),
    ]
}
