"""A batch's record on its card: what was written down of it, and the paper, seen, saved and printed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from ldninv.domain.expiry import ONE_YEAR, ComponentLot
from ldninv.domain.making import Recipe
from ldninv.domain.quality import Checks
from ldninv.domain.quantities import Strength
from ldninv.domain.record import Potency, Worksheet
from ldninv.services import batches, ledger, making, record, signed
from ldninv.ui import facts
from staff import ANA, BEN, pen, staffed

SHEET = Worksheet(
    planned=300,
    fill_mg=Decimal(130),
    drug_lot="NX24",
    potency=Potency(Decimal("99.2"), Decimal("0.4")),
    verified_by="Ben",
    note="sieved twice",
)
MADE = Recipe(
    strength=Strength(4500),
    prepared=date(2026, 11, 20),
    made=297,
    policy=ONE_YEAR,
    made_by="Ana",
    components=(ComponentLot("Naltrexone HCl", "NX24", date(2028, 4, 30), amount="1500 mg"),),
    worksheet=SHEET,
)
CHECKS = Checks(appearance="as expected", label="ok", yielded=297, weights_mg=(Decimal(130), Decimal(100)))


@pytest.fixture
def lot(stocked):
    made = making.make(stocked, MADE).posted.lot
    ledger.release(stocked, made, CHECKS)
    return made


@pytest.fixture
def card(lot, window):
    window.go_to(window.batches)
    window.batches.open_lot(lot)
    return window.batches.card


@pytest.fixture
def panel(card, press, qtbot):
    """The paper of the batch, opened by its key."""
    press("Ctrl+P")
    qtbot.waitUntil(lambda: card.ways.papers.view.pages > 0 and not card.ways.papers.views.busy)
    return card.ways.papers


def lines(card):
    return {fact.name: fact.text for fact in facts.record(record.written(card._context, card.card.kept))}


def test_the_card_says_what_was_written_down(card):
    assert lines(card) == {
        "Planned": "300 capsules",
        "Potency": "NX24: 99.2 %, water 0.4 %",
        "Contents": "130 mg a capsule",
        "Calculated": "1366.353 mg drug, 37633.647 mg filler",
        "Look again": "1500 mg of Naltrexone HCl were weighed, and 1366.353 mg calculated",
        "Verified by": "Ben",
        "Note": "sieved twice",
        "Appearance": "as expected",
        "Label": "ok",
        "Yield": "Within: 297 of 300, 99.0 % (90–105 %)",
        "Mean": "OUTSIDE: 115 mg, 88.5 % of 130 mg (95–105 %)",
        "Each capsule": "OUTSIDE: 100 to 130 mg, 76.9 to 100.0 % (90–110 %)",
        "Weighed": "2 weighed: mean 115 mg, relative deviation 18.45 %.",
    }
    assert "Batch record" in card._past.accessibleName()


def test_the_record_is_copied_with_the_card(card):
    card.copy()

    assert "\nBatch record\nPlanned: 300 capsules\n" in QGuiApplication.clipboard().text()


def test_a_batch_without_a_worksheet_says_nothing_of_one(window):
    window.go_to(window.batches)
    window.batches.open_lot("GOOD-1")

    assert lines(window.batches.card) == {}
    assert "Batch record" not in window.batches.card._past.accessibleName()


def test_the_paper_is_seen_at_a_key_and_put_away_by_esc(panel, card, press):
    assert panel.isVisible()
    assert panel.print.hasFocus()
    press("Escape")

    assert not panel.isVisible()
    assert card.card is not None


def test_the_paper_is_saved_as_it_is_seen(panel, card, lot, tmp_path, qtbot):
    panel.save_as(tmp_path / "record.pdf")
    qtbot.waitUntil(lambda: panel.banner.text.startswith("Saved as"))

    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "record.pdf"))
    assert lot in text
    assert "1500 mg" in text
    assert [event.action for event in _events(card)][:1] == [record.PRINTED]


def test_a_name_that_is_no_pdf_is_refused_in_words(panel, tmp_path, qtbot):
    panel.save_as(tmp_path / "record.txt")
    qtbot.waitUntil(lambda: bool(panel.banner.text))

    assert "is no PDF" in panel.banner.text
    assert not (tmp_path / "record.txt").exists()


def test_the_paper_is_printed_and_the_trail_knows(panel, card, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    panel.print_on(printer)

    assert len(pypdfium2.PdfDocument(tmp_path / "printed.pdf")) == panel.view.pages
    assert _events(card)[0].action == record.PRINTED


def test_tab_stays_within_the_paper(panel, press):
    for _ in range(6):
        press("Tab")
        assert panel.isAncestorOf(QApplication.focusWidget())


def test_the_pages_behind_a_paper_stay_where_they_are(panel, window, press):
    press("Ctrl+4")

    assert window.page is window.batches
    assert panel.isVisible()


def test_there_is_no_paper_without_a_batch(window, press):
    window.go_to(window.batches)
    window.batches.card.show_card(None)
    press("Ctrl+P")

    assert window.batches.card.ways.papers is None


def _events(card):
    with card._context.store.reading() as work:
        return list(reversed(work.trail.of(card.card.kept.batch.id, card.card.kept.batch.lot)))


def test_a_record_is_corrected_with_its_reason_and_the_version_before_stays(card, lot, press, stocked):
    press("Ctrl+Shift+C")
    form = card.desk.form
    assert form.sheet.planned.hasFocus()
    assert (form.sheet.typed["assay"].text(), form.sheet.typed["note"].text()) == ("99.2", "sieved twice")
    form.sheet.typed["assay"].setText("98.1")
    assert form.says.text().startswith("Weigh 1\u202f381.673 mg")
    press("Return")
    assert "A reason is needed to correct a batch record" in form.banner.text
    form.reason.field.setText("certificate read again")
    press("Return")

    assert card.desk.banner.text == f"{lot}: the record was corrected."
    assert record.worksheet(stocked, lot).potency.assay_percent == Decimal("98.1")
    event = batches.card(stocked, lot).events[0]
    assert (event.action, event.reason) == ("record-amended", "certificate read again")
    assert "99.2" in event.before


def test_what_cannot_be_read_in_a_correction_is_pointed_to(card, press, write):
    press("Ctrl+Shift+C")
    form = card.desk.form
    form.sheet.typed["assay"].setText("much")
    form.reason.field.setText("typed wrong")
    press("Return")

    assert form.sheet.typed["assay"].hasFocus()
    assert form.banner.text


def test_a_signature_shows_at_once_that_the_record_under_it_was_corrected(stocked, open_window, press):
    staffed(stocked)
    lot = making.make(stocked, replace(MADE, worksheet=replace(SHEET, verified_by=BEN), made_by=ANA)).posted.lot
    ledger.release(stocked, lot, CHECKS, sign=pen())
    window = open_window(stocked)
    window.go_to(window.batches)
    window.batches.open_lot(lot)
    press("Ctrl+Shift+C")
    form = window.batches.card.desk.form
    form.sheet.typed["note"].setText("sieved once")
    form.reason.field.setText("typed wrong")
    form.confirm()

    assert window.batches.card.desk.banner.text.endswith("Its signature shows now that the record was changed since.")
    assert [each.unchanged for each in signed.of_batch(stocked, batches.card(stocked, lot).kept)] == [False]
