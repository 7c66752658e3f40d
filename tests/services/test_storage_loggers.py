"""A place's record is what all its loggers know together: a change of loggers is no edge of it (R14, R15, R18)."""

from array import array
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from builders import a_batch, fresh, keep
from ldninv.domain.entries import Decision
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.happenings import Aspect, Effect
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.series import Series
from ldninv.domain.stored import Storage
from ldninv.services import batches, ledger, safety
from ldninv.services.storage import deciding, loggers, looking, papers
from ldninv.services.storage.deciding import Choice
from ldninv.services.storage.places_now import places_now
from rooms import HOUR, START, a_room, at, brought

LOT, YOUNG = "OLD-1", "NEW-1"
DAY = 24 * HOUR


@pytest.fixture
def shelf(context):
    stood(context)
    return at(context, 24 * 100)


def stood(context):
    keep(at(context, -24 * 60), a_batch(lot=LOT, prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))


def now(context, lot=LOT):
    return batches.card(context, lot).standing


def harm(context, lot):
    """Return how warm a batch stood; how much of it is known is another question."""
    return max(now(context, lot).storage, Storage.INCOMPLETE, key=lambda each: each.harm)


def in_turn(context, series, cuts, order=None):
    """Bring a record in as that of several loggers, each of which took over from the one before."""
    ends = [0, *cuts, len(series.seconds)]
    parts = [series.cut(first, stop) for first, stop in pairwise(ends)]
    for number in order or range(len(parts)):
        brought(context, parts[number], logger=f"Logger {number}")


def breaches(context):
    """Return what holds for its length or its mean; of what is above 40 °C each part holds alone, however short."""
    found = (each.happening for each in looking.events(context))
    return {
        (each.aspect, each.start, each.end)
        for each in found
        if each.effect is Effect.HOLD and each.kind not in {"above-40", "below-15"}
    }


RUNS = st.lists(
    st.tuples(st.sampled_from([22.0, 22.0, 24.5, 26.0, 29.0, 31.0, 35.0, 41.0, None]), st.integers(1, 60)),
    min_size=3,
    max_size=12,
)


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(data=st.data(), runs=RUNS, step=st.sampled_from([1, 6]))
def test_loggers_in_turn_and_in_any_order_hold_what_one_that_stayed_would_hold(data, runs, step):
    known = [celsius for celsius, count in [(22.0, 2), *runs] for _ in range(count)]
    read = [(START + at * step * HOUR, celsius) for at, celsius in enumerate(known) if celsius is not None]
    whole = Series(array("d", [moment for moment, _ in read]), array("d", [celsius for _, celsius in read]))
    cuts = data.draw(st.sets(st.integers(1, len(read) - 1), max_size=3).map(sorted)) if len(read) > 1 else []
    order = data.draw(st.permutations(range(len(cuts) + 1)))
    middle = int((whole.seconds[-1] - START) / HOUR / 2)
    with fresh() as one, fresh() as many:
        for context in (one, many):
            stood(context)
            young = at(context, middle)
            keep(young, a_batch(lot=YOUNG, prepared=young.today(), beyond_use=date(2027, 9, 1)))
        one, many = at(one, 24 * 200), at(many, 24 * 200)  # noqa: PLW2901 - later
        brought(one, whole)
        in_turn(many, whole, cuts, order)

        for lot in (LOT, YOUNG):
            assert (now(many, lot).state, harm(many, lot)) == (now(one, lot).state, harm(one, lot))
        few = 3 * step * HOUR  # readings by which a breach that a part shows alone may be shorter
        for aspect, start, end in breaches(one):
            assert any(
                also is aspect and abs(since - start) <= few and abs(until - end) <= few
                for also, since, until in breaches(many)
                if aspect is not Aspect.TEMPERATURE or end - start >= DAY
            ) or (aspect is Aspect.TEMPERATURE and end - start < DAY)
        assert safety.check(many) == []


@pytest.mark.parametrize("closed", [False, True])
def test_a_spell_that_goes_on_when_the_loggers_are_changed_is_one_spell(shelf, closed):
    brought(shelf, a_room(hours=59, step=HOUR, t33=(38, 60)), logger="Logger 1")
    if closed:
        loggers.watch(shelf, "Logger 1", None, datetime.fromtimestamp(START + 58.5 * HOUR, UTC))
    brought(shelf, a_room(hours=60, step=HOUR, start=START + 59 * HOUR, t33=(0, 21)), logger="Logger 2")

    assert (now(shelf).state, now(shelf).storage) == ("held", Storage.BREACH)
    (spell,) = [each.happening for each in looking.events(shelf) if each.happening.effect is Effect.HOLD]
    assert (spell.loggers, round(spell.hours)) == (("Logger 1", "Logger 2"), 42)
    with pytest.raises(Refused, match="hold"):
        ledger.dispense(shelf, LOT, 30, days_supply=30)
    assert safety.check(shelf) == []


