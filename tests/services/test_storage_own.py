"""A batch's own storage record along its path, and what its dossier says of it (R16, R18)."""

from array import array
from dataclasses import replace
from datetime import date
from math import nan

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from builders import a_batch, fresh, keep
from ldninv.domain.entries import Decision
from ldninv.domain.expiry import Container
from ldninv.domain.places import Light
from ldninv.domain.storage.level import Level
from ldninv.domain.storage.series import Beyond, Series
from ldninv.domain.stored import Storage
from ldninv.reports.dossier import NO_STORAGE
from ldninv.reports.storage_record import NO_SERIES
from ldninv.services import batches, dossier, ledger, safety, standing
from ldninv.services.batches import known
from ldninv.services.places import add_place
from ldninv.services.storage import daily, deciding, looking, own
from ldninv.services.storage.deciding import Choice
from rooms import HOUR, START, a_room, at, brought

pytestmark = pytest.mark.on_both

LOT = "OLD-1"


@pytest.fixture
def shelf(context):
    keep(at(context, -24 * 60), a_batch(lot=LOT, prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    add_place(context, "Shelf B")
    return context


def judged(context):
    with context.store.reading() as work:
        return own.judged(context, work, known(work, LOT))


def parts(context):
    return {part.title: part for part in dossier.document(at(context, 200), LOT).parts}


def test_a_batch_that_left_before_it_got_hot_has_a_record_that_knows_nothing_of_it(shelf):
    ledger.move(at(shelf, 40), LOT, "Shelf B")
    brought(at(shelf, 200), a_room(hours=100, celsius=22.0, t41=(50, 60)))
    brought(at(shelf, 200), a_room(hours=100, celsius=24.0), place="Shelf B", logger="Room 2")

    found = judged(shelf)

    assert found.level is Level.IN_RANGE
    assert (found.min_c, found.max_c) == (22.0, 24.0)
    assert found.coverage == pytest.approx(1)
    assert 22 < found.mkt_c < 24


def test_a_batch_that_stayed_has_the_breach_in_its_record_and_its_dossier_says_so(shelf):
    brought(at(shelf, 200), a_room(hours=100, t41=(50, 60)))

    assert judged(shelf).level is Level.BREACH
    known_of_it = parts(shelf)
    assert dict(known_of_it["Storage"].facts)["Level"].startswith("breach")
    row = known_of_it["What happened where it stood"].rows[-1]
    assert "above 40 °C at Shelf A" in str(known_of_it["What happened where it stood"].rows)
    assert len(row) == len(known_of_it["What happened where it stood"].columns)


def test_a_batch_that_no_logger_saw_is_not_monitored(shelf):
    assert judged(shelf) is None
    assert parts(shelf)["Storage"].facts == ()
    assert parts(shelf)["Storage"].none == NO_STORAGE


def test_a_batch_of_which_only_days_are_known_is_said_to_have_no_series_and_never_to_be_unmonitored(shelf):
    daily.read(at(shelf, 50), "Shelf A", lowest=20, highest=24)
    daily.read(at(shelf, 80), "Shelf A", lowest=19.5, highest=31)
    ledger.move(at(shelf, 90), LOT, "Shelf B")
    daily.read(at(shelf, 150), "Shelf A", lowest=10, highest=50)

    facts = dict(parts(shelf)["Storage"].facts)

    assert facts["Days"] == "lowest and highest of 2 days from 2026-11-03 to 2026-11-04: 19.5 to 31.0 °C"
    assert facts["Readings"] == NO_SERIES


def in_a(container, context):
    batch = a_batch(lot="IN-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1), container=container)
    keep(at(context, -24 * 60), batch)


def own_of(context, lot):
    with context.store.reading() as work:
        return own.judged(context, work, known(work, lot))


def test_the_light_of_a_place_is_in_the_record_of_a_batch_for_the_hours_it_stood_there(shelf):
    ledger.move(at(shelf, 52), LOT, "Shelf B")
    brought(at(shelf, 200), a_room(hours=100, lit=(50, 60)))
    brought(at(shelf, 200), a_room(hours=100), place="Shelf B", logger="Room 2")

    (light,) = judged(shelf).light

    assert light.hours == pytest.approx(2.16, abs=0.01)
    assert "light once" in judged(shelf).review[-1]
    assert "up to 500 lux" in dict(parts(shelf)["Storage"].facts)["To look at"]


def test_light_is_written_down_and_asks_nothing_of_a_container_that_keeps_it_out(shelf):
    in_a(Container.LIGHT_RESISTANT, shelf)
    brought(at(shelf, 200), a_room(hours=100, lit=(50, 60)))

    found = own_of(shelf, "IN-1")

    assert len(found.light) == 1
    assert found.review == ()
    facts = {part.title: part for part in dossier.document(at(shelf, 200), "IN-1").parts}["Storage"].facts
    assert "its container keeps light out" in dict(facts)["Light"]


def test_a_clear_container_that_stood_in_the_light_is_to_be_looked_at_even_after_it_left(shelf):
    in_a(Container.CLEAR, shelf)
    add_place(shelf, "Window", light=Light.OPEN)
    ledger.move(at(shelf, 10), "IN-1", "Window")
    ledger.move(at(shelf, 20), "IN-1", "Shelf A")
    brought(at(shelf, 200), a_room(hours=100))

    assert own_of(shelf, "IN-1").review[-1] == "a clear container at Window, which is open"


def test_a_batch_that_came_back_to_its_place_has_one_record_of_it(shelf):
    ledger.move(at(shelf, 40), LOT, "Shelf B")
    ledger.move(at(shelf, 45), LOT, "Shelf A")
    brought(at(shelf, 200), a_room(hours=100, t31=(30, 60)))

    found = judged(shelf)

    assert [(gap.start, gap.end) for gap in found.gaps] == [(START + 40 * HOUR, START + 45 * HOUR)]
    above = [event for event in found.events if event.kind == "above-30"]
    assert [round(event.hours) for event in above] == [10, 15]


def moved_in_the_heat(context, *, second=True):
    """A batch that stood warm at one shelf, and was moved while it was warm at the other."""
    ledger.move(at(context, 36), LOT, "Shelf B")
    brought(at(context, 200), a_room(hours=100, step=HOUR, t35=(23, 37)))
    if second:
        brought(at(context, 200), a_room(hours=100, step=HOUR, t35=(35, 50)), place="Shelf B", logger="Room 2")


def waiting(context):
    return [seen for seen in looking.events(context, waiting=True) if seen.happening.path]


def test_a_spell_that_goes_on_along_the_path_of_a_batch_holds_it(shelf):
    moved_in_the_heat(shelf)

    (event,) = waiting(shelf)
    assert (event.happening.places, [each.lot for each in event.batches]) == (("Shelf A", "Shelf B"), [LOT])
    (spell,) = [each for each in judged(shelf).events if each.kind == "above-30"]
    assert (event.happening.span, event.happening.hours) == ((spell.start, spell.end), spell.hours)
    standing = batches.card(shelf, LOT).standing
    assert (standing.state, standing.storage) == ("held", Storage.BREACH)
    assert "at Shelf A and Shelf B for 2" in " ".join(standing.reasons)
    assert safety.check(shelf) == []


def test_what_a_batch_carried_is_decided_and_reopens_when_its_evidence_changes(shelf):
    moved_in_the_heat(shelf)
    number = waiting(shelf)[0].happening.id
    deciding.decide(shelf, number, {LOT: Choice(Decision.KEEP)}, reason="a day, MKT 24")
    assert (batches.card(shelf, LOT).standing.state, waiting(shelf)) == ("released", [])

    warmer = a_room(hours=100, step=HOUR, start=START + 1800, t35=(35, 50))
    brought(at(shelf, 200), warmer, place="Shelf B", logger="Room 2")

    assert (batches.card(shelf, LOT).standing.state, len(waiting(shelf))) == ("held", 1)


def test_a_move_that_is_taken_back_takes_back_what_it_carried(shelf):
    moved = ledger.move(at(shelf, 36), LOT, "Shelf B").posted
    brought(at(shelf, 200), a_room(hours=100, step=HOUR, t35=(23, 37)))
    brought(at(shelf, 200), a_room(hours=100, step=HOUR, t35=(35, 50)), place="Shelf B", logger="Room 2")
    assert waiting(shelf)

    ledger.void(at(shelf, 201), moved.id, reason="wrong batch")

    assert waiting(shelf) == []
    assert [each for each in looking.events(shelf, place="Shelf B") if each.batches] == []


def test_another_batch_at_the_same_places_is_not_touched_by_what_one_carried(shelf):
    keep(at(shelf, -24 * 60), a_batch(lot="TWO-1", prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    moved_in_the_heat(shelf)

    assert batches.card(shelf, "TWO-1").standing.storage is Storage.SPIKE


def test_a_mean_that_is_too_warm_only_along_the_path_holds_the_batch(shelf):
    half = 15 * 24
    ledger.move(at(shelf, half), LOT, "Shelf B")
    late = at(shelf, 900)
    brought(late, a_room(hours=900, step=HOUR, celsius=20.5, t28=(0, half)))
    brought(
        late, a_room(hours=900, step=HOUR, celsius=20.5, t28=(half, 2 * half + 1)), place="Shelf B", logger="Room 2"
    )

    (event,) = waiting(shelf)
    assert (event.happening.kind, event.happening.extreme_c > 27) == ("mkt-30d", True)
    assert batches.card(late, LOT).standing.state == "held"


@pytest.mark.parametrize("second", [24.9, 22.0])
def test_a_mean_that_is_too_warm_by_what_one_place_brings_holds_the_batch(context, second):
    keep(at(context, -24 * 60), a_batch(lot=LOT, prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
    add_place(context, "Shelf B")
    late = at(context, 1200)
    ledger.move(at(context, 720), LOT, "Shelf B")
    brought(late, a_room(hours=1200, step=HOUR, celsius=20.0, t26=(240, 720)))
    brought(late, a_room(hours=1200, step=HOUR, celsius=second), place="Shelf B", logger="Room 2")

    assert judged(late).level is (Level.BREACH if second > 24 else Level.ALLOWED_EXCURSION)
    assert batches.card(late, LOT).standing.state == ("held" if second > 24 else "released")


def test_what_the_logger_before_saw_is_in_the_record_of_a_batch(shelf):
    brought(at(shelf, 200), a_room(hours=100, t45=(50, 60)), logger="Old")
    brought(at(shelf, 200), a_room(hours=100, start=START + 100 * HOUR), logger="New")

    assert (judged(shelf).level, judged(shelf).max_c) == (Level.BREACH, 45.0)
    assert "45.0 °C" in str(parts(shelf)["Storage"].facts)


def test_what_the_second_of_two_loggers_saw_is_in_the_record_of_a_batch(shelf):
    brought(at(shelf, 200), a_room(hours=100), logger="Cool")
    brought(at(shelf, 200), a_room(hours=99, t45=(50, 60)), logger="Hot")

    assert (judged(shelf).level, judged(shelf).max_c) == (Level.BREACH, 45.0)


def test_of_two_loggers_with_lux_the_one_that_saw_more_light_counts(shelf):
    in_a(Container.CLEAR, shelf)
    brought(at(shelf, 200), a_room(hours=100, lux=0.0), logger="Behind the box")
    brought(at(shelf, 200), a_room(hours=99, lit=(50, 60)), logger="In front")

    assert [round(each.hours) for each in own_of(shelf, "IN-1").light] == [10]


def test_a_spell_that_went_on_at_the_next_place_is_another_than_the_one_that_was_decided(shelf):
    ledger.move(at(shelf, 30), LOT, "Shelf B")
    brought(at(shelf, 60), a_room(hours=60, step=HOUR, t39=(4, 31)))
    number = next(
        each.happening.id for each in looking.events(shelf, waiting=True) if each.happening.kind == "above-30"
    )
    deciding.decide(at(shelf, 61), number, {LOT: Choice(Decision.KEEP)}, reason="26 h only")
    assert batches.card(shelf, LOT).standing.state == "released"

    brought(at(shelf, 62), a_room(hours=62, step=HOUR, t39=(30, 52)), place="Shelf B", logger="Room 2")

    assert judged(shelf).level is Level.BREACH
    assert batches.card(shelf, LOT).standing.state == "held"
    assert safety.check(shelf) == []


def test_a_batch_that_came_from_the_heat_into_the_cool_is_not_asked_for_twice(shelf):
    ledger.move(at(shelf, 30 * 24), LOT, "Shelf B")
    late = at(shelf, 60 * 24)
    brought(late, a_room(hours=30 * 24 + 2, step=HOUR, celsius=27.0))
    standing.decide(late, LOT, Decision.KEEP, reason="a month at 27")

    brought(late, a_room(hours=60 * 24, step=HOUR, celsius=21.0), place="Shelf B", logger="Room 2")

    assert batches.card(late, LOT).standing.state == "released"
    assert waiting(late) == []


WARM = st.lists(
    st.tuples(st.sampled_from([22.0, 22.0, 24.5, 26.0, 29.0, 33.0, 41.0, None]), st.integers(1, 200)),
    min_size=2,
    max_size=8,
)


@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    rooms=st.lists(st.tuples(st.sampled_from(["Shelf A", "Shelf B"]), st.integers(0, 600), WARM), max_size=4),
    moves=st.lists(st.integers(-10, 900), max_size=3).map(sorted),
)
def test_a_batch_whose_own_record_is_a_breach_is_on_hold(rooms, moves):
    with fresh() as context:
        keep(at(context, -24 * 60), a_batch(lot=LOT, prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)))
        add_place(context, "Shelf B")
        for number, hour in enumerate(moves):
            ledger.move(at(context, hour), LOT, "Shelf A" if number % 2 else "Shelf B")
        late = at(context, 24 * 300)
        for number, (place, first, runs) in enumerate(rooms):
            read = [celsius for celsius, hours in runs for _ in range(hours)]
            known = [(START + (first + at) * HOUR, celsius) for at, celsius in enumerate(read) if celsius is not None]
            if known:
                series = Series(array("d", [moment for moment, _ in known]), array("d", [value for _, value in known]))
                brought(late, series, place=place, logger=f"Logger {number}")

        found = judged(late)

        if found is not None and found.level is Level.BREACH:
            assert batches.card(late, LOT).standing.state == "held"
        assert safety.check(late) == []


@pytest.mark.parametrize("place", ["Shelf A", "Shelf B"])
def test_on_the_day_of_a_move_that_is_written_down_on_another_a_batch_has_the_record_of_both_places(shelf, place):
    ledger.move(replace(at(shelf, 24 * 9), today=lambda: date(2026, 11, 6)), LOT, "Shelf B")
    for number, each in enumerate(("Shelf A", "Shelf B")):
        spells = {"t41": (24 * 5 + 6, 24 * 5 + 8)} if each == place else {}
        brought(at(shelf, 480), a_room(hours=480, **spells), place=each, logger=f"Logger {number}")

    now = at(shelf, 480)
    new, old = batches.card(now, LOT).places
    assert (judged(now).level, batches.card(now, LOT).standing.state) == (Level.BREACH, "held")
    assert (old.to, new.from_) == ("2026-11-07T00:00:00+00:00", "2026-11-06T00:00:00+00:00")


def two_loggers(context, place, hours, *celsius):
    for number, each in enumerate(celsius):
        moments = array("d", [START + hour * HOUR for hour in range(hours)])
        series = Series(moments, array("d", [each(hour) for hour in range(hours)]))
        brought(at(context, hours), series, place=place, logger=f"{place} {number}")


@pytest.mark.parametrize("stood_at", ["Shelf A", "Shelf B"])
def test_what_two_loggers_saw_in_turn_holds_nobody_wherever_it_came_from(shelf, stood_at):
    ledger.move(at(shelf, 30 if stood_at == "Shelf A" else -24 * 59), LOT, "Shelf B")
    two_loggers(shelf, "Shelf A", 100, lambda _: 22.0, lambda _: 22.1)
    two_loggers(
        shelf,
        "Shelf B",
        100,
        lambda hour: 33.0 if 40 <= hour < 54 else 22.0,
        lambda hour: 33.0 if 53 <= hour < 67 else 22.1,
    )

    late = at(shelf, 101)
    assert judged(late).level is Level.SPIKE
    assert (batches.card(late, LOT).standing.state, waiting(late)) == ("released", [])
    assert safety.check(late) == []


@pytest.mark.parametrize("stood_at", ["Shelf A", "Shelf B"])
def test_a_mean_is_that_of_one_logger_of_each_place_wherever_a_batch_came_from(shelf, stood_at):
    ledger.move(at(shelf, 30 if stood_at == "Shelf A" else -24 * 59), LOT, "Shelf B")
    two_loggers(shelf, "Shelf A", 900, lambda _: 22.0, lambda _: 22.1)
    two_loggers(
        shelf,
        "Shelf B",
        900,
        lambda hour: 26.5 if hour // 24 % 2 else 22.0,
        lambda hour: 22.0 if hour // 24 % 2 else 26.5,
    )

    late = at(shelf, 901)
    assert judged(late).mkt_30d_max_c == pytest.approx(24.52, abs=0.02)
    assert batches.card(late, LOT).standing.state == "released"
    assert safety.check(late) == []


def test_a_spell_that_one_logger_of_each_place_saw_across_a_move_holds_though_the_others_were_cool(shelf):
    ledger.move(at(shelf, 36), LOT, "Shelf B")
    two_loggers(shelf, "Shelf A", 100, lambda _: 22.0, lambda hour: 35.0 if 23 <= hour < 37 else 22.1)
    two_loggers(shelf, "Shelf B", 100, lambda hour: 35.0 if 35 <= hour < 50 else 22.0, lambda _: 22.1)

    (event,) = waiting(shelf)
    assert event.happening.places == ("Shelf A", "Shelf B")
    assert (judged(shelf).level, batches.card(shelf, LOT).standing.state) == (Level.BREACH, "held")
    assert safety.check(shelf) == []


def test_a_batch_that_left_and_came_back_on_a_day_written_down_later_was_touched_once(shelf):
    then = replace(at(shelf, 24 * 9), today=lambda: date(2026, 11, 6))
    ledger.move(then, LOT, "Shelf B")
    ledger.move(then, LOT, "Shelf A")

    done = brought(at(shelf, 240), a_room(hours=240, t41=(24 * 5 + 6, 24 * 5 + 8)))

    assert [lot for lot, _ in done.marked] == [LOT]
    assert safety.check(at(shelf, 240)) == []


@pytest.mark.parametrize(("came", "held"), [(116.6, True), (116.8, True), (116 + 5 / 6, False)])
def test_a_mark_that_proves_a_breach_holds_who_stood_there_and_its_own_record_says_so(shelf, came, held):
    room = a_room()
    said = array("d", [nan]) * len(room.seconds)
    said[700] = float(Beyond.ABOVE_AFTER | Beyond.HOT_AFTER)
    said[701] = float(Beyond.ABOVE_BEFORE | Beyond.HOT_BEFORE)
    ledger.move(at(shelf, 1), LOT, "Shelf B")
    ledger.move(at(shelf, came), LOT, "Shelf A")

    done = brought(shelf, replace(room, beyond=said))

    assert done.held == ((LOT,) if held else ())
    told = "storage breach: above what the probe can measure, and so above 40 °C, at Shelf A for 10 min"
    assert batches.card(shelf, LOT).kept.stock.held == (told if held else None)
    assert (judged(shelf).level is Level.BREACH) is held
    assert safety.check(shelf) == []
    if held:
        (seen,) = looking.events(shelf, waiting=True)
        deciding.decide(shelf, seen.happening.id, {LOT: Choice(Decision.KEEP)}, reason="looked at")
        assert batches.card(shelf, LOT).kept.stock.held is None
        assert safety.check(shelf) == []


@pytest.mark.parametrize(("warm", "level"), [(45.0, Level.BREACH), (26.0, Level.ALLOWED_EXCURSION), (22.0, None)])
def test_what_came_at_the_very_last_reading_has_that_reading_in_its_record_where_it_marks_it(shelf, warm, level):
    room = a_room(hours=100)
    room.celsius[-1] = warm
    ledger.move(at(shelf, -1), LOT, "Shelf B")
    ledger.move(at(shelf, (room.seconds[-1] - START) / HOUR), LOT, "Shelf A")

    brought(at(shelf, 200), room)

    found = judged(shelf)
    assert (found and (found.level, found.readings, found.coverage)) == (level and (level, 1, 0.0))
    stored = batches.card(shelf, LOT).kept.stored.level
    assert stored == (Storage.NOT_MONITORED if level is None else Storage(level))
    assert batches.card(shelf, LOT).standing.usable is (level is not Level.BREACH)
    assert safety.check(shelf) == []
