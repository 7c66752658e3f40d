"""A record that stopped is not in range for ever: it may wait a month, and is incomplete then (R16, R20)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from builders import a_batch, keep
from ldninv.domain.days import Week
from ldninv.domain.question import Question
from ldninv.domain.stored import READ_OUT, Storage
from ldninv.services import batches, ledger, safety
from ldninv.services.places import add_place
from ldninv.services.storage import daily, week
from ldninv.services.storage.places_now import places_now
from ldninv.services.storage.tasks import tasks
from rooms import HOUR, START, a_room, brought

LOT = "OLD-1"
LAST = date(2026, 11, 7)


def on(context, day):
    moment = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=12)
    return replace(context, now=lambda: moment, today=lambda: day)


@pytest.fixture
def shelf(context):
    """A batch on Shelf A, with a week of record that ended on the evening of 7 November."""
    keep(on(context, date(2026, 9, 1)), a_batch(lot=LOT, prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    add_place(context, "Shelf B")
    brought(on(context, date(2026, 11, 8)), a_room(hours=7 * 24, step=HOUR))
    return context


def standing(context, day):
    return batches.card(on(context, day), LOT).standing


def asks(context, day):
    with context.store.reading() as work:
        return tasks(work, day).stopped


def test_a_record_may_wait_a_month_to_be_read_out_and_then_the_batch_is_incomplete(shelf):
    waits, over = LAST + timedelta(days=READ_OUT), LAST + timedelta(days=READ_OUT + 1)

    assert (standing(shelf, waits).storage, standing(shelf, waits).review) == (Storage.IN_RANGE, None)
    assert standing(shelf, over).storage is Storage.INCOMPLETE
    assert standing(shelf, over).review == "no record at Shelf A since 2026-11-07: read its logger out"
    assert standing(shelf, over).usable
    assert safety.check(shelf) == []


def test_a_batch_of_two_known_years_is_incomplete_on_the_day_on_which_its_place_is(context):
    made, day = date(2024, 11, 1), LAST + timedelta(days=READ_OUT + 1)
    keep(on(context, made), a_batch(lot=LOT, prepared=made, beyond_use=date(2027, 9, 1)))
    hours = ((date(2026, 11, 8) - made).days) * 24
    brought(on(context, date(2026, 11, 8)), a_room(hours=hours, step=2 * HOUR, start=START + (7 * 24 - hours) * HOUR))
    (place,) = places_now(on(context, day))

    assert standing(context, LAST).storage is Storage.IN_RANGE
    assert (standing(context, day).storage, place.judged.incomplete) == (Storage.INCOMPLETE, True)


def test_today_asks_for_the_logger_to_be_read_out_and_the_list_finds_the_batch(shelf):
    waits, over = LAST + timedelta(days=READ_OUT), LAST + timedelta(days=READ_OUT + 1)

    assert (asks(shelf, waits), asks(shelf, over)) == ((), (("Shelf A", LAST),))
    with shelf.store.reading() as work:
        found = [work.batches.count(Question(review=True), day, 0) for day in (waits, over)]
    assert found == [0, 1]


def test_the_page_and_the_weekly_report_show_what_is_not_known(shelf):
    over = date(2026, 12, 13)
    now, _ = places_now(on(shelf, over))
    with shelf.store.reading() as work:
        (now_week,) = week.places(work, Week.of(over), over, UTC)
        (then,) = week.places(work, Week.of(date(2026, 11, 14)), date(2026, 11, 14), UTC)

    assert (now.judged.incomplete, round(now.judged.coverage, 1)) == (True, 0.2)
    assert (now_week.coverage, len(now_week.missing_checks)) == (0.0, 5)
    assert then.missing_checks == tuple(date(2026, 11, day) for day in range(9, 14))


def test_it_is_in_range_again_once_the_logger_was_read_out(shelf):
    over = date(2026, 12, 13)
    assert standing(shelf, over).storage is Storage.INCOMPLETE

    brought(on(shelf, over), a_room(hours=42 * 24, step=HOUR))

    assert (standing(shelf, over).storage, asks(shelf, over)) == (Storage.IN_RANGE, ())


def test_a_batch_that_left_before_the_record_stopped_is_not_asked_about(shelf):
    ledger.move(on(shelf, date(2026, 11, 6)), LOT, "Shelf B")

    assert standing(shelf, date(2027, 3, 1)).storage is Storage.IN_RANGE


def test_a_week_in_which_a_gap_begins_does_not_call_itself_known(shelf):
    brought(on(shelf, date(2026, 11, 20)), a_room(hours=72, step=HOUR, start=START + 17 * 24 * HOUR))

    with shelf.store.reading() as work:
        (then,) = week.places(work, Week.of(date(2026, 11, 8)), date(2026, 11, 8), UTC)

    assert (then.gaps, then.level) == (1, "incomplete")
    assert then.coverage < 0.9


def test_a_day_that_a_logger_knows_is_no_missing_check(shelf):
    daily.read(on(shelf, date(2026, 11, 3)), "Shelf A", lowest=21, highest=23)
    today = date(2026, 11, 12)

    with shelf.store.reading() as work:
        assert daily.missing_checks(work, today) == {"Shelf A": [date(2026, 11, day) for day in (9, 10, 11)]}
        assert daily.to_read(work, date(2026, 11, 6)) == []
        assert daily.to_read(work, today) == ["Shelf A"]
    sheet = daily.month(on(shelf, today), "Shelf A", today)
    assert [line.day.day for line in sheet.lines if line.missing] == [9, 10, 11]
