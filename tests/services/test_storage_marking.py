"""What an event does to batches: half-open intervals, moves taken back, and decisions that stand or reopen (R18)."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import a_batch, fresh, keep
from ldninv.domain.entries import Decision, DisposalReason
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.happenings import Status
from ldninv.domain.storage.stays import overlap
from ldninv.domain.stored import Storage
from ldninv.services import batches, importing, ledger, recall, safety, standing
from ldninv.services.places import add_place
from ldninv.services.storage import deciding, dispensed, looking, papers
from ldninv.services.storage.deciding import Choice
from rooms import HOUR, START, a_room, at, brought
from staff import MARA, pen, staffed

pytestmark = pytest.mark.on_both

LOT = "OLD-1"
FACTS = {"lot": LOT, "prepared": date(2026, 9, 1), "beyond_use": date(2027, 9, 1)}


@pytest.fixture
def shelf(context):
    keep(at(context, -24 * 60), a_batch(**FACTS))
    add_place(context, "Shelf B")
    return context


def now(context, lot=LOT):
    return batches.card(context, lot).standing


def waiting(context):
    return looking.events(context, waiting=True)


HOURS = st.integers(0, 40).map(lambda quarter: quarter / 4)


@settings(max_examples=40)
@given(moves=st.lists(HOURS, max_size=4).map(sorted), begin=HOURS, length=st.sampled_from([0.25, 1, 3]))
def test_a_batch_is_marked_exactly_when_it_stood_there_within_the_event(moves, begin, length):
    with fresh() as context:
        keep(at(context, -24 * 60), a_batch(**FACTS))
        add_place(context, "Shelf B")
        stood = [(-1e9, moves[0] if moves else 1e9)]
        for number, hour in enumerate(moves):
            ledger.move(at(context, hour), LOT, "Shelf A" if number % 2 else "Shelf B")
            if number % 2:
                stood.append((hour, moves[number + 1] if number + 1 < len(moves) else 1e9))
        series = a_room(hours=24, step=900, t41=(begin, begin + length))

        brought(at(context, 24), series)

        (event,) = [each for each in looking.events(context) if each.happening.kind == "above-40"] or [None]
        assert event is not None
        first, last = ((each - START) / HOUR for each in event.happening.span)
        touched = [met for span in stood if (met := overlap(span, (first, last)))]
        assert bool(event.batches) is bool(touched)
        assert (now(context).state == "held") is bool(touched)


@pytest.mark.parametrize(("late", "touched"), [(0.0, []), (0.001, [LOT])])
def test_a_batch_that_left_at_the_first_moment_of_an_event_is_untouched(shelf, late, touched):
    crossing = 5 - 1 / 12  # half a step before 41 °C, between 39 and 41
    ledger.move(at(shelf, crossing + late / HOUR), LOT, "Shelf B")

    brought(at(shelf, 24), a_room(hours=10, celsius=39.0, t41=(5, 6)))

    (event,) = [each for each in looking.events(shelf) if each.happening.kind == "above-40"]
    assert event.happening.start == START + crossing * HOUR
    assert [one.lot for one in event.batches] == touched


def test_a_move_that_was_taken_back_never_was(shelf):
    moved = ledger.move(at(shelf, 1), LOT, "Shelf B").posted
    brought(at(shelf, 24), a_room(hours=24, t41=(5, 6)))
    assert now(shelf).state == "released"

    ledger.void(at(shelf, 30), moved.id, reason="wrong batch")

    assert now(shelf).storage is Storage.BREACH
    assert now(shelf).state == "held"


def test_what_came_onto_the_shelf_after_the_event_is_untouched(shelf):
    brought(at(shelf, 24), a_room(hours=24, t41=(5, 6)))
    keep(at(shelf, 12), a_batch(**(FACTS | {"lot": "NEW-1", "prepared": date(2026, 11, 1)})))
    ledger.move(at(shelf, 13), "NEW-1", "Shelf B")

    assert now(shelf, "NEW-1").state == "released"


def test_keeping_lifts_the_hold_and_the_record_still_says_breach(shelf):
    brought(shelf, a_room(t41=(5, 9)))
    (event, *_) = [each for each in waiting(shelf) if each.happening.kind == "above-40"]

    done = deciding.decide(shelf, event.happening.id, {LOT: Choice(Decision.KEEP)}, reason="four hours, MKT 22.4")

    assert [each.entry.decision for each in done.posted] == [Decision.KEEP]
    assert (now(shelf).state, now(shelf).storage, now(shelf).review) == ("released", Storage.BREACH, None)
    assert waiting(shelf) == []
    assert looking.event(shelf, event.happening.id).status is Status.DECIDED


def test_shortening_says_that_a_pharmacist_decided_the_date(shelf):
    brought(shelf, a_room(t41=(5, 9)))
    event = waiting(shelf)[0]

    deciding.decide(shelf, event.happening.id, {LOT: Choice(Decision.SHORTEN, date(2027, 3, 1))}, reason="stood warm")

    kept = batches.card(shelf, LOT).kept
    assert (kept.batch.expiry.on, str(kept.batch.expiry.decided_by)) == (date(2027, 3, 1), "pharmacist")
    assert "stood warm" in kept.batch.expiry.rule


def test_discarding_bars_it_for_good(shelf):
    brought(shelf, a_room(t41=(5, 9)))

    deciding.decide(shelf, waiting(shelf)[0].happening.id, {LOT: Choice(Decision.DISCARD)}, reason="too warm")

    assert now(shelf).state == "rejected"


def test_a_review_is_answered_without_a_hold(shelf):
    brought(shelf, a_room(t33=(5, 9)))
    event = waiting(shelf)[0]

    done = deciding.decide(shelf, event.happening.id, {LOT: Choice(Decision.KEEP)}, reason="short")

    assert done.posted == ()
    assert (now(shelf).storage, now(shelf).review, waiting(shelf)) == (Storage.SPIKE, None, [])


def test_the_usual_decision_on_a_hold_answers_the_breach_too(shelf):
    brought(shelf, a_room(t41=(5, 9)))

    standing.decide(shelf, LOT, Decision.KEEP, reason="four hours")

    assert waiting(shelf) == []
    assert now(shelf).state == "released"


def test_later_readings_within_a_closed_decision_reopen_it(shelf):
    brought(shelf, a_room(hours=7, t41=(5, 9)))
    event = waiting(shelf)[0]
    deciding.decide(shelf, event.happening.id, {LOT: Choice(Decision.KEEP)}, reason="an hour or two")

    brought(shelf, a_room(hours=40, t41=(5, 30)))

    again = looking.event(shelf, event.happening.id)
    assert again.status is Status.CHANGED
    assert again.happening.hours > 20
    assert now(shelf).state == "held"
    assert "evidence" in str(again.status)
    assert [each.hours for each in looking.versions(shelf, event.happening.thread)] != [again.happening.hours]


def test_another_loggers_readings_of_that_place_and_time_reopen_a_decision_whatever_they_say(shelf):
    brought(shelf, a_room(hours=48, t41=(5, 9)))
    event = waiting(shelf)[0]
    deciding.decide(shelf, event.happening.id, {LOT: Choice(Decision.KEEP)}, reason="short")

    brought(shelf, a_room(hours=30), logger="Room 2")

    again = looking.event(shelf, event.happening.id)
    assert (again.status, again.happening.span) == (Status.CHANGED, event.happening.span)
    assert now(shelf).state == "held"
    deciding.decide(shelf, again.happening.id, {LOT: Choice(Decision.KEEP)}, reason="the second one stood in the cold")
    brought(shelf, a_room(hours=30), logger="Room 2", file="the same again.csv")
    assert waiting(shelf) == []
    assert safety.check(shelf) == []


def test_another_loggers_readings_before_and_after_leave_a_decision_closed(shelf):
    brought(shelf, a_room(hours=48, t41=(5, 9)))
    event = waiting(shelf)[0].happening.id
    deciding.decide(shelf, event, {LOT: Choice(Decision.KEEP)}, reason="short")

    brought(shelf, a_room(hours=4), logger="Room 2")
    brought(shelf, a_room(hours=20, start=START + 20 * HOUR), logger="Room 2", file="later.csv")

    assert looking.event(shelf, event).status is Status.DECIDED
    assert now(shelf).state == "released"


def test_later_readings_elsewhere_leave_a_decision_closed(shelf):
    brought(shelf, a_room(hours=48, t41=(5, 9)))
    deciding.decide(shelf, waiting(shelf)[0].happening.id, {LOT: Choice(Decision.KEEP)}, reason="short")

    brought(shelf, a_room(hours=96, t41=(5, 9)))

    assert waiting(shelf) == []
    assert now(shelf).state == "released"


def test_a_batch_that_is_moved_later_leaves_the_decisions_on_others_alone(shelf):
    keep(at(shelf, -24 * 60), a_batch(**(FACTS | {"lot": "TWO-1"})))
    brought(at(shelf, 48), a_room(hours=48, t41=(5, 9)))
    event = waiting(shelf)[0]
    deciding.decide(shelf, event.happening.id, {LOT: Choice(Decision.KEEP)}, reason="short")

    ledger.move(at(shelf, 50), "TWO-1", "Shelf B")

    assert {each.lot: each.status for each in looking.event(shelf, event.happening.id).batches} == {
        LOT: Status.DECIDED, "TWO-1": Status.OPEN,
    }  # fmt: skip


def test_a_recalled_batch_is_not_held_on_top(shelf):
    recall.open_recall(shelf, lot=LOT, reason="letter")

    done = brought(shelf, a_room(t41=(5, 9)))

    assert done.held == ()
    assert (now(shelf).state, now(shelf).storage) == ("recalled", Storage.BREACH)


def test_a_batch_on_hold_for_something_else_keeps_both_reasons(shelf):
    standing.hold(shelf, LOT, reason="label smudged")

    brought(shelf, a_room(t41=(5, 9)))

    assert now(shelf).reasons[0].startswith("on hold: label smudged; storage breach: above 40 °C at Shelf A")


def test_an_empty_batch_is_held_once_capsules_turn_up(shelf):
    ledger.waste(at(shelf, 20), LOT, 300, reason="spilt")
    brought(at(shelf, 48), a_room(hours=48, t41=(5, 9)))
    assert now(shelf).state == "depleted"

    ledger.count(at(shelf, 50), LOT, 30, reason="found behind")

    assert now(shelf).state == "held"


def test_who_has_capsules_that_stood_there_is_listed(shelf):
    ledger.dispense(at(shelf, 2), LOT, 30, days_supply=30, reinspected=True)
    given = ledger.dispense(at(shelf, 7), LOT, 30, days_supply=30, reinspected=True).posted
    done = brought(shelf, a_room(t41=(5, 9)))
    event = waiting(shelf)[0]

    assert [each.id for each in dispensed.since(shelf, event)] == [given.id]
    assert [each.id for each in done.dispensed] == [given.id]
    parts = {part.title: part for part in papers.record(shelf, "Shelf A", date(2026, 11, 1), date(2026, 11, 3)).parts}
    assert parts["Dispensed of these batches since"].rows == ((LOT, "2026-11-01", "30"),)


def test_a_pharmacist_signs_where_there_are_people(context):
    keep(at(context, -24 * 60), a_batch(**FACTS))
    staffed(context)
    brought(context, a_room(t41=(5, 9)))
    event = waiting(context)[0]
    choice = {LOT: Choice(Decision.KEEP)}

    with pytest.raises(Refused, match="takes a signature"):
        deciding.decide(context, event.happening.id, choice, reason="short")
    deciding.decide(context, event.happening.id, choice, reason="short", sign=pen())

    with context.store.reading() as work:
        assert [each.name for each in work.signatures.of(LOT)] == [MARA]


def test_a_decision_on_what_changed_meanwhile_is_refused(shelf):
    brought(shelf, a_room(hours=7, t41=(5, 9)))
    event = waiting(shelf)[0]
    brought(shelf, a_room(hours=40, t41=(5, 30)))

    with pytest.raises(Refused, match="Readings came in meanwhile"):
        deciding.decide(shelf, event.happening.id, {LOT: Choice(Decision.KEEP)}, reason="short")


def test_a_decision_needs_a_reason_a_batch_and_one_that_waits(shelf):
    brought(shelf, a_room(t41=(5, 9)))
    keep(at(shelf, 300), a_batch(**(FACTS | {"lot": "TWO-1", "prepared": date(2026, 11, 20)})))
    number = waiting(shelf)[0].happening.id

    for choices, reason, words in (
        ({}, "x", "No batch is chosen"),
        ({LOT: Choice(Decision.KEEP)}, " ", "reason is needed"),
        ({"TWO-1": Choice(Decision.KEEP)}, "x", "does not wait for a decision"),
        ({LOT: Choice(Decision.SHORTEN, date(2028, 1, 1))}, "x", "never lengthened"),
    ):
        with pytest.raises(Refused, match=words):
            deciding.decide(shelf, number, choices, reason=reason)


def test_the_check_finds_nothing_wrong_after_all_of_it(shelf):
    brought(shelf, a_room(hours=7, t41=(5, 9)))
    deciding.decide(shelf, waiting(shelf)[0].happening.id, {LOT: Choice(Decision.KEEP)}, reason="short")
    brought(shelf, a_room(hours=40, t41=(5, 30)))
    standing.decide(shelf, LOT, Decision.KEEP, reason="again")

    assert safety.check(shelf) == []


def test_a_list_that_comes_in_after_the_readings_is_marked_too(tmp_path, context):
    add_place(context, "Shelf A")
    brought(context, a_room(t41=(5, 9)))
    listed = tmp_path / "list.csv"
    listed.write_text(
        "Lot,Strength,Prepared,Expires,Quantity,Location\nOLD-9,4.5 mg,2026-10-01,2027-10-01,90,Shelf A\n"
    )

    importing.import_lists(context, [importing.preview(context, listed)])

    assert now(context, "OLD-9").state == "held"


@pytest.mark.parametrize(("hours", "touched"), [((30, 33), [LOT]), ((54, 57), [])])
def test_what_was_emptied_under_the_date_of_an_earlier_day_stood_there_to_its_end(shelf, hours, touched):
    ledger.waste(replace(shelf, today=lambda: date(2026, 11, 2)), LOT, 300, reason="dropped")

    brought(shelf, a_room(t41=hours))

    (hot,) = [each for each in looking.events(shelf) if each.happening.kind == "above-40"]
    assert [each.lot for each in hot.batches] == touched


@pytest.mark.parametrize(
    ("spell", "gone", "asks"),
    [("t32", ledger.waste, False), ("t41", ledger.waste, True), ("t41", ledger.dispose, False)],
)
def test_what_is_all_gone_asks_only_where_a_breached_batch_may_be_with_somebody(shelf, spell, gone, asks):
    brought(shelf, a_room(**{spell: (5, 9)}))
    assert waiting(shelf)
    reason = "dropped" if gone is ledger.waste else DisposalReason.DAMAGE
    gone(shelf, LOT, batches.card(shelf, LOT).kept.stock.on_hand, reason=reason)

    assert bool(waiting(shelf)) is asks
    assert LOT in {each.lot for seen in looking.events(shelf) for each in seen.batches}


def test_where_a_batch_stood_is_said_as_it_is_marked(shelf):
    told = replace(at(shelf, 24 * 20), today=lambda: date(2026, 11, 3))  # moved by the pharmacy's day, written later
    moved = ledger.move(told, LOT, "Shelf B").posted

    stays = [(each.place, each.from_, each.to) for each in reversed(batches.card(shelf, LOT).places)]
    marked = [(each.place, each.start) for each in looking.stays(shelf, LOT)]

    assert [(place, datetime.fromisoformat(start).timestamp()) for place, start, _ in stays] == marked
    assert stays[1][1:] == ("2026-11-03T00:00:00+00:00", None)
    ledger.void(at(shelf, 24 * 20 + 1), moved.id, reason="wrong batch")
    assert [each.place for each in batches.card(shelf, LOT).places] == ["Shelf A"]


@pytest.mark.parametrize(("late", "state"), [(0, "held"), (2 / 3600, "released")])
def test_who_came_at_the_last_reading_before_the_record_breaks_off_has_it(shelf, late, state):
    ledger.move(at(shelf, -100), LOT, "Shelf B")
    ledger.move(at(shelf, 10 + late), LOT, "Shelf A")

    brought(at(shelf, 48), a_room(hours=11, step=HOUR, t45=(8, 11)))

    assert now(shelf).state == state
    assert safety.check(shelf) == []
