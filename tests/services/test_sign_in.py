"""Reading asks nobody, writing asks who: by name and PIN, again after a while, and slower after wrong tries."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from builders import NOW, a_batch, dump, keep
from ldninv.db import open_store
from ldninv.domain.people import Role, SignInNeeded, Why
from ldninv.domain.question import Question
from ldninv.domain.refusal import Refused
from ldninv.domain.settings import Settings
from ldninv.services import batches, importing, ledger, people, places, preferences, safety, weekly
from ldninv.services.seat import Seat, ticks
from ldninv.services.sign_in import RIGHT_PIN, WRONG_PIN, sign_in
from staff import ANA, BEN, IDA, MARA, PINS, staffed

MINUTE = 60


class Clock:
    """Clocks that a test moves by hand: ticks for the seat, an instant for the trail."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds

    def now(self):
        return NOW + timedelta(seconds=self.seconds)

    def on(self, seconds):
        self.seconds += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def staff(context, clock):
    """Four people, the technician signed in, and a batch."""
    context = replace(context, seat=Seat(clock), now=clock.now)
    keep(context, a_batch(lot="A1"))
    return staffed(context, ANA)


def events(context, action=None):
    with context.store.reading() as work:
        return [event for event in work.trail.all() if action in {None, event.action}]


def write(context):
    ledger.waste(context, "A1", 1, reason="dropped")


def asked(context, why, name):
    """Expect a write to ask for a PIN, with nothing changed."""
    before = dump(context.store)
    with pytest.raises(SignInNeeded) as needed:
        write(context)
    assert (needed.value.why, needed.value.name) == (why, name)
    assert str(needed.value).startswith("Sign in to write: ")
    assert dump(context.store) == before
    assert context.sign_in_needed().why is why


def test_while_there_are_no_people_nothing_asks_and_the_account_writes(context):
    keep(context, a_batch(lot="A1"))
    write(context)

    assert context.sign_in_needed() is None
    assert events(context)[-1].by == "Ana"


def test_whoever_is_signed_in_writes_under_their_own_name(staff):
    write(staff)

    assert (staff.user, events(staff)[-1].by) == (ANA, ANA)
    assert staff.sign_in_needed() is None


def test_reading_never_asks(staff, tmp_path):
    staff.seat.lock()
    before = len(events(staff))

    assert batches.find(staff, Question())
    assert batches.card(staff, "A1").kept.batch.lot == "A1"
    assert ledger.outlook(staff, "A1", 1, days_supply=30)
    assert staff.settings == Settings()
    assert people.at_work(staff)
    assert safety.check(staff) == []
    assert safety.verify_trail(staff).intact
    safety.backup(staff, tmp_path / "copy.db")
    weekly.save(staff, weekly.report(staff), [tmp_path / "week.csv"])
    assert [event.by for event in events(staff)[before:]] == ["Ana"] * len(events(staff)[before:])


def test_a_dry_run_of_an_import_asks_nobody_and_the_import_itself_does(staff, tmp_path):
    (tmp_path / "list.csv").write_text("Lot,Strength,Made,Expires,Quantity\nB2,4.5,2026-01-17,2027-01-17,300\n")
    staff.seat.lock()
    preview = importing.preview(staff, tmp_path / "list.csv")

    assert importing.import_lists(staff, [preview], dry_run=True).results[0].new == 1
    with pytest.raises(SignInNeeded):
        importing.import_lists(staff, [preview])


def test_every_write_asks_where_nobody_is_signed_in(staff):
    staff.seat.lock()

    asked(staff, Why.NOBODY, ANA)
    with pytest.raises(SignInNeeded):
        places.add_place(staff, "Shelf 9")
    with pytest.raises(SignInNeeded):
        preferences.change(staff, Settings(pharmacy="North"))
    with pytest.raises(SignInNeeded):
        people.add(staff, "Zoë", Role.TECHNICIAN, "112358")


def test_after_four_minutes_without_a_touch_the_next_write_asks(staff, clock):
    clock.on(4 * MINUTE)
    write(staff)
    clock.on(0.1)

    asked(staff, Why.IDLE, ANA)
    sign_in(staff, ANA, PINS[ANA])
    write(staff)


