"""A technician's day in one window, with nothing but a keyboard (and a scanner, which is one)."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from ldninv.domain.standing import State
from ldninv.services import batches
from ldninv.ui.window import MainWindow

pytestmark = pytest.mark.on_both

ENTER, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down


class Hands:
    """Presses keys where the system would bring them: in the window that has the focus."""

    def __init__(self, qtbot, window):
        self.qtbot = qtbot
        self.window = window

    def press(self, *keys):
        for key in keys:
            held = Qt.KeyboardModifier.ControlModifier if isinstance(key, str) else Qt.KeyboardModifier.NoModifier
            pressed = Qt.Key[f"Key_{key}"] if isinstance(key, str) else key
            QTest.keyClick(QGuiApplication.focusWindow(), pressed, held)

    def type(self, text):
        for letter in text:
            QTest.keyClick(QGuiApplication.focusWindow(), letter)

    def tab_to(self, widget):
        for _ in range(80):
            if self.window.focusWidget() is widget:
                return
            self.press(Qt.Key.Key_Tab)
        pytest.fail(f"Tab does not lead to {widget}")

    def until(self, so):
        self.qtbot.waitUntil(so)

    def name_file(self, path: Path):
        """Type a file's name into the dialog that is open, and enter it."""
        self.until(lambda: isinstance(QApplication.activeWindow(), QFileDialog))
        self.press("A")
        self.type(str(path))
        self.press(ENTER)
        if isinstance(QApplication.activeWindow(), QFileDialog):  # it may only have taken what was completed
            self.press(ENTER)
        self.until(lambda: not isinstance(QApplication.activeWindow(), QFileDialog))
        self.window.activateWindow()  # a screen without a display has nothing that would do it
        self.until(self.window.isActiveWindow)


@pytest.fixture
def plain_dialogs(qapp):
    """Qt's own file dialog, which a test can type into on every system."""
    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    yield
    qapp.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, on=False)


@pytest.fixture
def window(qtbot, dressed, stocked, memory):
    """The window as it comes up in the morning."""
    window = MainWindow(stocked, "batches.db", memory)
    qtbot.addWidget(window, before_close_func=lambda shown: shown.jobs.finish())
    window.resize(1280, 720)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.mark.usefixtures("plain_dialogs")
def test_a_days_work_is_done_by_keyboard_alone(qtbot, window, stocked, lists, tmp_path):
    hands = Hands(qtbot, window)

    write_off_what_is_expired(hands, stocked)
    lot = make_and_release(hands, stocked)
    dispense_a_month_of_the_new_one(hands, stocked, lot)
    dispense_a_quarter_of_what_is_found_by_part_of_its_lot(hands, stocked)
    scan(hands, lot)
    bring_in_the_good_rows(hands, stocked, lists / "troubled_log.csv")
    saved = save_the_report(hands, tmp_path / "week.pdf")

    assert "NEAR-1" in saved
    assert "250826-01" in saved


def now(context, lot):
    return batches.card(context, lot).standing


def write_off_what_is_expired(hands, context):
    window = hands.window
    hands.until(lambda: any(tile.hasFocus() for tile in window.today.tiles.tiles))
    assert window.focusWidget().accessibleName().startswith("Expired, still on hand: 2")

    hands.press(ENTER)
    assert window.page is window.batches
    hands.until(lambda: window.batches.table.rows.rowCount() == 2)
    hands.press("A", "W")
    hands.type("expired")
    hands.press(ENTER)

    hands.until(lambda: now(context, "OLD-1").on_hand == now(context, "OLD-2").on_hand == 0)
    hands.until(lambda: [offer.text() for offer in window.batches.card.desk.banner.offers] == ["Undo (Ctrl+Z)"])


def make_and_release(hands, context):
    hands.press("N")
    page = hands.window.page
    assert page is hands.window.making
    hands.tab_to(page.fields.strength)
    hands.type("4.5")
    hands.press(ENTER)
    assert page.fields.made.text() == "300"
    for line in page.fields.components.lines:
        hands.tab_to(line["lot"])
        hands.type("C-2026-7")
        hands.tab_to(line["expires"])
        hands.type("2028-05-31")
    hands.press("Return")
    hands.until(page.made.isVisible)
    lot = page.made.lot
    hands.press(ENTER)
    hands.until(lambda: hands.window.batches.card.card is not None)
    assert now(context, lot).state is State.QUARANTINED

    hands.press("R")
    hands.type("as expected")
    hands.press(ENTER)
    assert now(context, lot).state is State.RELEASED
    return lot


def dispense_a_month_of_the_new_one(hands, context, lot):
    hands.press("D", ENTER)
    assert now(context, lot).on_hand == 300, "an earlier batch is not passed over without a reason"

    hands.type("the patient starts with a new lot")
    hands.press(ENTER)
    assert now(context, lot).on_hand == 270


def dispense_a_quarter_of_what_is_found_by_part_of_its_lot(hands, context):
    batches_page = hands.window.batches
    hands.press("F")
    hands.type("ood-1")
    hands.until(batches_page.nothing.isVisible)  # the expired ones are still what is looked through
    hands.tab_to(batches_page.nothing.offers[0])
    hands.press(ENTER)
    hands.until(lambda: batches_page.table.rows.rowCount() == 1)
    hands.press("F", DOWN, DOWN, ENTER)
    assert batches_page.card.card.kept.batch.lot == "GOOD-1"

    hands.press("D")
    hands.type("90")
    hands.press(ENTER)
    assert now(context, "GOOD-1").on_hand == 210


def scan(hands, lot):
    hands.press("1")
    assert hands.window.page is hands.window.today

    hands.type(lot)
    hands.press(ENTER)
    assert hands.window.page is hands.window.batches
    assert hands.window.batches.card.card.kept.batch.lot == lot


def bring_in_the_good_rows(hands, context, path):
    page = hands.window.importing
    hands.press("6")
    assert hands.window.page is page
    hands.tab_to(page.choose.offers[0])
    hands.press(ENTER)
    hands.name_file(path)
    hands.until(page.preview.isVisible)
    assert page.preview.problems.table.hasFocus()

    hands.tab_to(page.preview.accept)
    hands.press(ENTER)
    hands.until(lambda: "60 batches from troubled_log.csv came in." in page.banner.text)
    assert now(context, "250826-01").on_hand == 192


def save_the_report(hands, path):
    page = hands.window.reports
    hands.press("7")
    hands.until(lambda: page.save.isEnabled() and not page.views.busy)
    hands.tab_to(page.save)
    hands.press(Qt.Key.Key_Space)
    hands.name_file(path)
    hands.until(lambda: page.banner.text.startswith("Saved as"))

    document = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return text
