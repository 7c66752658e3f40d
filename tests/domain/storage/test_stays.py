"""R8, R18: where a batch stood, read off its ledger."""

from datetime import UTC, date, datetime
from math import inf

import pytest

from ldninv.domain.storage.stays import Presence, Step, in_turn, presences

MADE = date(2026, 3, 1)


def at(day, hour=0):
    return datetime(2026, 3, day, hour, tzinfo=UTC).timestamp()


def made_and(*later):
    """Return what the ledger says of a batch made on 1 March, with entries after it: written when, of which day."""
    first = Step(1, "2026-03-01T08:00:00+00:00", MADE, 100, "A")
    rest = (
        Step(number, f"2026-03-{written:02}T10:00:00+00:00", date(2026, 3, of), capsules, place)
        for number, (written, of, capsules, place) in enumerate(later, 2)
    )
    return presences(MADE, (first, *rest))


def test_a_move_that_is_written_down_on_its_day_counts_from_that_moment():
    assert made_and((5, 5, 0, "B")) == (Presence("A", at(1, 8), at(5, 10)), Presence("B", at(5, 10)))


@pytest.mark.parametrize("written", [4, 9], ids=["before", "after"])
def test_on_the_day_of_a_move_that_is_written_down_on_another_it_stood_at_both_places(written):
    found = made_and((written, 5, 0, "B"))

    assert found == (Presence("A", at(1, 8), at(6)), Presence("B", at(5)))
    assert in_turn(found) == (Presence("A", at(1, 8), at(5)), Presence("B", at(5)))


def test_two_moves_of_one_day_that_are_written_down_later_leave_that_day_at_all_three():
    found = made_and((9, 5, 0, "B"), (9, 5, 0, "C"))

    assert found == (Presence("A", at(1, 8), at(6)), Presence("B", at(5), at(6)), Presence("C", at(5)))
    assert [each.place for each in in_turn(found)] == ["A", "C"]


def test_what_was_emptied_on_another_day_stood_there_to_that_days_end():
    assert made_and((9, 5, -100, None)) == (Presence("A", at(1, 8), at(6)),)


def test_a_batch_is_where_it_was_brought_last():
    assert made_and((5, 5, 0, "B"), (9, 4, 0, "C"))[-1] == Presence("C", at(5, 10), inf)
