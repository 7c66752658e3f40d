"""Signing in at the window: asked before a write and never before, by keys and by a scanner, with nothing lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit

from builders import CHEAP_PINS
from ldninv.domain.people import Role
from ldninv.services import batches, people
from ldninv.services.context import Change, Context
from ldninv.services.seat import Seat
from ldninv.services.sign_in import sign_in
from ldninv.ui import appearance
from ldninv.ui.acting import actions
from ldninv.ui.settings import tasks
from seen import cut, focusable, heard, seen, walked
from staff import ANA, BEN, MARA, PINS, staffed

TASKS = {
    "add": lambda form: tasks.Add(form._context, form),
    "rename": lambda form: tasks.Rename(form._context, form.person, form),
    "role": lambda form: tasks.ChangeRole(form._context, form.person, form),
    "own PIN": lambda form: tasks.OwnPin(form._context, form.person, form),
    "new PIN": lambda form: tasks.GivePin(form._context, form.person, form),
    "badge": lambda form: tasks.Badge(form._context, form.person, form),
    "retire": lambda form: tasks.Retire(form._context, form.person, form),
    "come back": lambda form: tasks.BringBack(form._context, form.person, form),
}


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def stocked(stocked, clock):
    """The shelf, with four people of whom none is signed in."""
    seat = Seat(clock)
    here = Context(stocked.store, "root", "bench", stocked.today, stocked.now, seat, CHEAP_PINS)
    staffed(here)
    people_with_badges(here)
    seat.lock()
    seat.last = None
    return here


def people_with_badges(here):
    sign_in(here, MARA, PINS[MARA])
    people.set_badge(here, ANA, "STAFF-0017")
    people.set_badge(here, BEN, "STAFF-0018")


@pytest.fixture
def panel(window):
    return window.door.panel


def on_hand(context, lot):
    return batches.card(context, lot).kept.stock.on_hand


def last_by(context, lot):
    return batches.card(context, lot).movements[0].by


def test_looking_things_up_asks_nothing(window, write):
    write("good-1\r")

    assert window.batches.card.card.kept.batch.lot == "GOOD-1"
    assert not window.door.panel.isVisible()
    assert window.status.seat.text() == "Sign in"
    assert window.status.person.isHidden()


def test_a_write_asks_who_it_is_and_then_goes_on_by_itself(window, panel, stocked, press, write):
    write("good-1\r")
    press("Ctrl+D", "Up", "Return")
    assert panel.isVisible()
    assert panel.says.text().startswith("Sign in to write: nobody is signed in here.")
    assert panel.badge.hasFocus()
    write("STAFF-0017\r")
    assert panel.tiles.name == ANA
    assert panel.pin.hasFocus()
    write(f"{PINS[ANA]}\r")

    assert not panel.isVisible()
    assert window.batches.card.desk.form is None
    assert (on_hand(stocked, "GOOD-1"), last_by(stocked, "GOOD-1")) == (240, ANA)
    assert window.status.seat.text() == f"{ANA} – technician"
    assert window.batches.search.hasFocus()


def test_what_was_typed_stays_where_one_does_not_sign_in(window, panel, stocked, press, write):
    write("good-1\r")
    press("Ctrl+D")
    write("77")
    press("Return", "Escape")
    form = window.batches.card.desk.form

    assert not panel.isVisible()
    assert form.days.text() == "77"
    assert form.days.hasFocus()
    assert form.banner.text == "Sign in to write: nobody is signed in here."
    assert on_hand(stocked, "GOOD-1") == 300
    press("Return")
    assert panel.isVisible()


def test_tiles_are_chosen_by_the_arrows(panel, window, press, write):
    press("Ctrl+L")
    panel.tiles.tiles[0].setFocus()
    press("Right", "Right")
    press("Return")
    assert panel.tiles.name == panel.tiles.tiles[2].person.name
    assert panel.pin.hasFocus()
    write(f"{PINS[panel.tiles.name]}\r")

    assert window.status.seat.text().startswith(panel.tiles.name)


def test_a_tile_takes_a_press_of_the_mouse(qtbot, panel, press):
    press("Ctrl+L")
    tile = next(tile for tile in panel.tiles.tiles if tile.person.name == BEN)
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)

    assert panel.tiles.name == BEN
    assert panel.pin.hasFocus()
    assert tile.height() >= 48


def test_a_badge_that_lands_in_the_field_of_the_pin_is_somebody_and_no_wrong_pin(panel, stocked, press, write):
    stocked.seat.last = BEN
    press("Ctrl+L")
    assert panel.pin.hasFocus()
    write("STAFF-0017\r")

    assert panel.tiles.name == ANA
    assert panel.pin.text() == ""
    assert [person.failures for person in people.everybody(stocked)] == [0, 0, 0, 0]


def test_a_badge_that_is_scanned_on_a_tile_is_read_whole(panel, press, write):
    press("Ctrl+L")
    panel.tiles.tiles[1].setFocus()
    write("STAFF-0018\r")

    assert panel.tiles.name == BEN


def test_the_label_of_a_batch_is_no_badge_and_is_offered_to_be_opened(qtbot, window, panel, press, write):
    press("Ctrl+L")
    write("near-1\r")
    assert panel.banner.text == "That is the label of batch NEAR-1, and no badge."
    qtbot.mouseClick(panel.banner.offers[0], Qt.MouseButton.LeftButton)

    assert not panel.isVisible()
    assert window.batches.card.card.kept.batch.lot == "NEAR-1"


def test_a_wrong_pin_is_said_calmly_and_forgotten(panel, stocked, press, write):
    stocked.seat.last = ANA
    press("Ctrl+L")
    write("999991\r")

    assert panel.isVisible()
    assert panel.banner.text.startswith(f"That is not the PIN of {ANA}. Another 4 and one has to wait")
    assert panel.pin.text() == ""
    assert panel.pin.hasFocus()


def test_after_five_wrong_pins_the_panel_says_until_when_one_waits(panel, stocked, press, write):
    stocked.seat.last = ANA
    press("Ctrl+L")
    for _ in range(5):
        write("999991\r")
    write(f"{PINS[ANA]}\r")

    assert panel.banner.text.startswith(f"5 wrong PINs for {ANA}. Wait until 09:30:30")


def test_what_is_no_pin_counts_as_no_try(panel, stocked, press, write):
    stocked.seat.last = ANA
    press("Ctrl+L")
    write("GOOD-1\r")

    assert panel.banner.text == "A PIN is digits alone, and that was something else. Type the PIN."
    assert people.of_badge(stocked, "STAFF-0017").failures == 0


def test_ctrl_l_locks_and_lets_in_again(window, panel, stocked, press, write):
    sign_in(stocked, ANA, PINS[ANA])
    window.door.show_seat()
    press("Ctrl+L")
    assert window.status.seat.text() == "Sign in"
    assert stocked.seat.session is None
    assert window.status.advice.text.startswith("Locked.")
    press("Ctrl+L")
    assert panel.pin.hasFocus()
    write(f"{PINS[ANA]}\r")

    assert stocked.user == ANA


def test_the_status_line_locks_by_the_mouse(qtbot, window, stocked):
    sign_in(stocked, ANA, PINS[ANA])
    window.door.show_seat()
    qtbot.mouseClick(window.status.seat, Qt.MouseButton.LeftButton)

    assert stocked.seat.session is None


def test_who_was_away_is_asked_again_and_who_types_is_not(window, panel, stocked, clock, press, write):
    sign_in(stocked, ANA, PINS[ANA])
    clock.now = 200
    write("good-1\r")
    clock.now = 400
    press("Ctrl+D", "Return")
    assert not panel.isVisible()
    assert on_hand(stocked, "GOOD-1") == 270
    clock.now = 700
    window.look_around()
    assert window.status.seat.text() == f"{ANA} – away"
    press("Ctrl+D", "Return")

    assert panel.isVisible()
    assert panel.tiles.name == ANA
    assert panel.says.text().startswith(f"Sign in to write: {ANA} was away for a while.")
    write(f"{PINS[ANA]}\r")
    assert on_hand(stocked, "GOOD-1") == 240


def test_who_retired_meanwhile_is_told_so(window, panel, stocked, press, write):
    sign_in(stocked, MARA, PINS[MARA])
    people.add(stocked, "Zoe Hart", Role.PHARMACIST, "739105")
    sign_in(stocked, ANA, PINS[ANA])
    other = Context(stocked.store, "root", "desk", stocked.today, stocked.now, Seat(), CHEAP_PINS)
    sign_in(other, MARA, PINS[MARA])
    people.retire(other, ANA)
    write("good-1\r")
    press("Ctrl+D", "Return")

    assert panel.says.text().startswith(f"Sign in to write: {ANA} no longer works here.")
    assert ANA not in [tile.person.name for tile in panel.tiles.tiles]


def test_undo_asks_and_goes_on(window, panel, stocked, press, write):
    sign_in(stocked, ANA, PINS[ANA])
    write("good-1\r")
    press("Ctrl+D", "Return")
    assert on_hand(stocked, "GOOD-1") == 270
    stocked.seat.lock()
    press("Ctrl+Z")
    assert panel.isVisible()
    assert on_hand(stocked, "GOOD-1") == 270
    write(f"{PINS[ANA]}\r")

    assert on_hand(stocked, "GOOD-1") == 300


def test_many_ask_once_and_go_on(qtbot, window, panel, stocked, press, write):
    page = window.batches
    page.table.setFocus()
    page.table.selectAll()
    press("Ctrl+W")
    form = page.card.desk.form
    form.reason.field.setText("spilled")
    press("Return")
    assert panel.isVisible()
    write(f"STAFF-0017\r{PINS[ANA]}\r")
    qtbot.waitUntil(lambda: page.card.desk.form is None)

    assert on_hand(stocked, "GOOD-1") == on_hand(stocked, "GOOD-2") == 0


def test_settings_are_saved_after_the_pin(window, panel, stocked, press, write):
    window.go_to(window.settings)
    window.settings.pharmacy.name.setText("North")
    window.settings.save()
    assert panel.isVisible()
    write(f"STAFF-0017\r{PINS[ANA]}\r")

    assert stocked.settings.pharmacy == "North"


def test_tab_stays_inside_the_panel(panel, press):
    press("Ctrl+L")
    held = set()
    for _ in range(12):
        press("Tab")
        held.add(QApplication.focusWidget())

    assert {panel.badge, panel.pin, panel.enter, panel.leave} <= held
    assert all(panel.isAncestorOf(each) for each in held)


@pytest.mark.parametrize("field", ["pin", "badge"])
def test_what_is_typed_is_hidden_from_eyes_ears_and_the_clipboard(panel, stocked, press, write, field):
    stocked.seat.last = ANA
    press("Ctrl+L")
    typed = getattr(panel, field)
    typed.setFocus()
    write("246802")
    told = QAccessible.queryAccessibleInterface(typed)
    said = [told.text(kind) for kind in (QAccessible.Text.Value, QAccessible.Text.Name, QAccessible.Text.Description)]
    typed.selectAll()
    press("Ctrl+C", "Ctrl+X")

    assert typed.echoMode() is QLineEdit.EchoMode.Password
    assert "246802" not in " ".join(said)
    assert told.textInterface() is None or "246802" not in told.textInterface().text(0, 6)
    assert "246802" not in QGuiApplication.clipboard().text()
    assert typed.displayText() != "246802"


def test_a_pin_that_is_left_standing_is_forgotten(panel, stocked, press, write):
    stocked.seat.last = ANA
    press("Ctrl+L")
    write("2468")
    panel.pin._left.timeout.emit()
    assert panel.pin.text() == ""
    write("2468")
    press("Escape")

    assert panel.pin.text() == ""


def test_without_people_nothing_of_it_shows(open_window, filed, qtbot):
    window = open_window(filed)
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert window.status.seat.isHidden()
    assert window.status.person.text == "Ana"
    assert "panel" not in vars(window.door)
    assert window.status.advice.text == "Nobody signs in here yet. Add people in Settings."


def test_the_keys_are_listed(window):
    assert "Ctrl+L\tLock, or sign in" in window._shortcuts.text


def test_a_scan_that_lands_on_a_pin_is_left_to_others_and_is_no_try(panel, stocked, press):
    press("Ctrl+L")

    assert panel.pin.take_scan("STAFF-0017") is None
    assert panel.pin.take_scan("00347335326833") is None
    assert panel.pin.text() == ""


def test_a_scan_that_comes_whole_goes_where_the_focus_is_and_is_never_repeated(panel, stocked, press):
    press("Ctrl+L")
    heard = [panel.take_scan("STAFF-0017"), panel.pin.take_scan(PINS[ANA])]

    assert stocked.user == ANA
    assert not panel.isVisible()
    assert all("STAFF" not in each.line and PINS[ANA] not in each.line for each in heard)


def test_who_signs_in_is_who_made_a_batch_that_names_only_the_computer(window, panel, press, write):
    window.go_to(window.making)
    assert window.making.fields.made_by.text() == "root"
    press("Ctrl+L")
    write(f"STAFF-0017\r{PINS[ANA]}\r")
    assert window.making.fields.made_by.text() == ANA
    window.making.fields.made_by.setText("Chloé")
    press("Ctrl+L", "Ctrl+L")
    write(f"{PINS[ANA]}\r")

    assert window.making.fields.made_by.text() == "Chloé"


def test_the_status_line_says_less_where_room_is_short(window, stocked):
    sign_in(stocked, ANA, PINS[ANA])
    window.door.show_seat()
    window.resize(560, 500)
    assert window.status.seat.text() == ANA
    window.resize(1280, 720)

    assert window.status.seat.text() == f"{ANA} – technician"


def test_the_status_line_cuts_no_day_before_all_others_say_less(window, stocked):
    status = window.status
    sign_in(stocked, ANA, PINS[ANA])
    window.door.show_seat()
    whole = status.day.whole().width()
    window.resize(whole + 600, 500)
    QApplication.processEvents()

    assert status.day.width() >= whole
    assert status.seat.text() == ANA


def test_the_ways_out_of_signing_in_stay_in_sight_however_much_is_said(window, panel, press):
    window.resize(560, 330)
    press("Ctrl+L")
    panel.banner.tell("Wait. " * 80)
    panel.place()
    QApplication.processEvents()

    assert panel.leave.visibleRegion().boundingRect() == panel.leave.rect()


@pytest.fixture(params=[100, 200], ids=["usual text", "text at 200 %"])
def text_size(request, dressed):
    before = dressed.font()
    appearance.size_text(dressed, request.param)
    yield request.param
    dressed.setFont(before)


SEEN = ("panel", "wrong PIN", "release", "dispose", "people", *TASKS, "rules")


def show(window, view):
    """Bring up what people see of signing in and signing."""
    window.door.put_away()
    if view in {"panel", "wrong PIN"}:
        window.door.ask()
        if view == "wrong PIN":
            window.door.panel.tiles.choose(ANA)
            window.door.panel.pin.setText("999991")
            window.door.panel.confirm()
    elif view in {"release", "dispose"}:
        window.go_to(window.batches)
        lot, action = ("WAIT-1", actions.RELEASE) if view == "release" else ("OLD-1", actions.DISPOSE)
        window.batches.open_lot(lot)
        window.batches.card.desk.begin(action)
        window.batches.card.desk.form.confirm()
    else:
        window.go_to(window.settings)
        form = window.settings.people
        form.put_away()
        if view in TASKS:
            form.list.setCurrentRow(0)
            form.begin(lambda: TASKS[view](form))
            if "PIN" in view or view in {"add", "come back"}:
                form.task.confirm()
    before = None
    while before != (before := [each.geometry() for each in seen(window)]):
        QApplication.processEvents()


@pytest.mark.usefixtures("text_size")
def test_nothing_is_cut_and_everything_has_a_name(window, stocked):
    sign_in(stocked, MARA, PINS[MARA])
    window.news.changed.emit(Change.PEOPLE)
    found = []
    for view in SEEN:
        show(window, view)
        found += [f"{view}: {lack}" for lack in cut(window)]
        found += [f"{view}: no name: {each.what}" for each in heard(window) if not each.name.strip()]

    assert not found, "\n".join(found)
    assert (window.width(), window.height()) == (1280, 720)


@pytest.mark.parametrize("text_size", [200], indirect=True)
@pytest.mark.usefixtures("text_size")
def test_in_large_text_the_panel_takes_what_height_it_needs_and_shows_its_field(window):
    panel = window.door.panel
    window.resize(800, 600)
    show(window, "panel")
    assert panel.badge.visibleRegion().boundingRect() == panel.badge.rect()

    window.resize(800, 1000)
    show(window, "panel")
    assert panel._area.verticalScrollBar().maximum() == 0


def test_tab_reaches_every_field_of_a_signature_and_of_a_task(qtbot, window, stocked):
    sign_in(stocked, MARA, PINS[MARA])
    lacking = []
    for view in ("release", "dispose", *TASKS):
        show(window, view)
        part = window.settings.people.task if view in TASKS else window.batches.card.desk.form
        reached = walked(qtbot, part.start().focusProxy() or part.start())
        lacking += [f"{view}: {each}" for each in focusable(part) if each not in reached]

    assert not lacking, "\n".join(lacking)


def test_who_was_given_a_pin_is_offered_their_own_and_signs_with_it_then(window, panel, press, write, stocked):
    window.door.turn()
    panel.tiles.choose(ANA)
    panel.pin.setFocus()
    write(PINS[ANA])
    press("Return")
    offer = window.status.own_pin
    assert offer.isVisible()
    assert offer.accessibleName() == f"{MARA} gave you your PIN, and knows it. Choose your own"
    assert f"{MARA} gave you your PIN" in window.status.advice.text

    offer.setFocus()
    press("Space")
    write(PINS[ANA])
    press("Tab")
    write("926535")
    press("Tab")
    write("926535")
    press("Return")
    assert not window.door.own_pin.isVisible()
    assert not offer.isVisible()
    assert people.giver_here(stocked) is None
    assert sign_in(stocked, ANA, "926535").user == ANA


def test_the_offer_can_wait_and_goes_with_who_it_is_for(window, panel, press, stocked):
    sign_in(stocked, ANA, PINS[ANA])
    window.news.changed.emit(Change.PEOPLE)
    window.status.own_pin.setFocus()
    press("Space", "Escape")

    assert not window.door.own_pin.isVisible()
    assert window.status.own_pin.isVisible()
    sign_in(stocked, MARA, PINS[MARA])
    window.news.changed.emit(Change.PEOPLE)
    assert not window.status.own_pin.isVisible()
