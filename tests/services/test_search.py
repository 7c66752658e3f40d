"""The list in memory: whatever happened, it answers as the database does, and keeps up with it."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import TODAY, a_batch, at_work, fresh, keep, keep_lives
from ldninv.domain.coverage import Band
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.quantities import Strength
from ldninv.domain.question import Question, Sort
from ldninv.domain.settings import Settings
from ldninv.services import batches, ledger, search
from ldninv.services.search import Finder
from ldninv.ui.filters import EVERYTHING, FILTERS
from lives import pharmacies

pytestmark = pytest.mark.on_both

QUESTIONS = [each.question for each in FILTERS]
ALL = FILTERS.index(EVERYTHING)
WORDS = st.sampled_from(
    [
        "ldn",
        "0",
        "00",
        "1",
        "500",
        "4.5",
        "45",
        "4500",
        "1,5",
        "cab",
        "shelf b",
        "BIN",
        "%",
        "_",
        "mc-1",
        "nx%2",
        "ß",
        "z%",
    ]
)
TEXTS = st.lists(WORDS | st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=3), max_size=3).map(" ".join)


def asked(number, text, sort, descending):
    question = QUESTIONS[number]
    return Question(
        states=question.states, bands=question.bands, usable=question.usable, usable_days=question.usable_days,
        in_stock=question.in_stock, empty=question.empty, review=question.review, text=text,
        sort=sort, descending=descending,
    )  # fmt: skip


def agree(context, finder, text, sort, descending):
    """Whether list, counts and search in memory are the database's own."""
    for number in range(len(QUESTIONS)):
        question = asked(number, text, sort, descending)
        answer = finder.answer(number, text, sort, descending=descending)
        assert list(answer.ids) == list(batches.ids(context, question)), question
        assert answer.counts[number] == len(answer.ids)


@settings(max_examples=60)
@given(pharmacies(), st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from(Sort), st.booleans())
def test_it_finds_what_the_database_finds_in_the_same_order(pharmacy, texts, sort, descending):
    with fresh() as context:
        keep_lives(context, *pharmacy)
        finder = Finder(context, QUESTIONS)
        finder.load()
        for text in texts:
            agree(context, finder, text, sort, descending)
            every = batches.ids(context, Question(sort=Sort.LOT))
            wanted = batches.ids(context, Question(sort=Sort.LOT, text=text))
            assert list(finder.among(every, text)) == list(wanted)


@settings(max_examples=30)
@given(pharmacies(), st.text(st.sampled_from("ldn045. cabmx"), min_size=1, max_size=6), st.sampled_from(Sort))
def test_letter_by_letter_it_finds_what_it_finds_at_once(pharmacy, text, sort):
    with fresh() as context:
        keep_lives(context, *pharmacy)
        finder = Finder(context, QUESTIONS)
        for end in [*range(len(text) + 1), *range(len(text), -1, -1)]:
            agree(context, finder, text[:end], sort, descending=False)


@settings(max_examples=30)
@given(pharmacies(), pharmacies(), st.sampled_from(Sort), st.booleans())
def test_it_keeps_up_with_whatever_happens(before, after, sort, descending):
    with fresh() as context:
        keep_lives(context, *before)
        finder = Finder(context, QUESTIONS)
        finder.load()
        catalogue = finder._catalogue
        known = {batch.lot.casefold() for batch, _ in before}
        after_all = at_work(context.store, TODAY + timedelta(days=300))
        keep_lives(context, *[(batch, life) for batch, life in after if batch.lot.casefold() not in known])
        for lot in sorted(known):
            ledger.count(after_all, lot, 7, reason="found")

        agree(context, finder, "", sort, descending)
        assert finder._catalogue is catalogue


