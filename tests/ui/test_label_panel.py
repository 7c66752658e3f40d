"""The labels of a batch over the window: seen, refused in words, saved, printed, and remembered here."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from labels_made import pictures
from ldninv.domain.label_sizes import RESOLUTIONS, ROLLS, Symbol
from ldninv.domain.labels import Kind
from ldninv.paper.symbols import read
from ldninv.services import lookup, people
from ldninv.services.sign_in import sign_in
from ldninv.ui.acting.actions import LABEL
from ldninv.ui.label_panel import LabelPanel
from ldninv.ui.overlay import Tall
from staff import ANA, MARA, PINS, staffed


@pytest.fixture
def panel(window, press):
    """The labels of GOOD-1, asked for by key from its card."""
    window.batches.open_lot("GOOD-1")
    press("Ctrl+B")
    return window.errands.labels


def last_event(context):
    with context.store.reading() as work:
        return list(work.trail.all())[-1]


def test_the_key_shows_the_label_of_the_batch_in_hand_and_esc_puts_it_away(panel, press):
    assert panel.isVisible()
    assert panel.made.label.payload == "GOOD-1"
    assert "Lot GOOD-1" in panel.preview.accessibleName()
    assert panel.print.isEnabled()

    press("Esc")

    assert not panel.isVisible()


def test_the_cards_menu_does_the_same(window):
    window.batches.open_lot("GOOD-1")

    window.batches.card.desk.elsewhere_asked.emit(LABEL)

    assert window.errands.labels.made.label.payload == "GOOD-1"


def test_what_cannot_be_says_why_and_offers_neither_print_nor_save(panel, qtbot):
    qtbot.mouseClick(panel.kind.button(Kind.SHORT_DATED), Qt.MouseButton.LeftButton)

    assert "is not short-dated" in panel.banner.text
    assert not panel.print.isEnabled()
    assert not panel.save.isEnabled()

    qtbot.mouseClick(panel.kind.button(Kind.BOTTLE), Qt.MouseButton.LeftButton)

    assert panel.print.isEnabled()


def test_a_label_is_saved_as_it_is_chosen_and_the_trail_knows(panel, stocked, tmp_path, qtbot):
    qtbot.mouseClick(panel.symbol.button(Symbol.DATAMATRIX), Qt.MouseButton.LeftButton)
    panel.copies.setText("3")

    panel.save_as(tmp_path / "label.pdf")

    assert "Saved as" in panel.banner.text
    pages = pictures((tmp_path / "label.pdf").read_bytes(), 203)
    assert [read(page) for page in pages] == [(("]d1", "GOOD-1"),)] * 3
    assert json.loads(last_event(stocked).after)["copies"] == 3


def test_a_label_is_laid_out_for_the_printers_own_dots(panel, stocked, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))

    panel.print_on(printer)

    assert "Sent to" in panel.banner.text
    (page,) = pictures((tmp_path / "printed.pdf").read_bytes(), 300)
    assert read(page) == (("]Q1", "GOOD-1"),)
    assert (last_event(stocked).action, last_event(stocked).subject) == ("label", "GOOD-1")


def test_a_number_that_is_none_is_said_and_nothing_is_written(panel, tmp_path):
    panel.copies.setText("many")

    panel.save_as(tmp_path / "label.pdf")

    assert "many" in panel.banner.text
    assert list(tmp_path.glob("label*")) == []


def test_roll_and_code_are_remembered_at_this_workstation(panel, window, stocked, memory):
    panel.roll.setCurrentIndex(panel.roll.findData(str(ROLLS[2])))
    panel.symbol.button(Symbol.DATAMATRIX).click()

    again = LabelPanel(stocked, window.news, memory, window)

    assert (again.medium, again.symbol.value) == (ROLLS[2], Symbol.DATAMATRIX)


def test_only_a_sheet_asks_for_its_first_free_label(panel):
    assert not panel._first_row.isVisible()

    panel.roll.setCurrentIndex(panel.roll.findData("a4-24"))

    assert panel._first_row.isVisible()


def test_the_label_of_a_place_is_printed_from_the_settings_and_a_scan_of_it_names_the_place(window, stocked, tmp_path):
    window.go_to(window.settings)
    form = window.settings.places
    form.list.setCurrentRow(0)
    form.label.click()
    panel = window.errands.labels

    assert (panel.isVisible(), panel.kind.isVisible(), panel.made.label.payload) == (True, False, form.place.name)
    panel.save_as(tmp_path / "place.png")
    assert "Saved as" in panel.banner.text
    assert lookup.scan(stocked, panel.made.label.payload).warning == f"{form.place.name} is a place, and no batch."


def test_a_new_badge_holds_once_it_is_printed_and_the_one_before_no_longer(open_window, stocked, tmp_path):
    staffed(stocked)
    sign_in(stocked, MARA, PINS[MARA])
    people.set_badge(stocked, ANA, "BADGE-OF-ANA")
    window = open_window(stocked)
    window.go_to(window.settings)
    form = window.settings.people
    form.list.setCurrentRow(next(row for row in range(form.list.count()) if ANA in form.list.item(row).text()))
    form.badge.click()
    panel = window.errands.labels
    assert people.of_badge(stocked, "BADGE-OF-ANA").name == ANA
    assert "Whoever holds this badge" in panel.banner.text

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "badge.pdf"))
    panel.print_on(printer)

    (page,) = pictures((tmp_path / "badge.pdf").read_bytes(), 300)
    ((_, code),) = read(page)
    assert people.of_badge(stocked, code).name == ANA
    assert people.of_badge(stocked, "BADGE-OF-ANA") is None


def test_nothing_is_printed_of_a_badge_that_nobody_may_give(open_window, stocked, tmp_path):
    staffed(stocked)
    window = open_window(stocked)
    panel = window.errands.labels
    panel.show_badge(ANA)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "badge.pdf"))
    panel.print_on(printer)

    assert not (tmp_path / "badge.pdf").exists()


def test_a_batch_after_a_place_shows_its_kinds_again(window, press):
    window.errands.labels.show_place("Cabinet A")
    window.errands.labels.close()
    window.batches.open_lot("GOOD-1")
    press("Ctrl+B")

    assert (window.errands.labels.kind.isVisible(), window.errands.labels.made.label.kind) == (True, Kind.BATCH)


def test_a_sheet_shows_which_of_its_labels_are_printed(panel, qtbot):
    panel.roll.setCurrentIndex(panel.roll.findData("a4-24"))
    panel.copies.setText("3")
    panel.first.setText("5")
    assert panel.preview.accessibleDescription() == "On a sheet of 24 labels, from label 5 on."
    before = panel.preview.grab().toImage()
    panel.copies.setText("9")
    assert panel.preview.grab().toImage() != before

    panel.copies.setText("many")
    assert panel.preview.accessibleDescription() == "On a sheet of 24 labels, from label 1 on."
    panel.roll.setCurrentIndex(0)
    assert panel.preview.accessibleDescription() == ""


def test_every_resolution_of_the_command_line_can_be_chosen_and_is_remembered(panel, window, press, qtbot):
    for dots in RESOLUTIONS:
        qtbot.mouseClick(panel.dots.button(dots), Qt.MouseButton.LeftButton)
        assert panel.made.drawing.dots_per_inch == dots

    panel.close()
    again = LabelPanel(panel._context, window.news, panel._memory, window)
    assert again.dots.value == RESOLUTIONS[-1]


def test_the_panel_is_as_high_as_what_is_chosen_needs(panel, window, qtbot):
    window.resize(1280, 1000)
    area = panel.findChild(Tall)
    for choice, way in (("a4-24", 1), ("50.8x25.4", -1)):
        before = panel.panel.height()
        panel.roll.setCurrentIndex(panel.roll.findData(choice))
        qtbot.waitUntil(lambda: (panel.panel.height() - before) * way > 0)  # noqa: B023 - asked within the turn
        qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
