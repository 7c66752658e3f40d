"""Days in a row that never came down to a limit: a spell of a day or more, whoever read them (R14, R15, R20)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from builders import a_batch, keep
from ldninv.domain.entries import Decision
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.daily import DailyReading
from ldninv.domain.storage.happenings import Status
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.unbroken import unbroken
from ldninv.domain.stored import Storage
from ldninv.services import batches, ledger, safety
from ldninv.services.places import add_place
from ldninv.services.storage import daily, deciding, importing, looking
from ldninv.services.storage.brought import Incoming
from ldninv.services.storage.deciding import Choice
from rooms import ZONE

LOT = "OLD-1"
FIRST = date(2026, 11, 2)


def at(context, day, hour=9):
    moment = datetime(2026, 11, 1, hour, tzinfo=UTC) + timedelta(days=day - 1)
    return replace(context, now=lambda: moment, today=moment.date)


@pytest.fixture
def shelf(context):
    batch = a_batch(lot=LOT, prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1))
    keep(replace(context, now=lambda: datetime(2026, 9, 1, 9, tzinfo=UTC), today=lambda: date(2026, 9, 1)), batch)
    add_place(context, "Shelf B")
    return context


def days(context, *pairs, first=FIRST):
    """Bring in a logger's file of days with their lowest and highest."""
    found = [
        DailyReading(place="", day=first + timedelta(days=number), lowest=low, highest=high)
        for number, (low, high) in enumerate(pairs)
    ]
    given = Incoming(file="days.txt", content=repr((first, pairs)).encode(), days=found)
    return importing.bring_in(context, given, place="Shelf A", logger="Fridge-tag", zone=ZONE)


def reads(context, day, lowest, highest, hour=9, about=None):
    told = None if about is None else date(2026, 11, about)
    return daily.read(at(context, day, hour), "Shelf A", lowest=lowest, highest=highest, day=told)


def standing(context):
    return batches.card(context, LOT).standing


def rows(context):
    return [each for each in looking.events(context) if each.happening.in_a_row]


@pytest.mark.on_both
def test_a_day_of_a_logger_that_never_came_down_to_thirty_holds_what_stood_there(shelf):
    here = at(shelf, 22)

    done = days(here, *[(31.0, 35.0)] * 6)

    assert (done.held, standing(here).state, standing(here).storage) == ((LOT,), "held", Storage.BREACH)
    said = "storage breach: never below 31.0 °C at Shelf A from 2026-11-02 to 2026-11-07, up to 35.0 °C"
    assert any(said in each for each in standing(here).reasons)
    with pytest.raises(Refused, match="on hold"):
        ledger.dispense(here, LOT, 10, days_supply=10)
    (row,) = rows(here)
    assert row.happening.hours == 144.0
    assert safety.check(here) == []
    deciding.decide(here, row.happening.id, {LOT: Choice(Decision.KEEP)}, reason="x")
    assert looking.events(here, waiting=True) == []


@pytest.mark.parametrize(("low", "held"), [(30.0, False), (30.1, True)])
def test_a_lowest_that_reaches_thirty_ends_it(shelf, low, held):
    days(at(shelf, 22), (low, 35.0))

    assert (standing(at(shelf, 22)).state == "held") is held


def test_five_checks_by_hand_that_never_came_down_hold_from_the_first_whole_day_on(shelf):
    assert reads(shelf, 2, 31.0, 35.0).level is Level.SPIKE  # nobody knows since when
    assert standing(at(shelf, 2)).state == "released"

    second = reads(shelf, 3, 31.0, 35.0)

    assert (second.level, second.held) == (Level.BREACH, (LOT,))
    for day in (4, 5, 6):
        reads(shelf, day, 31.0, 35.0)
    (row,) = rows(shelf)
    assert row.happening.hours == 96.0
    lines = {line.day.day: line.level for line in daily.month(at(shelf, 6), "Shelf A", FIRST).lines if line.reading}
    assert lines == dict.fromkeys(range(2, 7), Level.BREACH)
    assert safety.check(at(shelf, 6)) == []


@pytest.mark.parametrize(
    ("evening", "morning", "held"), [((2, 21), (3, 7), False), ((2, 9), (3, 8), False), ((2, 9), (3, 9), True)]
)
def test_a_check_by_hand_covers_the_time_since_the_one_before(shelf, evening, morning, held):
    reads(shelf, evening[0], 21.0, 24.0, hour=evening[1])
    reads(shelf, morning[0], 31.0, 35.0, hour=morning[1])

    assert (standing(at(shelf, 3, 20)).state == "held") is held


def test_checks_that_are_written_down_later_count_for_what_is_certain_of_them(shelf):
    for about in (2, 3):
        reads(shelf, 20, 31.0, 35.0, about=about)
    assert rows(shelf) == []

    reads(shelf, 20, 31.0, 35.0, about=4)

    assert [each.happening.hours for each in rows(shelf)] == [24.0]


def test_what_stood_there_on_its_first_day_alone_is_touched(shelf):
    ledger.move(at(shelf, 3), LOT, "Shelf B")

    days(at(shelf, 22), *[(31.0, 35.0)] * 3)

    assert standing(at(shelf, 22)).state == "held"


def test_a_day_between_joins_two_rows_and_reopens_what_was_decided(shelf):
    here = at(shelf, 22)
    days(here, (31.0, 35.0))
    days(here, (31.0, 35.0), first=FIRST + timedelta(days=2))
    for row in rows(here):
        deciding.decide(here, row.happening.id, {LOT: Choice(Decision.KEEP)}, reason="one day")

    days(here, (31.0, 34.0), first=FIRST + timedelta(days=1))

    (live,) = [each for each in rows(here) if not each.happening.gone]
    assert (live.status, live.happening.hours, standing(here).state) == (Status.CHANGED, 72.0, "held")
    assert safety.check(here) == []


def test_a_check_that_is_corrected_downwards_leaves_the_hold_and_says_so(shelf):
    reads(shelf, 2, 31.0, 35.0)
    reads(shelf, 3, 31.0, 35.0)

    reads(shelf, 3, 21.0, 35.0, hour=10)

    assert rows(shelf) == []
    assert batches.card(shelf, LOT).kept.stock.held.endswith("later readings no longer show it")
    assert safety.check(at(shelf, 3, 11)) == []


@pytest.mark.parametrize(("number", "asks"), [(29, False), (30, True)])
def test_thirty_days_that_never_came_down_to_twenty_five_ask_for_review_and_hold_nothing(shelf, number, asks):
    here = at(shelf, 60)

    days(here, *[(25.4, 27.0)] * number)

    assert (standing(here).state, standing(here).storage) == ("released", Storage.ALLOWED_EXCURSION)
    assert (standing(here).review is not None) is asks
    assert len(looking.events(here, waiting=True)) == asks
    assert safety.check(here) == []


def test_a_missing_day_of_a_logger_parts_a_row_and_one_of_a_thermometer_does_not():
    def three(logger):
        return [
            DailyReading(place="A", day=date(2026, 11, day), lowest=26.0, highest=28.0, logger=logger)
            for day in (2, 3, 5)
        ]

    assert [(each.first.day, each.last.day) for each in unbroken(three("T"), 25.0, 0)] == [(2, 3), (5, 5)]
    assert [(each.first.day, each.last.day) for each in unbroken(three(None), 25.0, 0)] == [(2, 5)]
