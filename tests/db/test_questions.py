"""The database filters as the domain judges: no question has two answers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TODAY, a_batch, fresh, keep, keep_lives, opening
from ldninv.domain import standing
from ldninv.domain.coverage import Band
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.ledger import Kind
from ldninv.domain.lots import lot_key
from ldninv.domain.quantities import Strength
from ldninv.domain.question import Question, Sort
from ldninv.domain.settings import Settings
from ldninv.domain.standing import State
from ldninv.services import batches
from lives import DAYS, pharmacies

pytestmark = pytest.mark.on_both

QUESTIONS = [
    *(Question(states=frozenset({state})) for state in State),
    *(Question(bands=frozenset({band})) for band in Band),
    *(Question(usable=usable) for usable in (True, False)),
    Question(in_stock=True),
    Question(empty=True),
    Question(strength=Strength(4500)),
]
MIXED = st.builds(
    Question,
    states=st.frozensets(st.sampled_from(State)),
    bands=st.frozensets(st.sampled_from(Band)),
    usable=st.none() | st.booleans(),
    strength=st.none() | st.sampled_from((500, 4500)).map(Strength),
    in_stock=st.booleans(),
    empty=st.booleans(),
)


def fits(question, kept, now):
    """Whether a batch answers a question, asked of the domain alone."""
    return (
        (not question.states or now.state in question.states)
        and (not question.bands or now.band in question.bands)
        and (question.usable is None or now.usable is question.usable)
        and (question.strength is None or kept.batch.strength == question.strength)
        and (not question.in_stock or kept.stock.on_hand > 0)
        and (not question.empty or kept.stock.on_hand == 0)
    )


@settings(max_examples=60)
@given(pharmacies(), DAYS, st.integers(0, 40), MIXED)
def test_every_filter_finds_what_the_domain_says_and_nothing_else(pharmacy, today, buffer, mixed):
    with fresh() as context, context.store.transaction() as work:
        keys = [batch.id for batch in keep_lives(context, *pharmacy)]
        every = [(kept, standing.of(kept, today, buffer=buffer)) for kept in work.batches.rows(keys)]

        for question in [*QUESTIONS, mixed]:
            expected = {kept.batch.id for kept, now in every if fits(question, kept, now)}
            assert set(work.batches.ids(question, today, buffer)) == expected, question
            assert work.batches.count(question, today, buffer) == len(expected)


KEYS = {
    Sort.EXPIRES: lambda batch, _: batch.expiry.on,
    Sort.LOT: lambda batch, _: lot_key(batch.lot).encode(),
    Sort.STRENGTH: lambda batch, _: batch.strength,
    Sort.PREPARED: lambda batch, _: batch.prepared,
    Sort.ON_HAND: lambda _, stock: stock.on_hand,
    Sort.PLACE: lambda _, stock: (stock.place or "").casefold().encode(),
}


@pytest.mark.parametrize("sort", Sort)
@settings(max_examples=15)
@given(pharmacies(), st.booleans(), st.integers(1, 4))
def test_an_answer_is_in_the_order_asked_for_with_ties_by_expiry_and_lot(sort, pharmacy, descending, limit):
    with fresh() as context:
        keep_lives(context, *pharmacy)
        with context.store.reading() as work:
            every = list(work.batches.all())
        question = Question(sort=sort, descending=descending)
        found = [kept.batch.lot for kept, _ in batches.find(context, question)]
        limited = [kept.batch.lot for kept, _ in batches.find(context, replace(question, limit=limit))]

    def key(kept):
        batch = kept.batch
        return KEYS[sort](batch, kept.stock), batch.expiry.on, batch.prepared, batch.lot.encode()

    assert found == [kept.batch.lot for kept in sorted(every, key=key, reverse=descending)]
    assert limited == found[:limit]


@pytest.fixture
def shelf(context):
    keep(
        context,
        a_batch(lot="LDN250301001T", components=(ComponentLot("MCC", "MC-77"),)),
        a_batch(lot="Charge 100%_a", strength=Strength(1500)),
        place="Cabinet A",
    )
    keep(context, a_batch(lot="Größe'\"9"), place="Kühl_regal")
    return context


def lots(context, text):
    return [kept.batch.lot for kept, _ in batches.find(context, Question(text=text, sort=Sort.LOT))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("250301", ["LDN250301001T"]),
        ("ldn250301001t", ["LDN250301001T"]),
        (" cabinet ", ["Charge 100%_a", "LDN250301001T"]),
        ("cabinet charge", ["Charge 100%_a"]),
        ("mc-77", ["LDN250301001T"]),
        ("1.5", ["Charge 100%_a"]),
        ("1,5mg", ["Charge 100%_a"]),
        ("KÜHL", ["Größe'\"9"]),
        ("GRÖSSE", ["Größe'\"9"]),
        ("100%", ["Charge 100%_a"]),
        ("%", ["Charge 100%_a"]),
        ("_", ["Charge 100%_a", "Größe'\"9"]),
        ("'\"", ["Größe'\"9"]),
        ("\\", []),
        ("' OR 1=1 --", []),
        ("nothing", []),
    ],
)
def test_words_are_looked_for_in_lot_place_strength_and_component_lot(shelf, text, found):
    assert lots(shelf, text) == found


def test_no_text_is_too_odd_to_look_for(shelf):
    @given(st.text(max_size=12))
    def look(text):
        assert len(lots(shelf, text)) <= 3

    look()


def test_a_batch_that_is_made_tomorrow_is_released_and_not_usable(context):
    tomorrow = TODAY + timedelta(days=1)
    keep(context, a_batch(prepared=tomorrow, beyond_use=tomorrow + timedelta(days=365)))

    assert batches.count(context, Question(states=frozenset({State.RELEASED}))) == 1
    assert batches.count(context, Question(usable=True)) == 0


def test_the_buffer_of_the_settings_moves_the_bands_of_every_question(context):
    keep(context, a_batch(beyond_use=TODAY + timedelta(days=89)))
    good = Question(bands=frozenset({Band.GOOD}))

    assert batches.counts(context, [good, Question()]) == [1, 1]
    with context.store.transaction() as work:
        work.preferences.write(Settings(buffer=1))
    assert batches.counts(context, [good, Question()]) == [0, 1]
    assert batches.find(context, Question())[0][1].band is Band.UNDER_90


@pytest.mark.parametrize("today", [date.min, date.max - timedelta(days=400)])
def test_the_ends_of_the_calendar_can_be_asked_of(context, today):
    keep_lives(context, (a_batch(beyond_use=date.max), opening(a_batch())))
    with context.store.reading() as work:
        for question in QUESTIONS:
            expected = [fits(question, kept, standing.of(kept, today, buffer=40)) for kept in work.batches.all()]
            assert work.batches.count(question, today, 40) == sum(expected), question


def test_more_batches_than_one_statement_can_name_come_back_in_the_order_of_their_keys(context):
    keep(context, *(a_batch(lot=f"L{number}") for number in range(1203)))
    ids = batches.ids(context, Question(sort=Sort.LOT, descending=True))

    assert [kept.batch.id for kept in batches.rows(context, ids)] == list(ids)
    with context.store.reading() as work:
        assert len(work.batches.lots_like(f"l{number}" for number in range(1203))) == 1203


def test_expiring_components_are_listed_with_their_batches_earliest_first(context):
    early, late = ComponentLot("MCC", "m1", date(2027, 1, 1)), ComponentLot("MCC", "M2", date(2027, 2, 1))
    ageless, other = ComponentLot("Shells", "S1"), ComponentLot("X", "X1", early.expires)
    keep(context, a_batch(lot="A", components=(late, early, ageless)), a_batch(lot="B", components=(late,)))
    keep(context, a_batch(lot="C", components=(other,)))
    with context.store.reading() as work:
        assert work.batches.components_of({1, 2}, late.expires) == [(early, ("A",)), (late, ("A", "B"))]
        assert work.batches.components_of({1, 2}, late.expires - timedelta(days=1)) == [(early, ("A",))]


def test_a_batch_comes_back_as_it_was_kept(context):
    made = a_batch(
        components=(ComponentLot("MCC", "M1", date(2027, 1, 1), "Fillers", "5 g"),), made_by="Ana", filler="MCC"
    )
    (kept,) = keep_lives(context, (made, opening(made)))

    with context.store.reading() as work:
        assert work.batches.by_lot(f" {made.lot.lower()} ").batch == kept
        assert work.ledger.of(kept.id, kept.lot)[1].entry.kind is Kind.RELEASED
        assert work.batches.beginning("ldn2503") == [made.lot]