def test_a_touch_keeps_somebody_at_work_and_wakes_nobody(staff, clock):
    for _ in range(5):
        clock.on(3 * MINUTE)
        staff.seat.touch()
    write(staff)
    clock.on(5 * MINUTE)
    staff.seat.touch()

    asked(staff, Why.IDLE, ANA)


def test_a_lock_that_nobody_sits_behind_is_not_touched(staff):
    staff.seat.lock()
    staff.seat.touch()

    asked(staff, Why.NOBODY, ANA)


def test_after_how_long_it_asks_is_a_setting_that_holds_at_once(staff, clock):
    sign_in(staff, MARA, PINS[MARA])
    preferences.change(staff, Settings(idle_minutes=1))
    clock.on(MINUTE + 1)
    staff.seat.touch()

    asked(staff, Why.IDLE, MARA)


def test_who_is_retired_elsewhere_writes_no_more(staff):
    ben = replace(staff, seat=Seat())
    sign_in(ben, BEN, PINS[BEN])
    people.retire(sign_in(staff, MARA, PINS[MARA]), BEN)

    asked(ben, Why.RETIRED, BEN)
    with pytest.raises(Refused, match=r"Ben Okoye no longer works here. At work: Ana Ruiz"):
        sign_in(ben, BEN, PINS[BEN])


def test_a_pin_that_was_changed_elsewhere_asks_for_the_new_one(staff):
    elsewhere = replace(staff, seat=Seat())
    sign_in(elsewhere, ANA, PINS[ANA])
    people.change_pin(staff, ANA, PINS[ANA], "271828")

    write(staff)
    asked(elsewhere, Why.PIN_CHANGED, ANA)
    with pytest.raises(Refused, match="not the PIN of Ana Ruiz"):
        sign_in(elsewhere, ANA, PINS[ANA])
    sign_in(elsewhere, ANA, "271828")


def test_who_was_renamed_meanwhile_writes_under_the_new_name(staff):
    elsewhere = replace(staff, seat=Seat())
    people.rename(sign_in(elsewhere, MARA, PINS[MARA]), ANA, "Ana Weber")
    write(staff)

    assert events(staff)[-1].by == "Ana Weber"
    sign_in(staff, ANA, PINS[ANA])
    assert staff.user == "Ana Weber"


def test_who_begins_a_write_ends_it_whatever_happens_to_the_seat_meanwhile(staff):
    with staff.writing() as work:
        staff.seat.lock()
        work.trail.append(staff.event("test", "A1"))

    assert events(staff)[-1].by == ANA
    assert staff.user == "Ana"


def test_five_wrong_pins_are_kept_and_then_one_waits_longer_and_longer(staff, clock):
    for left in (4, 3, 2, 1):
        with pytest.raises(Refused, match=f"not the PIN of Ben Okoye. Another {left} and one has to wait"):
            sign_in(staff, BEN, "112358")
    with pytest.raises(Refused, match=r"Wait until \d\d:\d\d:\d\d before the next try"):
        sign_in(staff, BEN, "112358")
    for wait in (30, 60, 120, 240, 480, 900, 900):
        clock.on(wait - 1)
        with pytest.raises(Refused, match=r"wrong PINs for Ben Okoye. Wait until \d\d:\d\d:\d\d"):
            sign_in(staff, BEN, PINS[BEN])
        clock.on(1)
        with pytest.raises(Refused, match="not the PIN"):
            sign_in(staff, BEN, "112358")

    kept = events(staff, WRONG_PIN)
    assert [json.loads(event.after)["failures"] for event in kept] == list(range(1, 13))
    assert {event.subject for event in kept} == {BEN}
    assert (kept[0].by, kept[-1].by) == (ANA, "Ana"), "the account, once whoever sat there was away too long"
    assert safety.check(staff) == []


