import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QTableView,
)

from ldninv.domain.refusal import Refused, Surroundings
from ldninv.ui import theme
from ldninv.ui.buttons import Chip
from ldninv.ui.card_parts import Verdict
from ldninv.ui.colours import DARK, LIGHT
from ldninv.ui.navigation import WAYS
from ldninv.ui.window import MainWindow

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QProgressBar)
QTS_OWN = {"QLineEditIconButton", "QTableCornerButton", "QComboBoxListView"}


def test_the_pages_are_reached_by_mouse_and_by_keyboard(qtbot, window):
    qtbot.mouseClick(window._navigation.buttons[5], Qt.MouseButton.LeftButton)
    assert window.page is window.importing
    for number, page in enumerate(window.pages):
        qtbot.keyClick(
            window.windowHandle(), Qt.Key(Qt.Key.Key_0 + (number + 1) % 10), Qt.KeyboardModifier.ControlModifier
        )
        assert window.page is page
        assert window._navigation.buttons[number].isChecked()


def test_a_page_is_made_when_it_is_first_opened_and_the_list_once_the_window_rests(qtbot, dressed, stocked, memory):
    window = MainWindow(stocked, "batches.db", memory)
    qtbot.addWidget(window, before_close_func=lambda shown: shown.jobs.finish())
    assert [way.name for way in window.made] == ["today"]

    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: [way.name for way in window.made] == ["today", "batches"])
    assert window.page is window.today

    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    assert [way.name for way in window.made] == ["today", "batches", "reports"]


def test_every_control_has_a_name_for_a_screen_reader(window):
    assert window.pages  # all are made now
    controls = [control for kind in CONTROLS for control in window.findChildren(kind)]
    ours = [control for control in controls if control.metaObject().className() not in QTS_OWN]

    assert len(ours) > 20
    nameless = [
        (c.metaObject().className(), c.objectName(), c.parent().metaObject().className()) for c in ours if not name(c)
    ]
    assert nameless == []


def test_every_table_of_the_window_keeps_qts_rules(qtbot, window, lists, qtmodeltester):
    for page in window.pages:
        window.go_to(page)
    window.importing.take([lists / "troubled_log.csv"])
    window.counting.begin("Cabinet A")
    window.counting.take_scan("GOOD-1")
    window.counting.compare()
    qtbot.waitUntil(lambda: not window.jobs.busy)

    tables = {view.model() for view in window.findChildren(QTableView)}
    assert len(tables) > 8
    assert sum(table.rowCount() > 0 for table in tables) > 3
    for table in tables:
        qtmodeltester.check(table)


def name(control):
    return control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "")


def test_every_page_is_walked_by_tab(qtbot, window):
    for page, way in zip(window.pages, window._navigation.buttons, strict=True):
        window.go_to(page)
        seen = set()
        for _ in range(60):
            qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
            seen.add(window.focusWidget())
        assert way in seen
        assert any(page.isAncestorOf(widget) for widget in seen)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_window_paints_in_the_colours_of_its_scheme(qtbot, dressed, window, colours):
    dressed.setPalette(theme.palette(colours))
    window.batches.open_lot("OLD-1")
    wanted = {colours.window, colours.base, colours.selection, colours.tones["stop"].wash}

    def seen():
        image = window.grab().toImage()
        return {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}

    qtbot.waitUntil(lambda: wanted <= seen())


def cut_words(window):
    """Return what is seen with less room than its text needs."""
    kinds = (QLabel, QPushButton, Chip, Verdict)
    seen = [widget for kind in kinds for widget in window.findChildren(kind) if widget.isVisible()]
    return [(widget, widget.size()) for widget in seen if widget.width() < widget.minimumSizeHint().width()]


@pytest.mark.parametrize("factor", [1, 2])
def test_no_word_is_cut_at_1280_by_720_even_with_text_twice_as_large(qtbot, dressed, open_window, stocked, factor):
    usual = dressed.font()
    larger = QFont(usual)
    larger.setPointSizeF(factor * usual.pointSizeF())
    dressed.setFont(larger)
    try:
        window = open_window(stocked)
        assert (window.width(), window.height()) == (1280, 720)
        window.batches.open_lot("GOOD-1")
        qtbot.waitUntil(lambda: cut_words(window) == [])
        assert window.batches.card.verdict.isVisible()
    finally:
        dressed.setFont(usual)


def test_every_page_fits_a_screen_of_640_by_480_with_text_half_as_large_again(dressed, open_window, stocked):
    usual = dressed.font()
    dressed.setFont(theme.scaled(usual, 1.5))
    try:
        window = open_window(stocked)
        wide = [way.name for way, page in zip(WAYS, window.pages, strict=True) if page.minimumSizeHint().width() > 584]
        window.resize(640, 480)
        assert wide == []
        assert (window.width(), window.height()) == (640, 480)
        window.go_to(window.counting)
        window.counting.banner.tell("a word " * 90)
        window.go_to(window.today)
        window.resize(640, 480)
        assert (window.width(), window.height()) == (640, 480)
    finally:
        dressed.setFont(usual)


def test_size_and_widths_are_remembered(open_window, stocked, memory):
    first = open_window(stocked)
    first.resize(777, 666)
    first.batches.table.setColumnWidth(1, 222)
    first.close()
    second = open_window(stocked)
    second.restoreGeometry(memory.value("window/geometry"))

    assert second.size().toTuple() == (777, 666)
    assert second.batches.table.columnWidth(1) == pytest.approx(222, abs=8)


def test_closing_leaves_no_thread_behind(window):
    window.go_to(window.reports)
    window.close()

    assert window.jobs._running == []


def test_the_day_in_the_status_bar_follows_the_clock(window):
    assert window.status.day.text == "Sunday, 22 November 2026"


def test_a_refusal_and_a_failure_of_the_surroundings_are_said_and_anything_else_is_a_mistake(window):
    banner = window.page.banner
    with banner.calm():
        raise Refused("No.")
    assert banner.text == "No."
    with banner.calm(lambda: None):
        raise Surroundings("The disk is full.")
    assert banner.offers[0].text() == "Try again"
    with pytest.raises(ZeroDivisionError), banner.calm():
        raise ZeroDivisionError


def test_every_page_is_reached_by_its_key_the_tenth_by_nought(window, press):
    for number, page in enumerate(window.pages, start=1):
        press(f"Ctrl+{number % 10}")
        assert window.page is page
