"""However a record is cut into files, what is known of it is what the whole shows (R14, R16, R18)."""

from array import array
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import pairwise

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from builders import a_batch, fresh, keep
from ldninv.domain.entries import Decision
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.series import Series
from ldninv.domain.stored import Storage
from ldninv.services import batches, ledger
from ldninv.services.storage import deciding, looking
from ldninv.services.storage.deciding import Choice
from rooms import HOUR, START, a_room, brought

LOT = "OLD-1"
BATCH = a_batch(lot=LOT, prepared=date(2026, 10, 1), beyond_use=date(2027, 10, 1))
MADE = datetime(2026, 10, 1, 8, tzinfo=UTC)


@pytest.fixture
def shelf(context):
    keep(replace(context, now=lambda: MADE, today=MADE.date), BATCH)
    return context


def now(context):
    return batches.card(context, LOT).standing


def parts(series, ends):
    """Return a series cut before each of these readings."""
    bounds = [0, *ends, len(series.seconds)]
    pieces = [slice(*bound) for bound in pairwise(bounds) if bound[0] < bound[1]]
    return [Series(series.seconds[piece], series.celsius[piece]) for piece in pieces]


def known(context):
    """Return all that is known of the record: what happened and whom it touched, and what the batch's storage is."""
    found = [replace(each, id=0, thread=0, at="") for each in _happenings(context)]
    with context.store.reading() as work:
        return found, work.happenings.kept()


def _happenings(context):
    with context.store.reading() as work:
        return sorted(work.happenings.now(), key=lambda each: (each.start, each.kind))


RUNS = st.lists(
    st.tuples(st.sampled_from([22.0, 22.0, 18.0, 26.0, 31.0, 35.0, 41.0, 14.0, None]), st.integers(1, 30)),
    min_size=1,
    max_size=8,
)