def test_a_month_that_is_too_warm_is_so_whoever_recorded_its_weeks(shelf):
    in_turn(shelf, a_room(hours=24 * 80, step=HOUR, celsius=26.0), [24 * 20, 24 * 40, 24 * 60])

    assert now(shelf).state == "held"
    (mean,) = [each for each in looking.events(shelf, waiting=True) if each.happening.effect is Effect.HOLD]
    assert (mean.happening.aspect, mean.happening.hours) == (Aspect.MEAN, 24 * 80 - 1)


def test_a_day_above_30_in_30_days_is_asked_for_whoever_recorded_it(shelf):
    warm = a_room(hours=24 * 20, step=HOUR, t31=(100, 110))
    in_turn(shelf, warm, [105])
    assert [each for each in looking.events(shelf) if each.happening.aspect is Aspect.SUMMED] == []

    brought(shelf, a_room(hours=24, step=HOUR, start=START + 24 * 20 * HOUR, t31=(2, 20)), logger="Logger 3")

    (summed,) = [each.happening for each in looking.events(shelf) if each.happening.aspect is Aspect.SUMMED]
    assert len(summed.loggers) == 3


def test_the_month_before_the_loggers_were_changed_may_come_in_later(shelf):
    warm = a_room(hours=24 * 40, step=HOUR, celsius=26.0)
    in_turn(shelf, warm, [24 * 20], order=[1])
    assert now(shelf).state == "released"

    in_turn(shelf, warm, [24 * 20], order=[0])

    assert now(shelf).state == "held"


def test_what_was_decided_of_one_logger_is_open_again_when_the_next_shows_that_it_went_on(shelf):
    warm = a_room(hours=200, step=HOUR, t33=(30, 80))
    in_turn(shelf, warm, [60], order=[0])
    (spell,) = [each for each in looking.events(shelf, waiting=True) if each.happening.effect is Effect.HOLD]
    deciding.decide(shelf, spell.happening.id, {LOT: Choice(Decision.KEEP)}, reason="30 h only")
    assert now(shelf).state == "released"

    in_turn(shelf, warm, [60], order=[1])

    assert now(shelf).state == "held"


def test_two_loggers_at_the_same_time_are_judged_each_alone(shelf):
    brought(shelf, a_room(hours=100, step=HOUR, t33=(20, 35)), logger="High")
    brought(shelf, a_room(hours=100, step=HOUR, t33=(34, 49)), logger="Low")

    assert (now(shelf).state, now(shelf).storage) == ("released", Storage.SPIKE)
    assert [each for each in looking.events(shelf) if each.happening.loggers] == []


@pytest.mark.parametrize("closed", [False, True])
def test_a_place_is_judged_by_all_that_its_loggers_saw_in_a_month(shelf, closed):
    brought(shelf, a_room(hours=48, step=HOUR, t45=(20, 40)), logger="Logger 1")
    if closed:
        loggers.watch(shelf, "Logger 1", None, datetime.fromtimestamp(START + 47.5 * HOUR, UTC))
    brought(shelf, a_room(hours=12, step=HOUR, start=START + 48 * HOUR), logger="Logger 2")

    (place,) = [each for each in places_now(shelf) if each.place.name == "Shelf A"]
    assert (place.judged.level, place.judged.max_c, place.judged.readings) == (Level.BREACH, 45.0, 60)
    record = {part.title: part for part in papers.record(shelf, "Shelf A", date(2026, 11, 1), date(2026, 11, 3)).parts}
    assert "breach" in str(record.values())


def test_the_month_of_a_place_is_no_less_than_a_month_where_its_loggers_were_changed(shelf):
    in_turn(shelf, a_room(hours=24 * 40, step=HOUR, celsius=26.0), [24 * 20])

    (place,) = [each for each in places_now(shelf) if each.place.name == "Shelf A"]
    assert (place.judged.level, place.judged.mkt_provisional) == (Level.BREACH, False)


def test_a_spell_that_two_loggers_show_together_is_the_same_whichever_is_read_out_last(shelf):
    def both(start, hours, **spells):
        for name, gap in (("Logger 2", (24, 26)), ("Logger 1", (28, 30))):
            brought(shelf, a_room(hours=hours, start=START + start * HOUR, gap=gap, **spells), logger=name)

    both(0, 60, t33=(10, 40))
    (spell,) = [each.happening for each in looking.events(shelf, waiting=True) if each.happening.effect is Effect.HOLD]
    deciding.decide(shelf, spell.id, {LOT: Choice(Decision.KEEP)}, reason="looked at")

    both(60, 20)
    brought(shelf, a_room(hours=10, start=START + 80 * HOUR), logger="Logger 1")

    assert [each for each in looking.events(shelf, waiting=True) if each.happening.effect is Effect.HOLD] == []
    assert (spell.loggers, now(shelf).state) == (("Logger 1", "Logger 2"), "released")
    assert safety.check(shelf) == []
