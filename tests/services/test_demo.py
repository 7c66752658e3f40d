"""The demo: an invented pharmacy that looks true, is sound, and is the same again from the same seed."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from builders import NOW, TODAY, dump, fresh
from ldninv.domain.coverage import Band
from ldninv.domain.days import Week
from ldninv.domain.entries import Kind
from ldninv.domain.standing import State
from ldninv.services import batches, codes, components, demo, issuing, policies, recall, record, safety, signed, weekly
from ldninv.services.batches import Question, Sort
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
    for state in set(State) - {State.DEPLETED}:
        assert batches.count(filled, Question(states=frozenset({state}))), state


def test_one_of_everything_that_a_pharmacy_answers_for_is_there_to_look_at(filled):
    (opened,) = recall.recalls(filled)
    shown = recall.show(filled, opened.number)
    assert shown.tally.returned > 0
    assert shown.tally.supplies > 1

    newest = batches.find(filled, Question(sort=Sort.PREPARED, descending=True, limit=3))
    assert {now.state for _, now in newest} == {State.RELEASED, State.QUARANTINED, State.REJECTED}
    for kept, _ in newest:
        written = record.written(filled, kept)
        assert written.calculation.drug_mg is not None
        assert written.worksheet.formula.version == 1
    assert any(record.written(filled, kept).quality.checks.weights_mg for kept, now in newest if now.usable)
    kinds = {posted.entry.kind for kept, _ in batches.find(filled, Question()) for posted in movements(filled, kept)}
    assert set(Kind) == kinds
    assert policies.shortenings(filled)


def test_every_disposal_says_how_it_was_done_and_who_saw_it(filled):
    with filled.store.reading() as work:
        disposals = work.disposals.all()
    destroyed = [
        posted.id
        for kept, _ in batches.find(filled, Question())
        for posted in movements(filled, kept)
        if posted.entry.kind is Kind.DESTROYED
    ]

    assert len(destroyed) > 1
    assert all(disposals[number].method and disposals[number].container for number in destroyed)
    assert all(disposals[number].witness and disposals[number].value_cents for number in destroyed)


def movements(context, kept):
    return batches.card(context, kept.batch.lot).movements


@pytest.mark.parametrize("at", [time(0, 4), time(9, 30), time(23, 50)])
def test_nothing_of_today_stands_later_than_the_clock(context, at):
    here = replace(context, now=lambda: datetime.combine(TODAY, at, NOW.tzinfo))
    demo.fill(here, 60)

    with here.store.reading() as work:
        instants = [datetime.fromisoformat(event.at) for event in work.trail.all()][1:]
    assert instants == sorted(instants)
    assert instants[-1] <= here.now()


def test_with_people_everything_that_takes_a_signature_is_signed_and_holds(context):
    demo.fill(context, 60, people=True)

    with context.store.reading() as work:
        signed_by = {each.name for each in signed_in(work)}
    assert signed_by == {"Mara Lind", "Ana Ruiz"}
    assert context.seat.session is None
    assert safety.check(context) == []
    for kept, _ in batches.find(context, Question()):
        assert all(each.unchanged is not False for each in signed.of_batch(context, kept))


def signed_in(work):
    return [each for kept in work.batches.all() for each in work.signatures.of(kept.batch.lot)]


@pytest.mark.needs_qt
def test_last_weeks_report_was_issued_and_signed_and_this_weeks_tells_what_changed_since(context):
    demo.fill(context, 60, people=True)
    (kept,) = issuing.reports(context)

    assert kept.issued.week == Week.of(TODAY - timedelta(weeks=1))
    assert [each.signature.name for each in kept.signatures] == ["Mara Lind"]
    assert weekly.report(context).changes is not None


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


def test_goods_stand_on_its_shelf_in_use_and_waiting_and_a_barcode_is_remembered(filled):
    rows = components.shelf(filled)
    received = [row for row in rows if row.on_hand is not None]

    assert {row.component.name for row in received} == {"Naltrexone HCl", "MCC", "Capsule shells, size 3"}
    assert {row.sign.word for row in received} == {"Good", "Near expiry"}
    assert {bool(row.batches) for row in received} == {True, False}
    assert any(row.on_hand is None for row in rows)
    assert len([each for each in codes.known(filled) if each.product]) == 4
