"""Whatever has the focus, a scan is taken and changes nothing there; and typing arrives as it was typed."""

from time import monotonic

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from keys import Keys, overlapping
from ldninv.domain.scan.plain import GS
from ldninv.ui.scanner.burst import Burst, ScannerSettings, Suffix
from ldninv.ui.scanner.capture import Capture

LOT = "LDN260117001M"
GAPS = (0, 5, 20, 45, 60, 75)


def nothing(_text):
    return False


def anything(_text):
    return True


class Bench(QWidget):
    """One of each kind of what may have the focus, and all that happened to it."""

    def __init__(self):
        super().__init__()
        self.happened = []
        column = QVBoxLayout(self)
        self.line, self.text, self.spin = QLineEdit("before", self), QPlainTextEdit("before", self), QSpinBox(self)
        self.button, self.tick, self.combo = QPushButton("&Do", self), QCheckBox("&LDN", self), QComboBox(self)
        self.combo.addItems(["alpha", "LDN", "1", "M"])
        self.table = QTableWidget(3, 1, self)
        for row, text in enumerate(("alpha", "LDN260117001M", "M")):
            self.table.setItem(row, 0, QTableWidgetItem(text))
        self.table.setCurrentCell(0, 0)
        self.key = QShortcut(QKeySequence("L"), self)
        for widget in (self.line, self.text, self.spin, self.button, self.tick, self.combo, self.table):
            column.addWidget(widget)
        self.note(self.line.textChanged, self.text.textChanged, self.spin.valueChanged, self.button.clicked)
        self.note(self.tick.clicked, self.combo.currentIndexChanged, self.table.currentCellChanged, self.key.activated)
        self.note(self.line.selectionChanged, self.line.returnPressed, self.table.cellActivated, self.combo.activated)

    def note(self, *signals):
        for signal in signals:
            signal.connect(lambda *values: self.happened.append(values))

    def dialog(self):
        dialog = QDialog(self)
        dialog.setModal(True)
        column, field, button = QVBoxLayout(dialog), QLineEdit("before", dialog), QPushButton("&Write off", dialog)
        button.setDefault(True)
        column.addWidget(field)
        column.addWidget(button)
        self.note(field.textChanged, button.clicked, dialog.finished)
        return dialog

    def box(self):
        box = QMessageBox(QMessageBox.Icon.Question, "Sure?", "Throw it away?", parent=self)
        for word in ("&Leave it", "&Dispose", "&No"):
            self.note(box.addButton(word, QMessageBox.ButtonRole.AcceptRole).clicked)
        self.note(box.finished)
        return box


class Reached(QObject):
    """Notes the keys that reach a widget."""

    def __init__(self, application):
        super().__init__()
        self.keys = []
        application.installEventFilter(self)

    def eventFilter(self, watched, event):
        if isinstance(event, QKeyEvent) and isinstance(watched, QWidget) and event.key() != Qt.Key.Key_Shift:
            self.keys.append((event.type(), event.text()))
        return False


@pytest.fixture
def reached(qapp):
    reached = Reached(qapp)
    yield reached
    qapp.removeEventFilter(reached)


@pytest.fixture
def bench(qtbot, dressed):
    bench = Bench()
    qtbot.addWidget(bench)
    with qtbot.waitExposed(bench):
        bench.show()
    bench.activateWindow()
    qtbot.waitUntil(bench.isActiveWindow)
    return bench


@pytest.fixture
def capture(qapp, bench):
    captures = []

    def make(settings=None, names=nothing):
        captures.append(Capture(qapp, Burst(settings or ScannerSettings(), names)))
        captures[-1].scans = []
        captures[-1].scanned.connect(captures[-1].scans.append)
        return captures[-1]

    yield make
    for each in captures:
        each.leave()


FOCUSES = ["line", "text", "button", "table", "combo", "spin", "tick", "popup", "menu", "dialog", "box"]


def put_focus(qtbot, bench, where):
    """Put the focus somewhere, and return what has to be put away after."""
    if where in {"dialog", "box"}:
        over = getattr(bench, where)()
        with qtbot.waitExposed(over):
            over.open()
        qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is over.windowHandle())
        return over
    if where == "popup":
        bench.combo.setFocus()
        bench.combo.showPopup()
        qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
        return bench.combo.view().window()
    if where == "menu":
        menu = QMenu(bench)
        bench.note(menu.addAction("&Lock").triggered, menu.addAction("&Dispense").triggered)
        menu.popup(bench.mapToGlobal(bench.rect().center()))
        qtbot.waitUntil(menu.isVisible)
        return menu
    widget = getattr(bench, where)
    widget.setFocus()
    assert widget.hasFocus()
    return None


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("where", FOCUSES)
def test_a_scan_is_taken_and_nothing_else_changes(qtbot, bench, capture, reached, where, gap):
    scanner, keys = capture(), Keys()
    over = put_focus(qtbot, bench, where)
    bench.happened.clear()

    keys.scan(LOT, gap)

    assert (scanner.scans, bench.happened, reached.keys) == ([LOT], [], [])
    assert over is None or over.isVisible()
    assert bench.line.text() == bench.text.toPlainText() == "before"
    if over is not None:
        over.close()


