"""A scan in the real window: the card from every page, a line, a sound, and nothing of what was typed is lost."""

import io
import sys
import time
import wave
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLineEdit, QMessageBox, QPushButton, QVBoxLayout

from builders import a_batch, keep
from keys import Keys
from ldninv.domain.expiry import ComponentLot
from ldninv.services import people, preferences
from ldninv.services.sign_in import sign_in
from ldninv.ui import appearance
from ldninv.ui.acting import actions
from ldninv.ui.running import Running
from ldninv.ui.scanner import settings as scanner_settings
from ldninv.ui.scanner import sounds
from ldninv.ui.scanner.burst import ScannerSettings, Suffix
from ldninv.ui.scanner.says import Heard, Sound
from staff import ANA, MARA, PINS, staffed

KEPT = ScannerSettings(sound=False)
LOST_SEPARATOR = "0100347335326833211000123456781728033110AB1234"


@pytest.fixture
def running(qtbot, dressed, stocked, memory):
    """The program with its scanner, muted."""
    usual = dressed.font()
    scanner_settings.keep(memory, KEPT)
    running = Running(dressed, stocked, "batches.db", memory)
    qtbot.addWidget(running.window)
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
def keys():
    return Keys()


def shown(window):
    card = window.batches.card.card
    return None if card is None else card.kept.batch.lot


def test_a_scan_opens_its_card_from_every_page_and_lands_in_no_field(window, keys):
    for page in window.pages:
        window.go_to(page)
        before = [field.text() for field in page.findChildren(QLineEdit)]
        for lot in ("GOOD-1", "NEAR-1"):
            keys.scan(lot)
            assert window.page is window.batches
            assert shown(window) == lot
        assert [field.text() for field in page.findChildren(QLineEdit)] == before


def test_the_line_below_says_the_word_of_the_batch(window, keys):
    keys.scan("OLD-2x")
    assert window.status.advice.text == "Unknown here: OLD-2x."
    keys.scan("GOOD-1")
    assert window.status.advice.text == "GOOD-1: Good."


def test_the_line_below_says_what_an_unknown_code_holds_and_shows_no_separator(window, keys):
    keys.scan("]d2010034733532683310AB1234\x1d17280331")
    assert window.status.advice.text == "Unknown here: GTIN 00347335326833 · lot AB1234 · expires 2028-03-31."


@pytest.mark.parametrize("nothing", ["OLD-2x", "LDN260117001K"])
def test_no_row_stays_marked_where_a_scan_names_no_batch(window, keys, nothing):
    keys.scan("GOOD-1")
    assert window.batches.table.selected_count() == 1
    keys.scan(nothing)
    assert (shown(window), window.batches.table.selected_count()) == (None, 0)


def test_a_search_that_was_typed_stays(qtbot, window, keys):
    window.search()
    window.batches.search.setText("shelf 3")
    keys.scan("NEAR-1")

    assert (shown(window), window.batches.search.text()) == ("NEAR-1", "shelf 3")


def test_the_same_label_again_is_one_deed(window, keys):
    keys.scan("GOOD-1")
    window.batches.close_card()
    keys.scan("GOOD-1", after=200)
    assert (shown(window), window.status.advice.text) == (None, "Same label again. GOOD-1: Good.")

    keys.scan("GOOD-2", after=200)
    keys.scan("GOOD-1", after=200)
    assert shown(window) == "GOOD-1"


def test_something_unknown_is_said_above_the_page_with_its_parts(qtbot, window, keys):
    window.go_to(window.reports)
    keys.scan("(01)00347335326833(17)280331(10)AB1234")

    assert window.page is window.reports
    assert window.page.banner.text.splitlines() == [
        "The code is right, and names nothing here.",
        "GTIN 00347335326833 · lot AB1234 · expires 2028-03-31",
    ]
    qtbot.mouseClick(window.page.banner.offers[-1], Qt.MouseButton.LeftButton)
    assert (window.page, window.batches.search.text()) == (window.batches, "AB1234")


def test_a_component_lot_and_a_place_say_what_they_are_and_pass_for_no_batch(window, keys, stocked):
    keep(stocked, a_batch(lot="MADE-1", components=(ComponentLot("MCC", "MC26"),)))
    keys.scan("]C0MC26")
    assert window.page.banner.text == "MCC, lot MC26: it went into batch MADE-1."

    keys.scan("]C0Cabinet A")
    assert window.page.banner.text == "Cabinet A is a place, and no batch."