def test_a_right_pin_forgets_the_wrong_ones_and_says_so_once(staff):
    for _ in range(4):
        with pytest.raises(Refused):
            sign_in(staff, BEN, "112358")
    sign_in(staff, BEN, PINS[BEN])
    sign_in(staff, BEN, PINS[BEN])

    assert [event.before for event in events(staff, RIGHT_PIN)] == ['{"failures": 4}']
    with pytest.raises(Refused, match="Another 4"):
        sign_in(staff, BEN, "112358")


def test_one_persons_wrong_pins_keep_nobody_else_waiting(staff):
    for _ in range(5):
        with pytest.raises(Refused):
            sign_in(staff, BEN, "112358")

    assert sign_in(staff, MARA, PINS[MARA]).user == MARA


def test_a_new_pin_ends_the_waiting(staff):
    for _ in range(6):
        with pytest.raises(Refused):
            sign_in(staff, BEN, "112358")
    people.reset_pin(sign_in(staff, IDA, PINS[IDA]), BEN, "271828")

    assert sign_in(staff, BEN, "271828").user == BEN


def test_a_wrong_pin_leaves_who_was_there_signed_in(staff):
    with pytest.raises(Refused):
        sign_in(staff, MARA, "112358")

    assert staff.user == ANA
    write(staff)


@pytest.mark.parametrize("pin", ["\udcff\udcfe", "x" * 100_000, "７９５３１１", "795311 ", "\0"])
def test_what_is_no_pin_at_all_is_a_wrong_one_and_is_never_told(staff, pin):
    with pytest.raises(Refused, match="not the PIN of Mara Lind") as said:
        sign_in(staff, MARA, pin)

    assert pin not in str(said.value)
    assert len(events(staff, WRONG_PIN)) == 1


def test_no_pin_is_no_try(staff):
    with pytest.raises(Refused, match=r"There is no PIN. Type the PIN of Mara Lind"):
        sign_in(staff, MARA, "")

    assert events(staff, WRONG_PIN) == []


def test_a_name_nobody_has_is_not_kept_for_it_may_be_a_pin(staff):
    before = dump(staff.store)
    with pytest.raises(Refused, match="Nobody here goes by that name"):
        sign_in(staff, "795311", "240618")

    assert dump(staff.store) == before


def test_workstations_that_guess_at_once_guess_no_more_often(filed):
    keep(filed, a_batch(lot="A1"))
    staffed(filed, MARA)
    here = filed.store.name

    def guess(_):
        store = open_store(here)
        try:
            sign_in(replace(filed, store=store, seat=Seat()), BEN, "112358")
        except Refused as said:
            return "wrong PINs for" in str(said)
        finally:
            store.close()

    with ThreadPoolExecutor(4) as desks:
        waited = list(desks.map(guess, range(12)))
    assert waited.count(False) == 5
    assert len(events(filed, WRONG_PIN)) == 5


def test_two_workstations_have_each_their_own_seat(filed):
    staffed(filed, MARA)
    other = open_store(filed.store.name)
    there = replace(filed, store=other, seat=Seat())
    try:
        with pytest.raises(SignInNeeded):
            places.add_place(there, "Shelf 9")
        sign_in(there, BEN, PINS[BEN])
        places.add_place(there, "Shelf 9")
        places.add_place(filed, "Shelf 10")
    finally:
        other.close()

    assert [event.by for event in events(filed, "place-added")] == [BEN, MARA]


def test_two_first_persons_at_once_are_one_and_a_sign_in(filed):
    other = open_store(filed.store.name)
    people.add(filed, MARA, Role.PHARMACIST, PINS[MARA])
    try:
        with pytest.raises(SignInNeeded):
            people.add(replace(filed, store=other, seat=Seat()), IDA, Role.ADMIN, PINS[IDA])
    finally:
        other.close()


def test_whoever_can_ask_is_asked_before_the_write_and_only_then(staff):
    staff.seat.lock()
    asked_for = []

    def ask():
        asked_for.append(staff.store)
        sign_in(staff, BEN, PINS[BEN])

    staff.seat.ask = ask
    assert batches.find(staff, Question())
    assert asked_for == []
    write(staff)
    write(staff)

    assert len(asked_for) == 1
    assert events(staff)[-1].by == BEN


def test_time_only_ever_goes_on():
    first = ticks()

    assert ticks() >= first > 0
