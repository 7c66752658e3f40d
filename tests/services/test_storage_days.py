"""The lowest and highest of a day, by hand or by a logger, and the batches that stood there (R14, R18, R20)."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from builders import TODAY, a_batch, keep
from ldninv.domain.days import Week
from ldninv.domain.entries import Decision
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.daily import DailyReading
from ldninv.domain.storage.happenings import Status
from ldninv.domain.stored import Storage
from ldninv.services import batches, ledger, safety, weekly
from ldninv.services.places import add_place
from ldninv.services.storage import daily, deciding, importing, looking
from ldninv.services.storage.brought import Incoming
from ldninv.services.storage.deciding import Choice
from ldninv.services.storage.places_now import places_now
from rooms import HOUR, ZONE, a_room, brought

LOT = "OLD-1"
WEDNESDAY = date(2026, 11, 18)


def at(context, day, hour=12, minute=0):
    """Return the same person at a moment of November."""
    moment = datetime(2026, 11, day, hour, minute, tzinfo=UTC)
    return replace(context, now=lambda: moment, today=moment.date)


@pytest.fixture
def shelf(context):
    """A batch on Shelf A since September, and no logger anywhere."""
    batch = a_batch(lot=LOT, prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1))
    keep(replace(context, now=lambda: datetime(2026, 9, 1, 9, tzinfo=UTC), today=lambda: date(2026, 9, 1)), batch)
    add_place(context, "Shelf B")
    return at(context, TODAY.day)


def read(context, lowest=21.0, highest=24.0, day=WEDNESDAY, place="Shelf A"):
    return daily.read(context, place, lowest=lowest, highest=highest, day=day)


def standing(context):
    return batches.card(context, LOT).standing


def waiting(context):
    return looking.events(context, waiting=True)


def days(context, *pairs, logger="Fridge-tag"):
    """Bring in a file of days with their lowest and highest, from Wednesday on."""
    found = [
        DailyReading(place="", day=WEDNESDAY.replace(day=18 + number), lowest=low, highest=high)
        for number, (low, high) in enumerate(pairs)
    ]
    given = Incoming(file="days.txt", content=repr(pairs).encode(), days=found)
    return importing.bring_in(context, given, place="Shelf A", logger=logger, zone=ZONE)


@pytest.mark.parametrize(("lowest", "highest"), [(21.0, 40.1), (14.9, 24.0)])
def test_a_reading_by_hand_that_is_a_breach_holds_what_stood_there(shelf, lowest, highest):
    done = read(shelf, lowest, highest)

    assert done.held == (LOT,)
    assert LOT in done.notices[0]
    assert (standing(shelf).state, standing(shelf).storage) == ("held", Storage.BREACH)
    assert "at Shelf A on 2026-11-18" in " ".join(standing(shelf).reasons)
    with pytest.raises(Refused, match="storage breach"):
        ledger.dispense(shelf, LOT, 10, days_supply=10)
    (event,) = waiting(shelf)
    midnight = datetime(2026, 11, 18, tzinfo=UTC).timestamp()
    assert event.happening.span == (midnight, midnight + 24 * HOUR)
    assert safety.check(shelf) == []


def test_a_record_of_days_holds_what_stood_there_and_says_so(shelf):
    done = days(shelf, (21.0, 24.0), (21.0, 41.0), (20.5, 29.0))

    assert (done.marked, done.held) == (((LOT, Storage.BREACH),), (LOT,))
    assert standing(shelf).state == "held"
    assert [each.happening.day for each in waiting(shelf)] == [date(2026, 11, 19)]
    again = days(shelf, (21.0, 24.0), (21.0, 41.0), (20.5, 29.0))
    assert (again.new, len(waiting(shelf))) == (0, 1)
    assert safety.check(shelf) == []


@pytest.mark.parametrize("decision", [Decision.KEEP, Decision.SHORTEN, Decision.DISCARD])
def test_a_pharmacist_decides_on_it(shelf, decision):
    read(shelf, highest=41.0)
    expires = date(2026, 12, 1) if decision is Decision.SHORTEN else None

    deciding.decide(shelf, waiting(shelf)[0].happening.id, {LOT: Choice(decision, expires)}, reason="door open")

    assert waiting(shelf) == []
    assert standing(shelf).state == ("rejected" if decision is Decision.DISCARD else "released")
    assert safety.check(shelf) == []


def test_a_day_up_to_forty_is_looked_at_and_its_batch_stays_usable(shelf):
    read(shelf, highest=40.0)

    assert (standing(shelf).state, standing(shelf).storage) == ("released", Storage.SPIKE)
    assert [each.happening.level for each in waiting(shelf)] == [Storage.SPIKE]


@pytest.mark.parametrize(("lowest", "highest"), [(15.0, 24.0), (21.0, 30.0)])
def test_what_is_allowed_is_written_down_and_asks_nobody(shelf, lowest, highest):
    read(shelf, lowest, highest)

    assert standing(shelf).storage is Storage.ALLOWED_EXCURSION
    assert waiting(shelf) == []
    assert len(looking.events(shelf)) == 1


def test_a_day_in_range_makes_no_event(shelf):
    read(shelf, 20.0, 25.0)

    assert looking.events(shelf) == []
    assert standing(shelf).storage is Storage.NOT_MONITORED


@pytest.mark.parametrize(
    ("moved", "held"), [((17, 23, 59), False), ((18, 0, 0), False), ((18, 0, 1), True), ((18, 23, 59), True)]
)
def test_a_batch_that_left_before_the_day_began_is_not_touched(shelf, moved, held):
    ledger.move(at(shelf, *moved), LOT, "Shelf B")

    read(shelf, highest=41.0)

    assert (standing(shelf).state == "held") is held


@pytest.mark.parametrize(("moved", "held"), [((18, 23, 59), True), ((19, 0, 0), False)])
def test_a_batch_that_came_when_the_day_was_over_is_not_touched(shelf, moved, held):
    ledger.move(at(shelf, 10), LOT, "Shelf B")
    ledger.move(at(shelf, *moved), LOT, "Shelf A")

    read(shelf, highest=41.0)

    assert (standing(shelf).state == "held") is held


def test_a_move_that_is_taken_back_leaves_the_batch_where_it_was_warm(shelf):
    moved = ledger.move(at(shelf, 10), LOT, "Shelf B").posted
    read(shelf, highest=41.0)
    assert standing(shelf).storage is Storage.NOT_MONITORED

    ledger.void(shelf, moved.id, reason="wrong batch")

    assert (standing(shelf).state, standing(shelf).storage) == ("held", Storage.BREACH)


def test_a_line_that_corrects_a_day_judges_it_anew(shelf):
    read(shelf, highest=41.0)
    read(shelf, highest=24.0)

    assert waiting(shelf) == []
    assert looking.events(shelf) == []
    assert standing(shelf).storage is Storage.NOT_MONITORED
    assert standing(shelf).state == "held", "only a pharmacist releases"


def test_a_corrected_day_reopens_what_was_decided_on_it_and_the_same_line_again_does_not(shelf):
    read(shelf, highest=41.0)
    deciding.decide(shelf, waiting(shelf)[0].happening.id, {LOT: Choice(Decision.KEEP)}, reason="short")
    read(shelf, lowest=20.5, highest=41.0)
    assert waiting(shelf) == []

    read(shelf, highest=44.0)

    (event,) = waiting(shelf)
    assert (event.status, standing(shelf).state) == (Status.CHANGED, "held")


def test_degrees_without_decimals_are_the_same_evidence_as_with_them(shelf):
    read(shelf, highest=45.0)
    deciding.decide(shelf, waiting(shelf)[0].happening.id, {LOT: Choice(Decision.KEEP)}, reason="short")

    read(shelf, highest=44)
    deciding.decide(shelf, waiting(shelf)[0].happening.id, {LOT: Choice(Decision.KEEP)}, reason="short")
    read(shelf, highest=44.0)

    assert waiting(shelf) == []
    assert standing(shelf).state == "released"
    assert safety.check(shelf) == []


def test_readings_of_the_logger_that_also_kept_days_leave_these_as_they_are(shelf):
    days(shelf, (21.0, 41.0), logger="Room 1")

    brought(shelf, a_room(hours=24, start=datetime(2026, 11, 18, tzinfo=UTC).timestamp()))

    assert [each.happening.day for each in waiting(shelf)] == [WEDNESDAY]
    assert standing(shelf).storage is Storage.BREACH


@pytest.mark.parametrize("by_hand", [True, False])
def test_the_weekly_report_and_the_place_say_it(shelf, by_hand):
    if by_hand:
        read(shelf, highest=41.0)
    else:
        days(shelf, (21.0, 41.0))

    (place,) = json.loads(weekly.text(weekly.report(shelf, Week.of(TODAY)), "json"))["sections"]["storage"]["places"]

    assert (place["place"], place["level"], place["breaches"], place["to_decide"]) == ("Shelf A", "breach", 1, 1)
    (now,) = [each for each in places_now(shelf) if each.place.name == "Shelf A"]
    assert (now.of_days, now.waiting, now.judged) == (Storage.BREACH, 1, None)
