"""The demo: an invented pharmacy that looks true, is sound, and is the same again from the same seed."""

from datetime import date

import pytest

from builders import TODAY, dump, fresh
from ldninv.domain.coverage import Band
from ldninv.domain.standing import State
from ldninv.services import batches, demo, safety, weekly
from ldninv.services.batches import Question
from ldninv.services.context import Change


@pytest.fixture
def filled(context):
    demo.fill(context, 120)
    return context


def test_it_is_sound_and_known_as_a_demo(context):
    assert not demo.is_demo(context)
    assert demo.fill(context, 30) == Change.BATCHES | Change.LEDGER | Change.PLACES | Change.SETTINGS

    assert demo.is_demo(context)
    assert safety.check(context) == []
    assert batches.count(context, Question()) == 30


def test_all_bands_and_the_usual_states_are_there(filled):
    assert all(batches.counts(filled, [Question(bands=frozenset({band}), in_stock=True) for band in Band]))
    for state in (State.RELEASED, State.EXPIRED, State.QUARANTINED, State.DESTROYED):
        assert batches.count(filled, Question(states=frozenset({state}))), state


def test_its_report_has_something_in_every_section(filled):
    made = weekly.report(filled)

    assert made.expired
    assert made.near_expiry
    assert made.held
    assert made.components
    assert "invented" in made.pharmacy


def test_nothing_happens_after_today_nor_before_the_batch_was_made(filled):
    for kept, _ in batches.find(filled, Question()):
        card = batches.card(filled, kept.batch.lot)
        days = [each.entry.day for each in reversed(card.movements)]
        assert days == sorted(days)
        assert kept.batch.prepared <= days[0]
        assert days[-1] <= TODAY


def test_the_same_seed_and_day_give_the_same_pharmacy_and_another_seed_another():
    def made(seed, today=TODAY):
        with fresh(today) as context:
            demo.fill(context, 40, seed=seed)
            content = dump(context.store)
        return content["batch"], content["movement"], content["component"]

    assert made(1) == made(1)
    assert made(1) != made(2)
    assert made(1) != made(1, date(2026, 11, 23))


@pytest.mark.parametrize("count", [1, 2, 7])
def test_a_small_one_is_as_sound_as_a_large_one(count):
    with fresh() as context:
        demo.fill(context, count)

        assert safety.check(context) == []
        assert batches.count(context, Question()) == count