def test_a_moved_batch_is_found_at_its_new_place_and_stands_there_in_the_order(context):
    keep(context, a_batch(lot="A"), a_batch(lot="B"), place="Shelf 1")
    keep(context, a_batch(lot="C"), place="Shelf 2")
    finder = Finder(context, QUESTIONS)
    finder.load()
    ledger.move(context, "A", "Shelf 2")

    answer = finder.answer(ALL, "shelf 2", Sort.PLACE)
    assert finder.lots(answer.ids) == ["A", "C"]
    assert finder.lots(finder.answer(ALL, "", Sort.PLACE).ids) == ["B", "A", "C"]


def test_a_digit_of_a_strength_is_not_its_strength(context):
    keep(context, a_batch(lot="X", strength=Strength(4500)))
    finder = Finder(context, QUESTIONS)

    assert len(finder.answer(ALL, "4.5").ids) == 1
    assert len(finder.answer(ALL, "45").ids) == 0
    assert len(finder.answer(ALL, "500").ids) == 0


def test_what_another_strength_found_is_not_where_a_strength_is_looked_for(context):
    keep(context, a_batch(lot="X", strength=Strength(4500)), a_batch(lot="Y", strength=Strength(4000)))
    finder = Finder(context, QUESTIONS)

    found = [finder.lots(finder.answer(ALL, text).ids) for text in ("4", "4.5 shelf", "4", "")]
    assert found == [["Y"], ["X"], ["Y"], ["X", "Y"]]


def test_what_all_lots_begin_with_finds_all_until_one_begins_otherwise(context):
    keep(context, a_batch(lot="LDN260101001A"), a_batch(lot="LDN260102001B"))
    finder = Finder(context, QUESTIONS)
    assert finder.answer(ALL, "dn26").counts[ALL] == 2

    keep(context, a_batch(lot="A-1"))
    assert [finder.answer(ALL, text).counts[ALL] for text in ("dn26", "dn2601", "dn26", "a")] == [2, 2, 2, 3]


def test_the_day_and_the_days_to_spare_move_the_counts(context):
    days = [TODAY]
    moving = at_work(context.store)
    moving = type(moving)(context.store, "Ana", "bench", lambda: days[-1], context.now)
    keep(moving, a_batch(lot="X", beyond_use=TODAY + timedelta(days=89), prepared=TODAY - timedelta(days=10)))
    good = [Question(bands=frozenset({Band.GOOD}))]
    finder = Finder(moving, good)
    assert finder.answer(0).counts == [1]

    days.append(TODAY + timedelta(days=1))
    assert finder.answer(0).counts == [0]
    days.append(TODAY)
    assert finder.answer(0).counts == [1]
    with context.store.transaction() as work:
        work.preferences.write(Settings(buffer=1))
    assert finder.answer(0).counts == [0]


def test_of_many_batches_the_database_gives_the_first_until_all_are_read(context, monkeypatch):
    monkeypatch.setattr(search, "FEW", 1)
    monkeypatch.setattr(search, "FIRST", 2)
    keep(context, *(a_batch(lot=f"L{number}", components=(ComponentLot("MCC", "M1"),)) for number in range(5)))
    finder = Finder(context, QUESTIONS)
    early = finder.answer(ALL, "m1", Sort.LOT)
    assert not finder.ready
    assert (finder.lots(early.ids), early.counts, early.ever) == (["L0", "L1"], None, 5)

    finder.load()
    assert len(finder.answer(ALL, "m1", Sort.LOT).ids) == 5


@pytest.mark.parametrize("many", [0, 500])
def test_much_that_happened_since_is_read_anew_and_little_is_added(context, monkeypatch, many):
    monkeypatch.setattr(search, "MANY", many)
    finder = Finder(context, QUESTIONS)
    keep(context, a_batch(lot="A"))
    assert not finder.answer(ALL).ids or finder.ready
    keep(context, a_batch(lot="B"))

    assert finder.catch_up()
    assert not finder.catch_up()
    assert finder.lots(finder.answer(ALL, "", Sort.LOT).ids) == ["A", "B"]