@pytest.mark.parametrize("where", ["line", "text"])
@pytest.mark.parametrize("overlaps", [(8,), (25,), (8, 25, 13)])
def test_typing_of_120_words_a_minute_arrives_whole(qtbot, bench, capture, where, overlaps):
    scanner, keys = capture(names=anything), Keys()
    widget = getattr(bench, where)
    put_focus(qtbot, bench, where)
    widget.clear()
    written = "the quick brown fox jumps over the lazy dog "

    for at, kind, character in overlapping(written, overlaps):
        getattr(keys, kind)(character, at=at)
    read = widget.text if where == "line" else widget.toPlainText
    qtbot.waitUntil(lambda: read() == written)

    assert scanner.scans == []


def test_typing_with_rolling_pairs_arrives_whole_and_in_its_order(qtbot, bench, capture):
    scanner, keys = capture(names=anything), Keys()
    bench.line.setFocus()
    bench.line.clear()
    written = "capsules of 4.5 mg"
    for number, character in enumerate(written):
        keys.at += 190 if number % 2 == 0 else (8, 25, 17)[number % 3]
        keys.press(character)
    qtbot.waitUntil(lambda: bench.line.text() == written)

    assert scanner.scans == []


def test_a_single_key_arrives_within_the_first_gap(qtbot, bench, capture):
    capture()
    bench.line.setFocus()
    bench.line.clear()
    begun = monotonic()
    Keys().press("a")
    assert bench.line.text() == ""
    qtbot.waitUntil(lambda: bench.line.text() == "a")

    assert monotonic() - begun < 0.5, "80 ms, and what a busy machine adds"


def test_a_key_that_was_held_still_meets_its_shortcut(qtbot, bench, capture):
    capture()
    bench.button.setFocus()
    bench.happened.clear()
    qtbot.keyClick(bench.windowHandle(), "l")  # as the system sends it: to the shortcuts first
    assert bench.happened == []
    qtbot.waitUntil(lambda: bench.happened != [])


def test_keys_that_write_nothing_let_what_is_held_go_first(qtbot, bench, capture):
    capture()
    bench.line.setFocus()
    bench.line.clear()
    qtbot.keyClick(bench.windowHandle(), "a")
    qtbot.keyClick(bench.windowHandle(), "b")
    qtbot.keyClick(bench.windowHandle(), Qt.Key.Key_Left)
    assert (bench.line.text(), bench.line.cursorPosition()) == ("ab", 1)


def test_a_click_lets_what_is_held_go_first(qtbot, bench, capture):
    capture()
    bench.line.setFocus()
    bench.line.clear()
    Keys().press("a")
    qtbot.mouseClick(bench.windowHandle(), Qt.MouseButton.LeftButton, pos=bench.text.geometry().center())

    assert (bench.line.text(), bench.text.toPlainText()) == ("a", "before")


def test_a_busy_window_does_not_split_a_scan(qtbot, bench, capture):
    scanner, keys = capture(), Keys()
    bench.line.setFocus()
    for character in LOT[:6]:
        keys.at += 5
        keys.press(character)
    busy_until = monotonic() + 1
    while monotonic() < busy_until:
        pass
    while monotonic() < busy_until + 0.02:
        QApplication.processEvents()  # the time that was waited for is over; the keys come only after this
    for character in f"{LOT[6:]}\r":
        keys.at += 5
        keys.press(character)

    assert (scanner.scans, bench.line.text()) == ([LOT], "before")


def test_a_dialog_that_opens_in_mid_scan_neither_splits_it_nor_hears_of_it(qtbot, bench, capture):
    scanner, keys = capture(), Keys()
    bench.line.setFocus()
    for character in LOT[:6]:
        keys.at += 5
        keys.press(character)
    dialog = put_focus(qtbot, bench, "dialog")
    bench.happened.clear()
    for character in f"{LOT[6:]}\r":
        keys.at += 5
        keys.press(character)

    assert (scanner.scans, bench.happened, bench.line.text()) == ([LOT], [], "before")
    assert dialog.isVisible()
    dialog.close()


def test_what_was_typed_before_a_dialog_opened_goes_to_where_it_was_typed(qtbot, bench, capture):
    scanner, keys = capture(), Keys()
    bench.line.setFocus()
    bench.line.clear()
    keys.press("a")
    dialog = put_focus(qtbot, bench, "dialog")
    qtbot.waitUntil(lambda: bench.line.text() == "a")

    assert dialog.findChild(QLineEdit).text() == "before"
    assert scanner.scans == []
    dialog.close()