def test_a_misread_label_is_said_and_no_card_passes_for_its_answer(window, keys):
    keys.scan("GOOD-1")
    keys.scan("LDN260117001K")

    assert shown(window) is None
    assert "check character does not fit" in window.batches.banner.text


def test_several_readings_are_chosen_from_by_keys_and_the_focus_goes_back(qtbot, window, keys):
    window.go_to(window.today)
    qtbot.waitUntil(lambda: any(tile.hasFocus() for tile in window.today.tiles.tiles))
    before = window.focusWidget()
    keys.scan(LOST_SEPARATOR)
    banner = window.today.banner
    assert len(banner.offers) == 2
    assert banner.offers[0].hasFocus()

    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Right)
    assert banner.offers[1].hasFocus()
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Return)
    assert "serial 10001234567817280331" in banner.text
    assert window.focusWidget() is before


def test_a_long_code_stays_within_the_card(window, keys):
    window.go_to(window.batches)
    keys.scan(LOST_SEPARATOR)
    assert (window.batches.card.verdict.word, window.batches.card._lot.text()) == ("Choose", "2 readings")
    keys.scan("A" * 40)
    assert window.batches.card._lot.text() == f"{'A' * 24}…"


def test_another_batch_is_offered_where_a_form_holds_what_was_typed(qtbot, window, keys):
    keys.scan("GOOD-1")
    desk = window.batches.card.desk
    desk.begin(actions.WASTE)
    desk.form.capsules.setText("7")
    keys.scan("NEAR-1")

    assert (shown(window), desk.form.capsules.text()) == ("GOOD-1", "7")
    assert "NEAR-1 was scanned" in desk.form.banner.text
    keys.scan("GOOD-1")
    assert (shown(window), desk.form.capsules.text()) == ("GOOD-1", "7")

    qtbot.mouseClick(desk.form.banner.offers[0], Qt.MouseButton.LeftButton)
    assert (shown(window), desk.form) == ("NEAR-1", None)


def test_a_form_in_which_nothing_was_typed_gives_way(window, keys):
    keys.scan("GOOD-1")
    window.batches.card.desk.begin(actions.WASTE)
    keys.scan("NEAR-1")

    assert (shown(window), window.batches.card.desk.form) == ("NEAR-1", None)


def test_a_place_is_chosen_by_its_label(window, keys):
    keys.scan("GOOD-1")
    desk = window.batches.card.desk
    desk.begin(actions.MOVE)
    keys.scan("Cabinet A")

    assert (desk.form.place.names, desk.form.place.list.currentItem().text()) == (("Cabinet A",), "Cabinet A")
    assert window.status.advice.text == "Cabinet A"


def test_a_component_lot_takes_what_the_label_says_and_names_what_stood_there(window, keys):
    window.go_to(window.making)
    line = window.making.fields.components.lines[0]
    line["lot"].setText("OLD")
    line["lot"].setFocus()
    keys.scan("]d201003473353268331728033110AB1234")

    assert (line["lot"].text(), line["expires"].text()) == ("AB1234", "2028-03-31")
    assert window.status.advice.text == "Naltrexone HCl: lot AB1234. OLD stood there before."


def test_a_misread_component_changes_nothing(window, keys):
    window.go_to(window.making)
    line = window.making.fields.components.lines[0]
    line["lot"].setText("OLD")
    line["lot"].setFocus()
    keys.scan("]d2010034733532683110AB1234")

    assert line["lot"].text() == "OLD"
    assert "wrong check digit" in window.making.banner.text


class Asking(QDialog):
    """A dialog that asks for a scan."""

    def __init__(self, parent):
        super().__init__(parent)
        self.setModal(True)
        self.taken, self.pressed = [], []
        button = QPushButton("&Dispose", self)
        button.setDefault(True)
        button.clicked.connect(lambda: self.pressed.append(True))
        QVBoxLayout(self).addWidget(button)

    def take_scan(self, text):
        self.taken.append(text)
        return Heard(f"Read: {text}", Sound.GOOD)


def open_over(qtbot, dialog):
    with qtbot.waitExposed(dialog):
        dialog.open()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is dialog.windowHandle())


def test_the_dialog_on_top_takes_a_scan_if_it_asks_for_one(qtbot, window, keys):
    dialog = Asking(window)
    open_over(qtbot, dialog)
    keys.scan("GOOD-1")

    assert (dialog.taken, dialog.pressed, shown(window)) == (["GOOD-1"], [], None)
    assert window.status.advice.text == "Read: GOOD-1"
    dialog.close()


