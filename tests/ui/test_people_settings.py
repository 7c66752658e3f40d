"""People in the settings: added, renamed, retired and brought back by keys, with PINs that nobody sees."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from builders import at_work
from ldninv.db import open_store
from ldninv.domain.people import Role
from ldninv.domain.signing import ReleasedBy
from ldninv.services import people
from ldninv.services.sign_in import sign_in
from ldninv.ui.settings import tasks
from staff import ANA, BEN, IDA, MARA, PINS, staffed


@pytest.fixture
def page(window):
    window.go_to(window.settings)
    return window.settings


@pytest.fixture
def staff(stocked):
    """Four people, Mara signed in."""
    return staffed(stocked, MARA)


@pytest.fixture
def full(staff, window):
    """The settings with people."""
    window.go_to(window.settings)
    return window.settings


def choose(form, name):
    row = next(row for row in range(form.list.count()) if form.list.item(row).text().startswith(name))
    form.list.setCurrentRow(row)


def offered(form):
    return [button.text() for button in form.ways.values() if not button.isHidden()]


def lines(form):
    return [form.list.item(row).text() for row in range(form.list.count())]


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_before_the_first_person_it_says_what_signing_in_brings(page):
    form = page.people

    assert form.nobody.isVisible()
    assert "The first person is a pharmacist or an admin" in form.nobody.text()
    assert form.list.isHidden()
    assert offered(form) == []
    assert page.rules.idle.isHidden()
    assert page.rules.rx.isVisible()


def test_the_first_person_is_added_by_keys_and_signed_in_at_once(qtbot, window, page, stocked, press, write):
    form = page.people
    form.adding.setFocus()
    press("Return")
    assert form.task.name.hasFocus()
    assert set(form.task.role._buttons) == {Role.PHARMACIST, Role.ADMIN}
    write("Mara Lind")
    press("Tab", "Tab")
    write("795311")
    press("Tab")
    write("795311")
    press("Return")

    assert form.task is None
    assert [(each.name, each.role) for each in people.everybody(stocked)] == [(MARA, Role.PHARMACIST)]
    assert form.banner.text.startswith(f"{MARA} was added and is signed in.")
    assert window.status.seat.text() == f"{MARA} – pharmacist"
    assert form.nobody.isHidden()
    assert page.rules.idle.isVisible()


def test_two_pins_that_differ_are_refused_in_place(page, press, write):
    form = page.people
    form.begin(lambda: tasks.Add(form._context, form))
    form.task.name.setText(MARA)
    form.task.pin.first.setText("795311")
    form.task.pin.again.setText("795312")
    form.task.confirm()

    assert form.task.banner.text == "The two PINs differ. Type the new PIN the same twice."
    assert form.task.name.text() == MARA
    assert form.task.pin.first.echoMode() is QLineEdit.EchoMode.Password


def test_rows_are_high_enough_for_a_gloved_finger_and_all_of_them_show(full):
    shown = full.people.list
    last = shown.visualItemRect(shown.item(shown.count() - 1))

    assert shown.sizeHintForRow(0) >= 1.5 * shown.fontMetrics().height()
    assert last.bottom() <= shown.viewport().height()


def test_people_are_listed_with_what_they_are(full):
    assert lines(full.people) == [
        f"{ANA} – technician, works here, no badge",
        f"{BEN} – technician, works here, no badge",
        f"{IDA} – admin, works here, no badge",
        f"{MARA} – pharmacist, works here, no badge",
    ]


def test_what_is_offered_follows_who_is_chosen(full, staff):
    form = full.people
    choose(form, ANA)
    assert offered(form) == ["Rename", "Role", "Give a new PIN", "Badge", "Retire"]
    choose(form, MARA)
    assert offered(form) == ["Rename", "Change my PIN", "Badge", "Retire"]
    people.retire(staff, BEN)
    full.refresh()
    choose(form, BEN)
    assert offered(form) == ["Rename", "Bring back"]


def test_a_person_is_renamed(qtbot, full, staff, press, write):
    choose(full.people, ANA)
    click(qtbot, full.people.ways[tasks.Rename])
    assert full.people.task.name.text() == ANA
    full.people.task.name.selectAll()
    write("Ana Weber")
    press("Return")

    assert "Ana Weber – technician, works here, no badge" in lines(full.people)
    assert full.people.person.name == "Ana Weber"


def test_a_role_is_changed(qtbot, full, staff):
    choose(full.people, ANA)
    click(qtbot, full.people.ways[tasks.ChangeRole])
    click(qtbot, full.people.task.role.button(Role.PHARMACIST))
    click(qtbot, full.people.task.enter)

    assert next(each.role for each in people.everybody(staff) if each.name == ANA) is Role.PHARMACIST


def test_a_person_leaves_and_comes_back_with_a_new_pin(qtbot, full, staff, press, write):
    choose(full.people, BEN)
    click(qtbot, full.people.ways[tasks.Retire])
    press("Return")
    assert f"{BEN} – technician, left, no badge" in lines(full.people)
    click(qtbot, full.people.ways[tasks.BringBack])
    write("402817")
    press("Tab")
    write("402817")
    press("Return")

    assert f"{BEN} – technician, works here, no badge, PIN to be changed" in lines(full.people)


def test_the_last_pharmacist_stays_and_is_told_why(qtbot, full, staff, press):
    choose(full.people, MARA)
    click(qtbot, full.people.ways[tasks.Retire])
    press("Return")

    assert full.people.task.banner.text == f"{MARA} is the last pharmacist here. Add another first."


def test_one_changes_ones_own_pin_with_the_one_one_has(qtbot, full, staff, write, press):
    choose(full.people, MARA)
    click(qtbot, full.people.ways[tasks.OwnPin])
    write(PINS[MARA])
    press("Tab")
    write("402817")
    press("Tab")
    write("402817")
    press("Return")

    assert full.people.banner.text == f"{MARA}, your PIN was changed."
    assert sign_in(staff, MARA, "402817").user == MARA


def test_a_badge_is_scanned_and_taken_away(qtbot, full, staff, write, press):
    choose(full.people, ANA)
    click(qtbot, full.people.ways[tasks.Badge])
    write("STAFF-0017\r")
    assert people.of_badge(staff, "staff-0017").name == ANA
    assert f"{ANA} – technician, works here, badge" in lines(full.people)
    click(qtbot, full.people.ways[tasks.Badge])
    press("Return")

    assert people.of_badge(staff, "staff-0017") is None


def test_a_technician_is_told_who_may(qtbot, window, full, staff, press):
    sign_in(staff, ANA, PINS[ANA])
    choose(full.people, BEN)
    click(qtbot, full.people.ways[tasks.Retire])
    press("Return")

    assert full.people.task.banner.text.startswith(f"{ANA} is a technician, who does not add or change people.")


def test_escape_puts_a_task_away(full, press):
    choose(full.people, ANA)
    full.people.begin(lambda: tasks.Rename(full._context, full.people.person, full.people))
    press("Escape")

    assert full.people.task is None
    assert full.people.list.hasFocus()


def test_a_person_that_was_typed_is_asked_about_before_the_window_closes(full):
    full.people.begin(lambda: tasks.Add(full._context, full.people))
    full.people.task.name.setText("Zoe Hart")

    assert not full.may_close(lambda: None)
    assert full.banner.text == "“Add a person” was begun and is not done yet."


def test_rules_apply_at_once(qtbot, full, staff):
    click(qtbot, full.rules.idle.button(8))
    click(qtbot, full.rules.released_by.button(ReleasedBy.ANYBODY))
    click(qtbot, full.rules.witness)
    click(qtbot, full.rules.rx)
    kept = staff.settings

    assert (kept.idle_minutes, kept.released_by) == (8, ReleasedBy.ANYBODY)
    assert (kept.witness_needed, kept.rx_numbers) == (False, True)


def test_a_rule_that_is_refused_shows_as_it_is_kept(qtbot, full, staff):
    sign_in(staff, ANA, PINS[ANA])
    click(qtbot, full.rules.idle.button(60))

    assert full.banner.text.startswith(f"{ANA} is a technician")
    assert full.rules.idle.value == 4


def test_a_rule_goes_on_after_the_pin(qtbot, window, full, staff, write):
    staff.seat.lock()
    click(qtbot, full.rules.idle.button(30))
    assert window.door.panel.isVisible()
    write(f"{PINS[MARA]}\r")

    assert staff.settings.idle_minutes == 30
    assert full.rules.idle.value == 30


def test_adding_goes_on_after_the_pin_with_what_was_typed(window, full, staff, write, press):
    full.people.begin(lambda: tasks.Add(full._context, full.people))
    write("Zoe Hart")
    full.people.task.pin.first.setText("402817")
    full.people.task.pin.again.setText("402817")
    staff.seat.lock()
    press("Return")
    assert window.door.panel.isVisible()
    write(f"{PINS[MARA]}\r")

    assert [each.role for each in people.everybody(staff) if each.name == "Zoe Hart"] == [Role.TECHNICIAN]


def test_people_who_were_added_elsewhere_are_seen(window, page, stocked):
    other = open_store(stocked.store.name)
    people.add(at_work(other), MARA, Role.PHARMACIST, PINS[MARA])
    other.close()
    window.look_around()

    assert lines(page.people) == [f"{MARA} – pharmacist, works here, no badge"]
    assert window.status.seat.text() == "Sign in"


def test_a_pin_that_is_typed_beside_its_field_is_no_search(full, staff, window, press, write):
    form = full.people
    choose(form, ANA)
    ana = next(each for each in people.everybody(staff) if each.name == ANA)
    form.begin(lambda: tasks.GivePin(staff, ana, form))
    form.task.enter.setFocus()
    write("246810")

    assert window.page is full
    assert window.batches.search.text() == ""
    assert window.status.advice.text == "Nothing is typed there. Tab goes to the next field."
    full.scanner.setup.setFocus()
    write("246810")
    assert (window.page, window.batches.search.text()) == (full, "")
    press("Esc")
    full.scanner.setup.setFocus()
    write("NEAR")
    assert (window.page, window.batches.search.text()) == (window.batches, "NEAR")
