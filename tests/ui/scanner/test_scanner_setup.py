"""The page that sets up a scanner: two known codes, what is wrong in words, and what is kept at this computer."""

import os
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from keys import Keys
from ldninv.domain.label_sizes import Symbol
from ldninv.ui import appearance
from ldninv.ui.running import Running
from ldninv.ui.scanner import settings as scanner_settings
from ldninv.ui.scanner.burst import ScannerSettings, Suffix
from ldninv.ui.scanner.known import SEPARATED, SIGNS
from ldninv.ui.scanner.layouts import layouts
from ldninv.ui.scanner.serial_port import Link, Port
from ldninv.ui.scanner_setup.code_view import ODD, READ, WANTED
from ldninv.ui.scanner_setup.panel import SetupPanel
from ldninv.ui.scanner_setup.sheet import sheet

KEPT = ScannerSettings(sound=False)


@pytest.fixture
def running(qtbot, dressed, stocked, memory):
    """The program with its scanner, muted."""
    usual = dressed.font()
    scanner_settings.keep(memory, KEPT)
    running = Running(dressed, stocked, "batches.db", memory)
    qtbot.addWidget(running.window)
    running.window.resize(1280, 720)
    with qtbot.waitExposed(running.window):
        running.show()
    running.window.activateWindow()
    qtbot.waitUntil(running.window.isActiveWindow)
    qtbot.waitUntil(lambda: "scanner" in vars(running))
    yield running
    running.leave()
    appearance.colour(dressed, appearance.Scheme.SYSTEM)
    dressed.setFont(usual)


@pytest.fixture
def window(running):
    return running.window


@pytest.fixture
def setup(qtbot, window):
    """The page, opened as a person opens it."""
    qtbot.mouseClick(window.status.scanner, Qt.MouseButton.LeftButton)
    assert window.errands.scanner_setup.trial.hasFocus()
    return window.errands.scanner_setup


@pytest.fixture
def keys():
    return Keys()


def scan(qtbot, setup, keys, code, **how):
    """Scan a code, and wait until it was understood."""
    with qtbot.waitSignal(setup._quiet.timeout):
        keys.scan(code, **how)


def test_a_scanner_that_is_right_is_set_up_by_two_scans(qtbot, setup, keys, memory):
    assert [view.state.sign for view in setup.codes.values()] == [WANTED, WANTED]
    scan(qtbot, setup, keys, SIGNS.text)
    assert setup.findings.texts[0] == "Now scan code 2."
    scan(qtbot, setup, keys, SEPARATED.text)

    assert setup.findings.texts[0] == "The scanner is set up."
    assert [view.state.sign for view in setup.codes.values()] == [READ, READ]
    assert scanner_settings.kept(memory) == KEPT


def test_a_suffix_is_learned_and_kept_and_the_next_scan_is_taken(qtbot, window, setup, keys, memory):
    for known in (SIGNS, SEPARATED):
        scan(qtbot, setup, keys, f"~{known.text}", suffix="\t")
        assert setup.trial.hasFocus()
    assert setup.findings.texts[0] == "The scanner is set up: kept for this computer."
    assert (scanner_settings.kept(memory).suffix, scanner_settings.kept(memory).prefix) == (Suffix.TAB, "~")

    setup.close()
    keys.scan("~GOOD-1", suffix="\t")
    assert window.batches.card.card.kept.batch.lot == "GOOD-1"


def test_a_german_scanner_is_named_and_read_back_once_that_was_chosen(qtbot, window, setup, keys, memory):
    german = layouts("de>us")
    scan(qtbot, setup, keys, german.arriving(SIGNS.text))
    scan(qtbot, setup, keys, german.arriving(SEPARATED.text))
    assert "set to the German keyboard" in setup.findings.texts[1]
    assert [view.state.sign for view in setup.codes.values()] == [ODD, ODD]
    assert scanner_settings.kept(memory) == KEPT

    offer = next(each for each in setup.findings.findChildren(QPushButton) if each.isVisible())
    assert offer.text() == "Read it back on this computer"
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert setup.findings.texts[0] == "The scanner is set up."
    setup.close()
    keys.scan(german.arriving("GOOD-1"))
    assert window.batches.card.card.kept.batch.lot == "GOOD-1"


def test_a_scanner_that_is_too_slow_to_be_taken_is_heard_all_the_same(qtbot, window, setup, keys, memory):
    for known in (SIGNS, SEPARATED):
        scan(qtbot, setup, keys, known.text, gap=130)
    setup.close()
    assert scanner_settings.kept(memory).gap == 195
    keys.scan("GOOD-1", 130)
    assert window.batches.card.card.kept.batch.lot == "GOOD-1"


def test_a_key_with_control_in_the_separators_place_presses_nothing(qtbot, window, setup, keys):
    before = window.page
    held = Qt.KeyboardModifier.ControlModifier
    with qtbot.waitSignal(setup._quiet.timeout):
        keys.at += 1_000
        for text in "91AYZQ":
            keys.press(text)
        keys.down("1", held=held)  # Ctrl+1 would open a page
        keys.up("1", held=held)
        for text in "92MW09\r":
            keys.press(text)

    assert (window.page, setup.isVisible()) == (before, True)


def test_another_code_is_told_from_the_known_ones_and_opens_nothing(qtbot, window, setup, keys):
    scan(qtbot, setup, keys, "GOOD-1")

    assert setup.findings.texts == [
        "That was neither of the two codes. Scan code 1 or code 2: here, or on the printed sheet."
    ]
    assert (setup.isVisible(), window.page is window.batches) == (True, False)