def test_a_message_box_keeps_its_question_and_the_window_takes_the_scan(qtbot, window, keys):
    box = QMessageBox(QMessageBox.Icon.Question, "Sure?", "Dispose of it?", parent=window)
    pressed = []
    for word in ("&Good", "&Or", "&Dispose"):
        box.addButton(word, QMessageBox.ButtonRole.AcceptRole).clicked.connect(lambda: pressed.append(True))
    open_over(qtbot, box)
    keys.scan("GOOD-1")

    assert (pressed, box.isVisible(), shown(window)) == ([], True, "GOOD-1")
    box.close()


def test_a_badge_that_is_scanned_anywhere_asks_for_its_pin(qtbot, window, keys, stocked):
    staffed(stocked)
    sign_in(stocked, MARA, PINS[MARA])
    people.set_badge(stocked, ANA, "badge-0001")
    window.door._read()
    keys.scan("badge-0001")

    assert window.door.panel.isVisible()
    assert window.door.panel.tiles.name == ANA
    assert window.door.panel.pin.hasFocus()
    assert "0001" not in window.status.advice.text
    window.door.panel.close()


def test_what_is_laid_over_the_window_gives_way_to_the_card(window, keys):
    window._list_shortcuts()
    keys.scan("GOOD-1")

    assert not window._shortcuts.isVisible()
    assert shown(window) == "GOOD-1"


class Ears:
    """Hears what is played."""

    def __init__(self):
        self.heard = []
        self.play = self.heard.append

    def leave(self):
        pass


def test_the_sound_follows_what_was_found_and_can_be_muted(qtbot, running, keys):
    ears = running.scanner.sounds = Ears()
    keys.scan("GOOD-1")
    assert ears.heard == []

    running.window.settings.scanner.sound.click()
    for code in ("GOOD-1x", "NEAR-1", "LDN260117001K", "GOOD-2", LOST_SEPARATOR):
        keys.scan(code)
    assert ears.heard == ["unknown", "look", "stop", "good", "look"]


@pytest.mark.parametrize("sound", list(Sound))
def test_each_sound_is_a_short_file_of_its_own(sound):
    with wave.open(io.BytesIO(sounds.tone(sound))) as file:
        assert 0.1 < file.getnframes() / file.getframerate() < 0.5
    assert len({sounds.tone(each) for each in Sound}) == 4


def test_where_nothing_plays_it_beeps():
    beeps = []
    sounds.Sounds(lambda: beeps.append(True), player=None).play(Sound.GOOD)
    assert beeps == [True]


def test_a_sound_that_comes_while_another_is_heard_is_played_after_it_and_of_several_the_last(tmp_path):
    heard = tmp_path / "heard"
    script = (
        "import sys, time; from pathlib import Path; heard, sound = map(Path, sys.argv[1:])\n"
        "with heard.open('a') as told: told.write(sound.stem + ' ')\n"
        "while not heard.with_suffix('.go').exists(): time.sleep(0.005)"
    )
    playing = sounds.Sounds(lambda: None, player=(sys.executable, "-c", script, str(heard)))

    for sound in (Sound.GOOD, Sound.LOOK, Sound.STOP):
        playing.play(sound)
        while not heard.exists():
            pass
    heard.with_suffix(".go").touch()
    playing._playing.join()
    playing.leave()

    assert heard.read_text().split() == [Sound.GOOD, Sound.STOP]


def test_a_player_that_takes_its_time_is_waited_for_by_nobody_but_the_end():
    playing = sounds.Sounds(lambda: None, player=(sys.executable, "-c", "import sys; sys.stdin.read()"))
    begun = time.monotonic()
    playing.play(Sound.GOOD)
    assert time.monotonic() - begun < 0.3
    playing.leave()


def test_what_is_kept_at_this_computer_is_read_again(memory):
    wanted = ScannerSettings(first_gap=60, least=5, suffix=Suffix.TAB, prefix="~", sound=False)
    scanner_settings.keep(memory, wanted)
    assert scanner_settings.kept(memory) == wanted


@pytest.mark.parametrize("nonsense", ["", "x", "-5", "99999999", "²"])
def test_nonsense_in_the_memory_is_as_usual(memory, nonsense):
    for name in ("first_gap", "gap", "least", "suffix"):
        memory.setValue(f"scanner/{name}", nonsense)
    assert scanner_settings.kept(memory) == ScannerSettings()