def test_two_scans_80_ms_apart_are_two(bench, capture):
    scanner, keys = capture(), Keys()
    bench.line.setFocus()
    keys.scan(LOT)
    keys.scan("LDN260117002K", after=80)

    assert (scanner.scans, bench.line.text()) == ([LOT, "LDN260117002K"], "before")


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("where", ["line", "text"])
def test_a_key_that_is_typed_just_before_a_scan_arrives_and_is_no_part_of_it(qtbot, bench, capture, where, gap):
    scanner, keys = capture(), Keys()
    put_focus(qtbot, bench, where)
    widget = getattr(bench, where)
    widget.clear()
    keys.down("a")
    keys.scan(LOT, gap, after=60)
    keys.up("a")

    assert (scanner.scans, scanner.led) == ([LOT], True)
    assert (widget.text() if where == "line" else widget.toPlainText()) == "a"


def test_where_nobody_can_tell_a_typed_key_from_a_scanned_one_nothing_is_done(qtbot, bench, capture):
    scanner, keys = capture(names=lambda text: text in {"1012345", "012345"}), Keys()
    bench.line.setFocus()
    doubts = []
    scanner.doubted.connect(lambda: doubts.append(1))
    keys.press("1")
    keys.scan("012345", after=70)

    assert (scanner.scans, doubts, bench.line.text()) == ([], [1], "before")


def test_a_long_code_at_80_ms_a_key_is_taken(bench, capture):
    scanner, keys = capture(), Keys()
    bench.line.setFocus()
    code = "0100347335326833211000123456781728033110AB1234"
    keys.scan(code, 80)

    assert (scanner.scans, bench.line.text()) == ([code], "before")


def test_the_separator_comes_as_control_and_bracket(bench, capture):
    scanner, keys = capture(), Keys()
    bench.line.setFocus()
    keys.scan(f"010034733532683310AB1234{GS}17280331")

    assert scanner.scans == [f"010034733532683310AB1234{GS}17280331"]


def test_the_separator_comes_as_alt_and_digits(bench, capture):
    scanner, keys = capture(), Keys()
    bench.line.setFocus()
    alt = Qt.KeyboardModifier.AltModifier
    for character in "010034733532683310AB1234":
        keys.press(character)
    keys._raw(QEvent.Type.KeyPress, Qt.Key.Key_Alt, alt, "")
    for digit in "029":
        keys.down(digit, held=alt)
        keys.up(digit, held=alt)
    keys._raw(QEvent.Type.KeyRelease, Qt.Key.Key_Alt, Qt.KeyboardModifier.NoModifier, "")
    for character in "17280331\r":
        keys.press(character)

    assert scanner.scans == [f"010034733532683310AB1234{GS}17280331"]


def test_a_key_that_is_held_down_repeats_as_ever(qtbot, bench, capture):
    scanner, keys = capture(), Keys()
    bench.line.setFocus()
    bench.line.clear()
    keys.down("a")
    for _ in range(5):
        keys.at += 30
        keys.down("a", repeat=True)

    assert (bench.line.text(), scanner.scans) == ("aaaaaa", [])


def test_what_is_composed_comes_after_what_is_held(qtbot, bench, capture):
    capture()
    bench.line.setFocus()
    bench.line.clear()
    Keys().press("a")
    composed = QInputMethodEvent()
    composed.setCommitString("é")
    QApplication.sendEvent(bench.line, composed)

    assert bench.line.text() == "aé"


def test_without_a_suffix_silence_ends_a_scan(qtbot, bench, capture):
    scanner, keys = capture(ScannerSettings(suffix=Suffix.NONE)), Keys()
    bench.line.setFocus()
    keys.scan(LOT, suffix="")
    qtbot.waitUntil(lambda: scanner.scans == [LOT])

    assert bench.line.text() == "before"


def test_tab_ends_a_scan_without_leaving_the_field(bench, capture):
    scanner, keys = capture(ScannerSettings(suffix=Suffix.TAB)), Keys()
    bench.line.setFocus()
    keys.scan(LOT, suffix="\t")

    assert (scanner.scans, bench.line.hasFocus()) == ([LOT], True)


def test_a_short_burst_that_names_nothing_is_typed_enter_and_all(bench, capture):
    scanner, keys = capture(), Keys()
    bench.line.setFocus()
    bench.line.clear()
    bench.happened.clear()
    keys.scan("then")

    assert (scanner.scans, bench.line.text()) == ([], "then")
    assert () in bench.happened, "Enter came too"


def test_nothing_is_held_once_it_has_left(bench, capture):
    scanner = capture()
    scanner.leave()
    bench.line.setFocus()
    bench.line.clear()
    Keys().scan(LOT)

    assert (scanner.scans, bench.line.text()) == ([], LOT)