def test_keys_are_heard_whatever_on_the_page_has_the_focus(qtbot, setup, keys):
    qtbot.mouseClick(setup.symbol.button(Symbol.DATAMATRIX), Qt.MouseButton.LeftButton)
    assert not setup.trial.hasFocus()
    scan(qtbot, setup, keys, SIGNS.text)

    assert (list(setup.lessons), setup.symbol.value) == ([SIGNS], Symbol.DATAMATRIX)


def test_it_can_begin_again(qtbot, setup, keys):
    scan(qtbot, setup, keys, SIGNS.text)
    qtbot.mouseClick(setup.start_over, Qt.MouseButton.LeftButton)

    assert (setup.lessons, setup.trial.toPlainText()) == ({}, "")
    assert setup.findings.texts == ["Scan code 1, then code 2. The answer stands here."]
    assert setup.trial.hasFocus()


def test_settings_lead_there_and_show_what_was_learned(qtbot, window, keys):
    window.go_to(window.settings)
    window.settings.scanner.setup.click()
    assert window.errands.scanner_setup.isVisible()
    for known in (SIGNS, SEPARATED):
        scan(qtbot, window.errands.scanner_setup, keys, known.text, suffix="\t")

    assert window.settings.scanner.suffix.value is Suffix.TAB


def test_the_codes_go_on_paper(qtbot, window, setup, tmp_path):
    qtbot.mouseClick(setup.print, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(setup.paper.print.isEnabled)
    setup.paper.save_as(tmp_path / "codes.pdf")
    qtbot.waitUntil(lambda: "Saved as" in setup.paper.banner.text)

    assert (tmp_path / "codes.pdf").read_bytes().startswith(b"%PDF")
    with pytest.raises(Exception, match="is no PDF"):
        sheet(window).save(tmp_path / "codes.txt")


PORTS = [Port("COM7", "USB Serial"), Port("COM1", "")]


@pytest.fixture
def with_ports(qtbot, window, memory):
    panel = SetupPanel(memory, window.news, window.jobs, window, lambda: PORTS)
    panel.show_setup()
    return panel


def items(panel):
    return [panel.serial.port.itemText(at) for at in range(panel.serial.port.count())]


def test_a_serial_port_is_chosen_and_kept(qtbot, with_ports, memory):
    assert items(with_ports) == ["None: the scanner types", "COM7 – USB Serial", "COM1"]
    with qtbot.waitSignal(with_ports.settled):
        with_ports.serial.port.setFocus()
        qtbot.keyClick(with_ports.serial.port, Qt.Key.Key_Down)

    assert scanner_settings.kept(memory).port == "COM7"


def test_a_port_that_is_not_plugged_in_stays_chosen_and_says_so(with_ports):
    with_ports.serial.show_port(replace(KEPT, port="COM9"))
    assert with_ports.serial.port.currentText() == "COM9 – not plugged in"

    with_ports.show_link("COM9", Link.AWAY)
    assert with_ports.serial.state.text().startswith("COM9 cannot be opened")


def choose(qtbot, combo, value):
    """Choose as a person does, by the arrow keys."""
    combo.setFocus()
    while combo.currentData() != value:
        down = combo.findData(value) > combo.currentIndex()
        qtbot.keyClick(combo, Qt.Key.Key_Down if down else Qt.Key.Key_Up)


def test_speed_and_bits_are_asked_for_a_port_alone_and_kept(qtbot, with_ports, memory):
    assert not with_ports.serial.speed.isVisible()
    choose(qtbot, with_ports.serial.port, "COM7")
    assert (with_ports.serial.speed.currentText(), with_ports.serial.framing.currentText()) == (
        "9600 (usual)", "8, none, 1 (usual)",
    )  # fmt: skip
    choose(qtbot, with_ports.serial.speed, 38_400)
    choose(qtbot, with_ports.serial.framing, "7E1")

    kept = scanner_settings.kept(memory)
    assert (kept.port, kept.speed, kept.framing) == ("COM7", 38_400, "7E1")


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no pairs of terminals to plug together")
def test_a_scan_by_the_serial_port_goes_where_typed_ones_go(qtbot, running, window, memory):
    pytest.importorskip("serial", reason="serial scanners need the extra serial")
    far, near = os.openpty()
    try:
        running.scanner.settle(ScannerSettings(sound=False, port=os.ttyname(near)))
        qtbot.waitUntil(lambda: window.status.scanner.text().startswith("Scanner on "))
        os.write(far, b"]C0GOOD")
        os.write(far, b"-1\r\n")
        qtbot.waitUntil(lambda: window.batches.card.card is not None)
        assert window.batches.card.card.kept.batch.lot == "GOOD-1"
        assert window.status.advice.text == "GOOD-1: Good."

        running.scanner.settle(ScannerSettings(sound=False, port=os.ttyname(near), speed=19_200))
        qtbot.waitUntil(lambda: window.status.scanner.text().startswith("Scanner on "))
        os.write(far, b"NEAR-1\r\n")
        qtbot.waitUntil(lambda: window.batches.card.card.kept.batch.lot == "NEAR-1")

        running.scanner.settle(KEPT)
        assert window.status.scanner.text() == "Scanner ready"
    finally:
        running.scanner.settle(KEPT)
        os.close(far)
        os.close(near)