@settings(max_examples=20, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(data=st.data(), runs=RUNS)
def test_a_record_in_pieces_in_any_order_is_judged_as_the_whole(data, runs):
    hourly = [celsius for celsius, hours in [(22.0, 6), *runs] for _ in range(hours)]
    read = [(START + at * HOUR, celsius) for at, celsius in enumerate(hourly) if celsius is not None]
    whole = Series(array("d", [moment for moment, _ in read]), array("d", [celsius for _, celsius in read]))
    cuts = data.draw(st.lists(st.integers(0, len(read)), max_size=5).map(sorted))
    pieces = data.draw(st.permutations(parts(whole, cuts)))
    with fresh() as one, fresh() as many:
        for context in (one, many):
            keep(replace(context, now=lambda: MADE, today=MADE.date), BATCH)
        brought(one, whole)
        for piece in pieces:
            brought(many, piece)

        assert known(many) == known(one)


SET = st.lists(
    st.tuples(st.sampled_from([22.0, 26.0, 31.0, None]), st.integers(1, 25), st.sampled_from([10, 60, 240])),
    min_size=2,
    max_size=8,
)


@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(data=st.data(), runs=SET)
def test_a_record_whose_interval_was_changed_is_judged_in_pieces_as_the_whole(data, runs):
    moment, moments, values = START, array("d"), array("d")
    for celsius, count, minutes in runs:
        for _ in range(count):
            moment += 60 * minutes
            if celsius is not None:
                moments.append(moment)
                values.append(celsius)
    cuts = data.draw(st.lists(st.integers(0, len(moments)), max_size=5).map(sorted))
    pieces = data.draw(st.permutations(parts(Series(moments, values), cuts)))
    with fresh() as one, fresh() as many:
        for context in (one, many):
            keep(replace(context, now=lambda: MADE, today=MADE.date), BATCH)
        for whole in [Series(moments, values)] if moments else []:
            brought(one, whole)
        for piece in pieces:
            brought(many, piece)

        assert known(many) == known(one)


SPRING = datetime(2026, 5, 20, tzinfo=UTC)
OLDER = a_batch(lot=LOT, prepared=date(2026, 5, 1), beyond_use=date(2027, 5, 1))
YOUNGER = a_batch(lot="YOUNG-1", prepared=date(2026, 8, 1), beyond_use=date(2027, 8, 1))

DAILY = 31.5
"""Stands for days of 22 °C with one reading of 31.5 °C in each: in 30 days that is more than a day."""
MONTHS = st.lists(
    st.tuples(st.sampled_from([22.0, 22.0, 24.5, 26.0, 28.0, 35.0, DAILY, None]), st.integers(1, 40)),
    min_size=4,
    max_size=14,
)


def of_months(runs, step):
    """Return up to six months of readings: some days of each temperature, or without any."""
    moments, values = array("d"), array("d")
    for at in range(170 * 24 // step):
        day, hour = divmod(at * step, 24)
        for celsius, days in [*runs, (22.0, 170)]:  # noqa: B007 - the one that the day falls into
            if day < days:
                break
            day -= days
        if celsius is not None:
            moments.append(SPRING.timestamp() + at * step * HOUR)
            values.append(22.0 if celsius == DAILY and hour >= step else celsius)
    return Series(moments, values)


@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(data=st.data(), runs=MONTHS, step=st.sampled_from([2, 3, 6]))
@example(data=None, runs=[(22.0, 40), (35.0, 1), (22.0, 25), (35.0, 1), (22.0, 25), (35.0, 1)], step=6)
@example(data=None, runs=[(22.0, 20), (DAILY, 70), (22.0, 20), (28.0, 30)], step=3)
@example(data=None, runs=[(28.0, 12), (None, 45), (26.0, 20), (None, 40), (28.0, 10)], step=6)
def test_a_record_of_months_in_pieces_in_any_order_is_judged_as_the_whole(data, runs, step):
    whole = of_months(runs, step)
    count = len(whole.seconds)
    if data is None:
        pieces = parts(whole, range(0, count, count // 9))[::-1]
        pieces = pieces[::2] + pieces[1::2]
    else:
        cuts = data.draw(st.lists(st.integers(0, count), max_size=8).map(sorted))
        pieces = data.draw(st.permutations(parts(whole, cuts)))
    with fresh() as one, fresh() as many:
        for context in (one, many):
            for batch in (OLDER, YOUNGER):
                made = datetime.combine(batch.prepared, time(8), UTC)
                keep(replace(context, now=lambda made=made: made, today=made.date), batch)
        brought(one, whole)
        for piece in pieces:
            brought(many, piece)

        assert known(many) == known(one)


def test_every_too_warm_month_of_a_record_holds_what_stood_there(context):
    made = datetime.combine(OLDER.prepared, time(8), UTC)
    keep(replace(context, now=lambda: made, today=made.date), OLDER)

    brought(context, of_months([(27.0, 30), (22.0, 70), (28.0, 30)], 6))

    warm = [each for each in _happenings(context) if each.kind == "mkt-30d"]
    assert [round((each.start - SPRING.timestamp()) / HOUR / 24) for each in warm] == [0, 83]
    assert [len(each.touched) for each in warm] == [1, 1]


def test_a_week_without_a_record_between_two_files_is_a_gap(shelf):
    brought(shelf, a_room(hours=72, step=HOUR))
    brought(shelf, a_room(hours=72, step=HOUR, start=START + 240 * HOUR))

    assert [(each.kind, each.start, each.end) for each in _happenings(shelf)] == [
        ("gap", START + 71 * HOUR, START + 240 * HOUR)
    ]
    assert now(shelf).storage is Storage.INCOMPLETE
    assert now(shelf).review.startswith("no record at Shelf A for 7.0 days")


@pytest.mark.parametrize("backwards", [False, True])
def test_a_spell_that_goes_on_over_two_files_is_one(shelf, backwards):
    warm = a_room(hours=120, step=HOUR, t31=(30, 54))
    pieces = parts(warm, [54])
    brought(shelf, pieces[backwards])
    brought(shelf, pieces[not backwards])

    assert now(shelf).storage is Storage.BREACH
    with pytest.raises(Refused, match="hold"):
        ledger.dispense(shelf, LOT, 30, days_supply=30)


def test_a_decided_spike_reopens_as_the_breach_that_the_next_file_makes_of_it(shelf):
    first, second = parts(a_room(hours=120, step=HOUR, t31=(30, 54)), [54])
    brought(shelf, first)
    (spike,) = [each for each in looking.events(shelf, waiting=True) if each.happening.kind == "above-30"]
    deciding.decide(shelf, spike.happening.id, {LOT: Choice(Decision.KEEP)}, reason="short")

    brought(shelf, second)

    assert (now(shelf).state, now(shelf).storage) == ("held", Storage.BREACH)
    assert str(looking.event(shelf, spike.happening.id).status) == "evidence-changed"
