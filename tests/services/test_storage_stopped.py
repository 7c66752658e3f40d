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
from ldninv.services.storage import daily, loggers, own, week
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


def own_record(context, day):
    with context.store.reading() as work:
        judged = own.judged(on(context, day), work, batches.known(work, LOT))
    return judged.incomplete, round(judged.coverage, 2)


def reviewed(context, day):
    with context.store.reading() as work:
        return work.batches.count(Question(review=True), day, 0)


def test_where_nobody_watches_a_batch_is_incomplete_once_a_twentieth_of_its_time_is_unknown(shelf):
    ledger.move(on(shelf, date(2026, 11, 6)), LOT, "Shelf B")

    assert standing(shelf, date(2026, 11, 5)).storage is Storage.IN_RANGE
    for day in (date(2026, 11, 6), date(2027, 3, 1)):
        found = standing(shelf, day)
        assert (found.storage, found.usable, reviewed(shelf, day)) == (Storage.INCOMPLETE, True, 1)
        assert found.review == "less than 95% of its time is known: no logger watches Shelf B"
    assert own_record(shelf, date(2027, 3, 1)) == (True, 0.05)
    assert [asks(shelf, date(2026, 11, day)) for day in (6, 20)] == [(), ()]
    assert safety.check(shelf) == []


def test_a_batch_that_was_known_for_long_may_stand_unwatched_for_a_twentieth_of_it(context):
    made = date(2026, 2, 1)
    keep(on(context, made), a_batch(lot=LOT, prepared=made, beyond_use=date(2027, 2, 1)))
    add_place(context, "Shelf B")
    start = datetime(2026, 2, 1, tzinfo=UTC).timestamp()
    brought(on(context, date(2026, 11, 8)), a_room(hours=280 * 24, step=2 * HOUR, start=start))
    ledger.move(on(context, LAST), LOT, "Shelf B")
    known_until, lost = date(2026, 11, 21), date(2026, 11, 22)

    assert (standing(context, known_until).storage, standing(context, known_until).review) == (Storage.IN_RANGE, None)
    assert (own_record(context, known_until)[0], reviewed(context, known_until)) == (False, 0)
    assert standing(context, lost).storage is Storage.INCOMPLETE
    assert (own_record(context, lost)[0], reviewed(context, lost)) == (True, 1)


def test_the_time_before_it_came_to_where_a_logger_watched_is_not_known(context):
    made = date(2026, 10, 1)
    keep(on(context, made), a_batch(lot=LOT, prepared=made, beyond_use=date(2027, 9, 1)), place="Shelf B")
    add_place(context, "Shelf A")
    ledger.move(on(context, date(2026, 11, 7)), LOT, "Shelf A")

    brought(on(context, date(2026, 11, 8)), a_room(hours=38 * 24, step=HOUR, start=START - 31 * 24 * HOUR))

    assert standing(context, date(2026, 11, 8)).storage is Storage.INCOMPLETE
    assert own_record(context, date(2026, 11, 8)) == (True, 0.01)
    assert standing(context, date(2026, 11, 8)).review is None
    assert safety.check(context) == []


def test_a_batch_that_no_logger_ever_saw_stays_not_monitored_and_asks_nothing(shelf):
    keep(
        on(shelf, date(2026, 9, 1)),
        a_batch(lot="B-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)),
        place="Shelf B",
    )

    found = batches.card(on(shelf, date(2026, 11, 20)), "B-1").standing

    assert (found.storage, found.review) == (Storage.NOT_MONITORED, None)


def test_a_thermometer_that_is_read_there_stands_in_for_a_logger(shelf):
    ledger.move(on(shelf, date(2026, 11, 6)), LOT, "Shelf B")
    assert standing(shelf, date(2026, 11, 6)).storage is Storage.INCOMPLETE
    for day in (6, 9, 12):
        daily.read(on(shelf, date(2026, 11, day)), "Shelf B", lowest=21, highest=23)

    assert standing(shelf, date(2026, 11, 15)).storage is Storage.IN_RANGE
    assert own_record(shelf, date(2026, 11, 15)) == (False, 1.0)
    assert standing(shelf, date(2026, 11, 17)).storage is Storage.INCOMPLETE
    assert safety.check(shelf) == []


def test_a_logger_that_is_set_up_where_it_stands_ends_what_is_not_known(shelf):
    ledger.move(on(shelf, date(2026, 11, 6)), LOT, "Shelf B")
    then = on(shelf, date(2026, 11, 6))
    loggers.add(then, "Room 2", "UTC")

    loggers.watch(then, "Room 2", "Shelf B", then.now())

    assert standing(shelf, date(2026, 11, 20)).storage is Storage.IN_RANGE
    assert safety.check(shelf) == []


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
