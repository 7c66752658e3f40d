"""Taking an entry back: what it changed is as it was, once, and never below nothing (R10)."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from builders import a_batch
from ldninv.domain import ledger, taking_back
from ldninv.domain.batch import Kept, Stock
from ldninv.domain.entries import STANDING, Decision
from ldninv.domain.ledger import Entry, Kind, Posted, stock_after
from ldninv.domain.refusal import Refused
from ldninv.domain.standing import State, standing
from ldninv.domain.taking_back import dated_ahead, voidable
from lives import batches, lives

TODAY = date(2026, 2, 1)
BATCH = a_batch()


def posted(entries):
    """Return entries as the ledger keeps them, numbered from 1."""
    found, on_hand = [], 0
    for number, entry in enumerate(entries, start=1):
        on_hand += entry.capsules
        found.append(Posted(id=number, lot="A", entry=entry, on_hand=on_hand, at="2026-02-01T09:00:00+00:00", by="Ana"))
    return found


def a_life(*more, made=300):
    """Return the entries of a batch that was made and released, with `more` after them."""
    return [ledger.made(a_batch(made=made), "Shelf A", TODAY), Entry(kind=Kind.RELEASED, day=TODAY), *more]


def void(entries, number, reason="wrong lot", batch=BATCH):
    return taking_back.void(batch, posted(entries), number, reason, TODAY)


def taken_back(entries, number, batch=BATCH):
    return [*entries, void(entries, number, batch=batch)]


LEAVES = {
    "dispensed": Entry(kind=Kind.DISPENSED, day=TODAY, capsules=-30, days_supply=30),
    "written off": Entry(kind=Kind.WASTED, day=TODAY, capsules=-3, reason="dropped"),
    "sampled": Entry(kind=Kind.SAMPLED, day=TODAY, capsules=-10),
    "counted fewer": Entry(kind=Kind.COUNTED, day=TODAY, capsules=-2),
    "counted more": Entry(kind=Kind.COUNTED, day=TODAY, capsules=2),
    "disposed of all": Entry(kind=Kind.DESTROYED, day=TODAY, capsules=-300, reason="damage"),
}


@pytest.mark.parametrize("entry", LEAVES.values(), ids=LEAVES)
def test_taking_an_entry_back_leaves_the_batch_as_it_was(entry):
    before = a_life()

    assert stock_after(taken_back([*before, entry], 3)) == stock_after(before)


def test_a_batch_that_is_moved_back_stands_where_it_stood():
    moved = a_life(Entry(kind=Kind.MOVED, day=TODAY, place="Bin"))
    back = taken_back(moved, 3)

    assert stock_after(back) == stock_after(a_life())
    assert back[-1] == Entry(kind=Kind.VOIDED, day=TODAY, place="Shelf A", reason="wrong lot", voids=3)


def test_a_release_that_is_taken_back_leaves_the_batch_in_quarantine():
    undone = taken_back(a_life(), 2)

    assert stock_after(undone).quarantined == "release taken back: wrong lot"
    assert stock_after(undone).on_hand == 300


@pytest.mark.parametrize(
    ("entries", "number", "words"),
    [
        (a_life(), 1, "cannot be taken back"),
        (a_life(), 99, "There is no entry 99"),
        (a_life(Entry(kind=Kind.QUARANTINED, day=TODAY, reason="x")), 3, "cannot be taken back"),
        (taken_back(a_life(LEAVES["dispensed"]), 3), 3, "was taken back already"),
        (taken_back(a_life(LEAVES["dispensed"]), 3), 4, "cannot be taken back"),
        (taken_back(a_life(), 2), 3, "cannot be taken back"),
        (
            a_life(LEAVES["counted more"], Entry(kind=Kind.WASTED, day=TODAY, capsules=-301)),
            3,
            "it added 2, and the batch holds 1 capsule. Count the batch instead",
        ),
        (
            a_life(Entry(kind=Kind.MOVED, day=TODAY, place="Bin"), Entry(kind=Kind.MOVED, day=TODAY, place="Cabinet")),
            3,
            "was moved again since",
        ),
    ],
    ids=[
        "making",
        "unknown",
        "quarantine",
        "twice",
        "a voiding",
        "a release's voiding",
        "below nothing",
        "moved again",
    ],
)
def test_what_cannot_be_taken_back_is_refused_in_words(entries, number, words):
    with pytest.raises(Refused, match=words):
        void(entries, number)


def test_a_batch_that_stood_nowhere_before_is_not_moved_back():
    entries = [ledger.made(a_batch(), None, TODAY), Entry(kind=Kind.MOVED, day=TODAY, place="Bin")]

    with pytest.raises(Refused, match="stood nowhere before"):
        void(entries, 2)


BACK = Entry(kind=Kind.RETURNED, day=TODAY, capsules=30, returned=30)


def test_a_return_is_taken_back_and_so_is_what_was_done_with_it():
    away = Entry(kind=Kind.DISPENSED, day=TODAY, capsules=-30, days_supply=30)
    gone = Entry(kind=Kind.DESTROYED, day=TODAY, capsules=-40, returned=-30, reason="damage")

    assert stock_after(taken_back(a_life(away, BACK), 4)) == stock_after(a_life(away))
    assert stock_after(taken_back(a_life(away, BACK, gone), 5)) == stock_after(a_life(away, BACK))


def test_a_return_whose_capsules_left_since_is_not_taken_back():
    entries = a_life(LEAVES["dispensed"], BACK, Entry(kind=Kind.WASTED, day=TODAY, capsules=-10, returned=-10))

    with pytest.raises(Refused, match="of the capsules that came back, 20 are left"):
        void(entries, 4)


def test_a_count_is_not_taken_back_where_that_would_leave_less_than_what_came_back():
    found = Entry(kind=Kind.COUNTED, day=TODAY, capsules=20)
    entries = a_life(found, Entry(kind=Kind.WASTED, day=TODAY, capsules=-315), BACK)

    assert stock_after(entries).on_hand == 35
    with pytest.raises(Refused, match="of the capsules that came back, 30 are left"):
        void(entries, 3, "miscounted")


def entry(kind, capsules, **more):
    return Entry(kind=kind, day=TODAY, capsules=capsules, **more)


NEVER_WERE = {
    "counted since": (
        [entry(Kind.WASTED, -10), entry(Kind.COUNTED, 10)],
        "the batch was counted since, with entry 4, and 300 capsules were found. Take entry 4 back first, or count",
    ),
    "counted since, and agreed": (
        [entry(Kind.WASTED, -10), entry(Kind.COUNTED, 0)],
        "with entry 4, and 290 capsules were found. Take entry 4 back first",
    ),
    "came back since": (
        [entry(Kind.DISPENSED, -5), entry(Kind.RETURNED, 3, returned=3), entry(Kind.RETURNED, 1, returned=1)],
        "4 capsules came back, more than were dispensed without it. Take the return of entry 5 back first, or count",
    ),
    "found, lost and come back": (
        [
            entry(Kind.DISPENSED, -30), entry(Kind.COUNTED, 20), entry(Kind.WASTED, -20),
            entry(Kind.RETURNED, 30, returned=30),
        ],
        "the batch would then hold 320 capsules, and 300 were made. Take back what came in since, or count",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("since", "words"), NEVER_WERE.values(), ids=NEVER_WERE)
def test_taking_back_puts_no_capsules_into_the_books_that_never_were(since, words):
    number = 5 if "320" in words else 3

    with pytest.raises(Refused, match=f"Entry {number} of batch A cannot be taken back: .*{words}"):
        void(a_life(*since), number)


def test_once_the_later_count_is_taken_back_the_earlier_entry_is_too():
    counted = a_life(entry(Kind.WASTED, -10), entry(Kind.COUNTED, 10))

    assert stock_after(taken_back(taken_back(counted, 4), 3)) == stock_after(a_life())


def test_more_than_was_made_can_be_had_again_where_a_count_had_found_them():
    found = a_life(entry(Kind.COUNTED, 1), entry(Kind.WASTED, -1))

    assert stock_after(taken_back(found, 4)).on_hand == 301


@pytest.mark.parametrize("reason", ["", "  "])
def test_taking_back_needs_a_reason(reason):
    with pytest.raises(Refused, match="A reason is needed to take entry 2 of batch A back"):
        void(a_life(), 2, reason)


@given(st.data())
def test_whatever_happened_taking_back_restores_the_sum_once_and_never_goes_below_nothing(data):
    entries = data.draw(lives(data.draw(batches())))
    number = data.draw(st.integers(1, len(entries)))
    undone = None
    with suppress(Refused):
        undone = taken_back(entries, number)
    assume(undone)
    on_hand = stock_after(undone).on_hand

    old = entries[number - 1]
    assert voidable(old) or (dated_ahead(BATCH, old, TODAY) and old.kind in STANDING | {Kind.MADE})
    assert on_hand == stock_after(entries).on_hand - old.capsules
    assert on_hand >= 0
    with pytest.raises(Refused):
        void(undone, number, "again")
    with pytest.raises(Refused):
        void(undone, len(undone), "the other way round")


@given(st.data())
def test_what_was_done_last_is_always_taken_back_exactly(data):
    batch = a_batch(made=data.draw(st.integers(1, 400)), beyond_use=date(2027, 1, 1))
    entries = [ledger.made(batch, "Shelf A", TODAY), Entry(kind=Kind.RELEASED, day=TODAY)]
    kept = Kept(batch, stock_after(entries))
    capsules = data.draw(st.integers(1, batch.made))
    verb = data.draw(
        st.sampled_from(
            (
                lambda: ledger.dispense(kept, capsules, 30, TODAY),
                lambda: ledger.waste(kept, capsules, "dropped", TODAY),
                lambda: ledger.dispose(kept, capsules, ledger.DisposalReason.DAMAGE, TODAY),
                lambda: ledger.count(kept, capsules, TODAY),
                lambda: ledger.move(kept, "Bin", TODAY),
            )
        )
    )

    assert stock_after(taken_back([*entries, verb()], 3, batch)) == kept.stock


AHEAD = date(2031, 2, 1)
SAID = {
    "held": [Entry(kind=Kind.HELD, day=AHEAD, reason="warm")],
    "rejected": [Entry(kind=Kind.REJECTED, day=AHEAD, reason="odd")],
    "quarantined": [Entry(kind=Kind.QUARANTINED, day=AHEAD, reason="label")],
    "recalled": [Entry(kind=Kind.RECALLED, day=AHEAD, reason="letter")],
    "discarded": [
        Entry(kind=Kind.HELD, day=TODAY, reason="warm"),
        Entry(kind=Kind.DECIDED, day=AHEAD, reason="bad", decision=Decision.DISCARD),
    ],
    "kept": [
        Entry(kind=Kind.HELD, day=TODAY, reason="warm"),
        Entry(kind=Kind.DECIDED, day=AHEAD, reason="no harm", decision=Decision.KEEP),
    ],
}


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_what_a_wrong_clock_said_of_the_whole_batch_is_taken_back_on_its_own_day(said):
    entries = a_life(*said)
    back = taken_back(entries, len(entries))

    assert stock_after(back) == stock_after(entries[:-1])
    assert back[-1].day == AHEAD


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_what_was_said_on_its_right_day_stays_and_the_refusal_names_the_way_out(said):
    entries = [*a_life(), *(replace(each, day=TODAY) for each in said)]

    with pytest.raises(Refused, match=r"Entry \d of batch A cannot be taken back: .+\. |a quarantine is lifted by"):
        void(entries, len(entries), "a slip")


def test_a_date_that_was_shortened_on_a_wrong_day_stays_short():
    shorter = Entry(kind=Kind.DECIDED, day=AHEAD, reason="warm", decision=Decision.SHORTEN, expires=date(2026, 12, 1))
    back = stock_after(taken_back(a_life(Entry(kind=Kind.HELD, day=TODAY, reason="warm"), shorter), 4))

    assert back.held == "warm"
    assert back.shortened.on == date(2026, 12, 1)


MADE_AHEAD = [
    ledger.made(BATCH, "Shelf A", AHEAD),
    Entry(kind=Kind.RELEASED, day=AHEAD),
    Entry(kind=Kind.HELD, day=AHEAD, reason="warm"),
    Entry(kind=Kind.REJECTED, day=AHEAD, reason="odd"),
]


def test_a_batch_that_a_wrong_clock_made_is_taken_back_whole_with_all_that_was_said_of_it():
    back = taken_back(MADE_AHEAD, 1)
    now = standing(BATCH, stock_after(back), TODAY)

    assert stock_after(back) == Stock(taken_back="wrong lot")
    assert (now.state, now.usable, now.reasons) == (
        State.REJECTED, False, ("taken back, never made under this lot: wrong lot",),
    )  # fmt: skip
    for number in (2, 3, 4):
        with pytest.raises(Refused, match="was taken back itself"):
            void(back, number)


def test_a_batch_whose_own_day_lies_ahead_is_taken_back_too():
    later = a_batch(prepared=AHEAD)

    assert stock_after(taken_back(a_life(), 1, later)).taken_back == "wrong lot"


def test_what_left_a_batch_is_taken_back_before_the_batch_and_the_refusal_names_it():
    away = replace(LEAVES["dispensed"], day=AHEAD)
    entries = [*MADE_AHEAD[:2], away, replace(LEAVES["counted fewer"], day=AHEAD)]
    with pytest.raises(Refused, match=r"Take back these entries, the newest first: 4 \(counted\), 3 \(dispensed\)\."):
        void(entries, 1)
    entries = taken_back(entries, 4)
    with pytest.raises(Refused, match=r"Take back this entry: 3 \(dispensed\)\."):
        void(entries, 1)

    assert stock_after(taken_back(taken_back(entries, 3), 1)) == Stock(taken_back="wrong lot")


def test_a_recall_outlasts_the_batch_that_is_taken_back_and_is_taken_back_by_itself():
    entries = taken_back([*MADE_AHEAD, Entry(kind=Kind.RECALLED, day=AHEAD, reason="letter")], 1)

    assert standing(BATCH, stock_after(entries), TODAY).state is State.RECALLED
    assert stock_after(taken_back(entries, 5)) == Stock(taken_back="wrong lot")


def test_a_batch_that_is_made_again_begins_anew():
    again = ledger.made(BATCH, "Shelf B", TODAY)

    assert stock_after([*taken_back(MADE_AHEAD, 1), again]) == Stock(on_hand=300, place="Shelf B")