def test_the_suffix_holds_as_soon_as_it_is_chosen(qtbot, window, keys, memory):
    window.go_to(window.settings)
    form = window.settings.scanner
    qtbot.mouseClick(form.suffix.button(Suffix.TAB), Qt.MouseButton.LeftButton)
    keys.scan("GOOD-1", suffix="\t")

    assert shown(window) == "GOOD-1"
    assert scanner_settings.kept(memory).suffix is Suffix.TAB


def test_reading_back_is_said_in_the_settings_and_can_be_ended_there(qtbot, window, keys, memory):
    scanner_settings.keep(memory, ScannerSettings(sound=False, layouts="de>us"))
    window.go_to(window.settings)
    form = window.settings.scanner
    assert (
        form.read_back.text() == "Scans are read back: the scanner has the German keyboard, this computer the American."
    )
    qtbot.mouseClick(form.as_they_come, Qt.MouseButton.LeftButton)

    assert (form.as_they_come.isVisible(), scanner_settings.kept(memory)) == (False, KEPT)


def test_a_number_that_cannot_be_goes_back_and_says_why(window, memory):
    form = window.settings.scanner
    form.numbers["gap"].setText("0")
    form.numbers["gap"].editingFinished.emit()

    assert form.numbers["gap"].text() == "120"
    assert "from 20 to 500" in form.banner.text
    form.numbers["gap"].setText("200")
    form.numbers["gap"].editingFinished.emit()
    assert (scanner_settings.kept(memory).gap, form.banner.text) == (200, "")
    form.usual.click()
    assert scanner_settings.kept(memory) == KEPT


def test_the_trial_shows_what_arrives_key_by_key_and_does_nothing_with_it(qtbot, window, keys):
    window.go_to(window.settings)
    trial = window.settings.scanner.trial
    trial.setFocus()
    keys.scan("GOOD-1", gap=12)
    assert trial.toPlainText().splitlines() == [
        "+\u2007\u2007\u20070 ms   G",
        *(f"+\u2007\u200712 ms   {key}" for key in ["O", "O", "D", "-", "1", "Enter"]),
        "→ Scan: “GOOD-1”, 6 characters, 12 ms a key.",
    ]
    assert window.page is window.settings

    trial.clear()
    keys.at += 5_000
    keys.press("x")
    qtbot.waitUntil(lambda: "Typing: nothing followed." in trial.toPlainText())
    assert window.page is window.settings


@pytest.mark.parametrize("typed", ["1000", "10mg", "2134", "9030", "37100"])
def test_a_number_that_a_quick_hand_types_is_no_scan(qtbot, window, keys, typed):
    window.search()
    window.batches.search.selectAll()
    keys.scan(typed, gap=65)
    assert window.batches.search.text() == typed

    window.go_to(window.counting)
    window.counting.begin("Shelf 3")
    keys.scan("GOOD-1")
    window.counting.scanning.number.setFocus()
    keys.scan(typed, gap=65)
    assert window.counting.scanning.scanned.lines[-1].capsules == (int(typed) if typed.isdigit() else None)


def test_a_short_text_that_names_something_is_a_scan_and_stays_one(window, keys, stocked):
    keep(stocked, a_batch(lot="91B42"), a_batch(lot="00"))
    window.search()
    keys.scan("91B42")
    assert (shown(window), window.batches.search.text()) == ("91B42", "")

    desk = window.batches.card.desk
    desk.begin(actions.COUNT)
    desk.form.found.setFocus()
    desk.form.found.selectAll()
    keys.scan("1000", suffix="", gap=65)
    keys.press("\t")
    assert (shown(window), desk.form.found.text()) == ("91B42", "1000")


@pytest.mark.parametrize("sent", ["]Q1Shelf 3", "]C0Shelf 3", "]d1shelf 3", "Shelf 3"])
def test_a_place_is_taken_from_every_scanner_wherever_a_place_is_asked_for(window, keys, sent):
    window.go_to(window.counting)
    keys.scan(sent)
    assert window.counting.place == "Shelf 3"
    keys.scan("GOOD-1")
    keys.scan(sent)
    assert window.counting.result.isVisible()
    assert window.status.advice.text == "Shelf 3: 2 missing · 1 batch as in the books."

    keys.scan("OLD-1")
    window.counting.walk_on()
    window.batches.open_lot("OLD-1")
    window.go_to(window.batches)
    desk = window.batches.card.desk
    desk.begin(actions.MOVE)
    keys.scan(sent, after=2_000)
    assert desk.form.place.list.currentItem().text() == "Shelf 3"


