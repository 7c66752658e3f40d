"""A decision rests on who stood there and when, as much as on the readings: what is corrected reopens it (R18)."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest

from builders import a_batch, keep
from ldninv.domain.entries import Decision
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.happenings import Status
from ldninv.services import batches, ledger, safety
from ldninv.services.places import add_place
from ldninv.services.storage import deciding, dispensed, loggers, looking, papers
from ldninv.services.storage.deciding import Choice
from ldninv.services.storage.importing import bring_in
from rooms import HOUR, START, ZONE, a_room, at, brought, incoming

LOT, OTHER = "OLD-1", "OLD-2"


@pytest.fixture
def shelf(context):
    made = [a_batch(lot=lot, prepared=date(2026, 9, 1), beyond_use=date(2027, 9, 1)) for lot in (LOT, OTHER)]
    keep(at(context, -24 * 60), *made)
    add_place(at(context, -24 * 60), "Shelf B")
    return context


def hot(context):
    return next(each for each in looking.events(context) if each.happening.kind == "above-30")


def keeps(context, lot=LOT, hours=48):
    seen = hot(context)
    deciding.decide(at(context, hours), seen.happening.id, {lot: Choice(Decision.KEEP)}, reason="twelve minutes only")
    return seen


def status(context, lot=LOT):
    return next(each.status for each in hot(context).batches if each.lot == lot)


def state(context, lot=LOT):
    return batches.card(context, lot).standing.state


@pytest.mark.on_both
def test_a_batch_that_stood_there_longer_than_was_decided_on_is_held_again(shelf):
    moved = ledger.move(at(shelf, 0.7), LOT, "Shelf B").posted
    brought(at(shelf, 48), a_room(hours=48, t38=(0.5, 29.5)))
    keeps(shelf)
    assert (status(shelf), state(shelf)) == (Status.DECIDED, "released")

    ledger.void(at(shelf, 49), moved.id, reason="never moved")

    assert (status(shelf), state(shelf)) == (Status.CHANGED, "held")
    with pytest.raises(Refused, match="on hold: storage breach"):
        ledger.dispense(at(shelf, 49), LOT, 10, days_supply=10, reinspected=True)
    assert safety.check(at(shelf, 49)) == []


def test_a_batch_that_stood_there_shorter_waits_for_another_decision_too(shelf):
    ledger.move(at(shelf, 5), LOT, "Shelf B")
    back = ledger.move(at(shelf, 10), LOT, "Shelf A").posted
    brought(at(shelf, 48), a_room(hours=48, t38=(0.5, 29.5)))
    keeps(shelf)

    ledger.void(at(shelf, 49), back.id, reason="stayed in the other place")

    assert status(shelf) is Status.CHANGED
    assert safety.check(at(shelf, 49)) == []


def test_what_was_decided_on_and_never_stood_there_waits_and_is_not_held(shelf):
    ledger.move(at(shelf, -10), LOT, "Shelf B")
    came = ledger.move(at(shelf, 10), LOT, "Shelf A").posted
    brought(at(shelf, 48), a_room(hours=48, t38=(0.5, 29.5)))
    keeps(shelf)

    ledger.void(at(shelf, 50), came.id, reason="another batch")

    here = at(shelf, 50)
    assert (status(shelf), state(shelf)) == (Status.CHANGED, "released")
    assert batches.card(here, LOT).standing.review.startswith(
        "evidence changed: no longer seen: above 30 °C at Shelf A"
    )
    assert dispensed.since(here, hot(here)) == []
    assert f"{LOT} (decided on, and never stood there)" in str(
        papers.record(here, "Shelf A", date(2026, 11, 1), date(2026, 11, 3)).parts
    )
    assert safety.check(here) == []
    keeps(shelf, hours=51)
    assert (status(shelf), batches.card(here, LOT).standing.review) == (Status.DECIDED, None)
    brought(at(shelf, 96), a_room(hours=96, t38=(0.5, 29.5)))
    assert status(shelf) is Status.DECIDED
    assert safety.check(at(shelf, 96)) == []


def test_a_corrected_move_of_one_batch_leaves_the_decision_on_another_closed(shelf):
    moved = ledger.move(at(shelf, 0.7), LOT, "Shelf B").posted
    brought(at(shelf, 48), a_room(hours=48, t38=(0.5, 29.5)))
    keeps(shelf, OTHER)

    ledger.void(at(shelf, 49), moved.id, reason="never moved")

    assert (status(shelf, OTHER), status(shelf)) == (Status.DECIDED, Status.OPEN)


def test_a_move_after_it_leaves_a_decision_closed(shelf):
    brought(at(shelf, 48), a_room(hours=48, t38=(0.5, 29.5)))
    keeps(shelf)

    ledger.move(at(shelf, 50), LOT, "Shelf B")

    assert status(shelf) is Status.DECIDED


def test_a_decision_on_a_stay_that_was_corrected_meanwhile_is_refused(shelf):
    moved = ledger.move(at(shelf, 0.7), LOT, "Shelf B").posted
    brought(at(shelf, 48), a_room(hours=48, t38=(0.5, 29.5)))
    seen = hot(shelf)
    ledger.void(at(shelf, 49), moved.id, reason="never moved")

    with pytest.raises(Refused, match="stood, and when, was corrected meanwhile"):
        deciding.decide(at(shelf, 50), seen.happening.id, {LOT: Choice(Decision.KEEP)}, reason="short")


@pytest.mark.parametrize(("place", "since", "to"), [("Shelf B", 0, None), (None, 3, 20), ("Shelf B", 20, 40)])
def test_where_a_logger_watched_being_corrected_for_the_past_reopens_a_decision(shelf, place, since, to):
    brought(at(shelf, 48), a_room(hours=48, t41=(5, 29.5)))
    seen = next(each for each in looking.events(shelf, waiting=True) if each.happening.kind == "above-40")
    deciding.decide(at(shelf, 48), seen.happening.id, {LOT: Choice(Decision.KEEP)}, reason="short")
    moments = [None if hours is None else datetime.fromtimestamp(START + hours * HOUR, UTC) for hours in (since, to)]

    loggers.watch(at(shelf, 49), "Room 1", place, *moments)

    waits = [(each.status, one.lot) for each in looking.events(shelf, waiting=True) for one in each.waiting]
    assert (Status.CHANGED, LOT) in waits
    assert safety.check(at(shelf, 49)) == []


def watch(context, place, since, to=None):
    moments = [None if hours is None else datetime.fromtimestamp(START + hours * HOUR, UTC) for hours in (since, to)]
    loggers.watch(at(context, 49), "Room 1", place, *moments)


@pytest.mark.parametrize("spell", ["t26", "t33", "t41", "lit"])
@pytest.mark.parametrize(("since", "to"), [(0, None), (3, 40), (7, 8)])
@pytest.mark.parametrize("elsewhere", ["Shelf B", None])
def test_a_logger_that_is_reassigned_and_put_back_leaves_nothing_for_the_check_to_find(
    shelf, elsewhere, since, to, spell
):
    brought(at(shelf, 48), a_room(hours=48, **{spell: (5, 12)}))
    before = [(each.happening.kind, each.happening.span) for each in looking.events(shelf)]

    watch(shelf, elsewhere, since, to)
    assert safety.check(at(shelf, 49)) == []
    watch(shelf, "Shelf A", since)
    assert safety.check(at(shelf, 49)) == []
    watch(shelf, "Shelf A", 0)

    assert safety.check(at(shelf, 49)) == []
    if to is None:
        assert [(each.happening.kind, each.happening.span) for each in looking.events(shelf)] == before
        assert len({each.happening.thread for each in looking.events(shelf)}) == len(before)


def test_a_decided_event_that_is_reassigned_and_put_back_is_the_same_one_and_its_decision_counts_again(shelf):
    brought(at(shelf, 48), a_room(hours=48, t41=(5, 12)))
    seen = next(each for each in looking.events(shelf, waiting=True) if each.happening.kind == "above-40")
    deciding.decide(at(shelf, 48), seen.happening.id, {LOT: Choice(Decision.KEEP)}, reason="short")

    watch(shelf, "Shelf B", 0)
    assert looking.event(shelf, seen.happening.id).status is Status.CHANGED
    watch(shelf, "Shelf A", 0)

    again = looking.event(shelf, seen.happening.id)
    assert {each.lot: each.status for each in again.batches} == {LOT: Status.DECIDED, OTHER: Status.OPEN}
    assert safety.check(at(shelf, 49)) == []


def says(context, *, rest, celsius="t60", hours=(8, 11), file="other.csv"):
    """Bring in a file of the same logger that says something else of some hours, and the same of all others."""
    series = a_room(hours=48, **({"t41": (8, 11)} | {celsius: hours} if hours != (8, 11) else {celsius: hours}))
    return bring_in(context, incoming(series, file=file), place="Shelf A", logger="Room 1", zone=ZONE, rest=rest)


def decided(context):
    brought(at(context, 48), a_room(hours=48, t41=(8, 11)))
    seen = next(each for each in looking.events(context, waiting=True) if each.happening.kind == "above-40")
    deciding.decide(at(context, 48), seen.happening.id, {LOT: Choice(Decision.KEEP)}, reason="41 °C only")
    return seen.happening.id


@pytest.mark.on_both
def test_a_file_that_contradicts_the_readings_of_a_decision_reopens_it_and_overwrites_nothing(shelf):
    number = decided(shelf)
    kept = looking.readings(shelf, "Shelf A", START, START + 48 * HOUR)

    done = says(at(shelf, 49), rest=True)

    again = looking.event(shelf, number)
    assert (done.new, done.conflicts, done.held) == (0, 18, (LOT,))
    assert (status_of(again), state(shelf)) == (Status.CHANGED, "held")
    assert (
        "above 40 °C at Shelf A for 2.9 h, up to 41.0 °C (another file says 60.0 °C)"
        in batches.card(shelf, LOT).kept.stock.held
    )
    assert looking.readings(shelf, "Shelf A", START, START + 48 * HOUR) == kept
    assert safety.check(at(shelf, 49)) == []


def status_of(seen, lot=LOT):
    return next(each.status for each in seen.batches if each.lot == lot)


def test_it_says_so_once_and_another_decision_stands_whatever_comes_in_besides(shelf):
    number = decided(shelf)
    says(at(shelf, 49), rest=True)
    again = looking.event(shelf, number).happening.id
    deciding.decide(at(shelf, 50), again, {LOT: Choice(Decision.KEEP)}, reason="that file is of another room")

    assert says(at(shelf, 51), rest=True).held == ()
    brought(at(shelf, 96), a_room(hours=48, start=START + 48 * HOUR), file="next.csv")

    assert (status_of(looking.event(shelf, number)), state(shelf)) == (Status.DECIDED, "released")
    assert safety.check(at(shelf, 96)) == []


@pytest.mark.parametrize(("hours", "rest"), [((8, 11), False), ((20, 22), True)])
def test_a_file_that_is_not_wanted_or_contradicts_elsewhere_leaves_a_decision_closed(shelf, hours, rest):
    number = decided(shelf)

    with suppress(Refused):
        says(at(shelf, 49), rest=rest, celsius="t23", hours=hours)

    assert (status_of(looking.event(shelf, number)), state(shelf)) == (Status.DECIDED, "released")