def test_a_badge_lands_in_no_field_and_in_no_list(window, keys, stocked):
    staffed(stocked)
    sign_in(stocked, MARA, PINS[MARA])
    people.set_badge(stocked, ANA, "badge-0001")
    window.door._read()
    window.go_to(window.making)
    lot = window.making.fields.components.lines[0]["lot"]
    lot.setFocus()
    keys.scan("badge-0001")
    assert (lot.text(), window.door.panel.isVisible()) == ("", True)
    window.door.panel.close()

    window.go_to(window.counting)
    window.counting.begin("Shelf 3")
    keys.scan("]C0badge-0001", after=2_000)
    assert (window.counting.scanning.scanned.lines, window.door.panel.isVisible()) == ((), True)
    window.door.panel.close()


def test_another_place_is_no_bottle(window, keys):
    window.go_to(window.counting)
    window.counting.begin("Shelf 3")
    keys.scan("Cabinet A")

    assert window.counting.scanning.scanned.lines == ()
    assert window.status.advice.text.startswith("Cabinet A: this is another place.")


def test_the_label_of_a_batch_in_the_lot_of_a_component_opens_its_card_and_the_form_stays(window, keys):
    window.go_to(window.making)
    line = window.making.fields.components.lines[0]
    line["lot"].setText("NX1")
    line["lot"].setFocus()
    keys.scan("GOOD-1")
    assert shown(window) == "GOOD-1"
    window.go_to(window.making)
    assert line["lot"].text() == "NX1"


@pytest.mark.parametrize("ask", ["ask_printer", "ask_where"])
def test_a_dialog_over_a_panel_goes_with_it_and_nothing_of_the_former_batch_is_printed(qtbot, running, window, ask):
    panel = window.errands.labels
    panel.show_label("GOOD-1")
    printed = []
    panel.print_on = printed.append
    getattr(panel, ask)()
    (dialog,) = panel.findChildren(QDialog)
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is dialog.windowHandle())
    running.scanner.take("NEAR-1")

    assert (shown(window), panel.isVisible(), printed) == ("NEAR-1", False, [])
    assert [each for each in window.findChildren(QDialog) if each.isVisible()] == []


def test_a_prescriptions_code_lands_in_the_form_that_asks_for_it_and_is_said_nowhere(window, stocked, keys):
    preferences.change(stocked, replace(stocked.settings, rx_numbers=True))
    keys.scan("GOOD-1")
    desk = window.batches.card.desk
    desk.begin(actions.DISPENSE)
    keys.scan("RX-10447712")
    assert (desk.form.rx.text(), desk.form.days.text()) == ("RX-10447712", "30")
    assert window.status.advice.text == "The prescription number stands in the form."
    assert window.page.banner.text == ""
    desk.form.rx.clear()
    desk.form.rx.setFocus()
    keys.scan("RX-10447799")
    assert desk.form.rx.text() == "RX-10447799"
    keys.scan("NEAR-1")

    assert desk.form.rx.text() == "RX-10447799"
    assert [each.text() for each in desk.form.banner.offers] == ["Open NEAR-1"]


@pytest.mark.parametrize("ask", ["ask_printer", "ask_where"])
def test_a_dialog_over_a_page_goes_with_the_page_that_a_scan_leaves(qtbot, running, window, ask):
    window.go_to(window.reports)
    qtbot.waitUntil(lambda: not window.jobs.busy)
    getattr(window.reports, ask)()
    (dialog,) = (each for each in window.findChildren(QDialog) if each.isVisible())
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is dialog.windowHandle())
    running.scanner.take("NEAR-1")

    assert (window.page, shown(window)) == (window.batches, "NEAR-1")
    assert [each for each in window.findChildren(QDialog) if each.isVisible()] == []


def test_the_four_deeds_of_the_bench_stand_under_the_hand(window, keys):
    keys.scan("GOOD-1")
    bar = window.batches.card.desk.bar
    seen = [each.text() for each in bar.buttons.values() if each.isVisible()]

    assert seen == ["Dispense", "Write off", "Move", "Label…"]
    assert all(bar.rect().contains(each.geometry()) for each in bar.buttons.values() if each.isVisible())
    bar.buttons[actions.LABEL].click()
    assert window.errands.labels.isVisible()
