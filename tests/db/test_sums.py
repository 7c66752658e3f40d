"""R10: what the database keeps beside the ledger is what the ledger says, after whatever happened."""

from contextlib import closing, contextmanager, suppress
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

import server
from builders import at_work, fresh, keep_lives
from ldninv.db import open_store
from ldninv.domain import taking_back
from ldninv.domain.ledger import Kind, Posted, stock_after
from ldninv.domain.refusal import Refused
from ldninv.services import safety
from lives import DAYS, pharmacies

LONG_AGO = date(2020, 1, 1)
"""A day on which all that `lives` draws lies ahead, so that any kind of entry can be taken back."""


def agree(context, pharmacy):
    """Keep batches with their lives, and hold what is kept beside them against the ledger and the domain."""
    batches = keep_lives(context, *pharmacy)
    with context.store.reading() as work:
        kept = {each.batch.id: each.stock for each in work.batches.rows([batch.id for batch in batches])}
        recounted = dict(work.ledger.stocks_on(date.max))
    by_domain = {batch.id: stock_after(life) for batch, (_, life) in zip(batches, pharmacy, strict=True)}

    assert kept == recounted == by_domain


@settings(max_examples=60)
@given(pharmacies())
def test_the_kept_stock_the_recount_and_the_domain_agree(pharmacy):
    with fresh() as context:
        agree(context, pharmacy)
        assert safety.check(context) == []


@settings(max_examples=60)
@given(pharmacies(most=1), st.lists(st.integers(1, 9), max_size=4))
def test_they_agree_after_whatever_was_taken_back_of_it(pharmacy, numbers):
    with fresh() as context:
        agree(context, [taken_back(*pharmacy[0], numbers)])


@settings(max_examples=40)
@given(pharmacies(most=1), st.lists(st.integers(1, 9), max_size=4))
def test_they_agree_on_a_server_whose_rules_are_written_apart(pharmacy, numbers):
    with fresh_on_a_server() as context:
        agree(context, [taken_back(*pharmacy[0], numbers)])


@contextmanager
def fresh_on_a_server():
    """Give a context on a server's database that holds nothing."""
    url = server.fresh_address()
    with closing(open_store(url)) as store:
        yield at_work(store)
    server.give_back(url)


def taken_back(batch, life, numbers):
    """Return a batch whose entries of these numbers were taken back where they can be."""
    for number in numbers:
        history = [Posted(id=at, lot="", entry=each, on_hand=0, at="", by="") for at, each in enumerate(life, 1)]
        with suppress(Refused):
            life = [*life, taking_back.void(batch, history, number, "wrong clock", LONG_AGO)]
    return batch, life


@settings(max_examples=30)
@given(pharmacies(most=3), DAYS)
def test_a_past_day_is_recounted_from_the_entries_up_to_it(pharmacy, day):
    with fresh() as context:
        batches = keep_lives(context, *pharmacy)
        with context.store.reading() as work:
            recounted = dict(work.ledger.stocks_on(day))

    so_far = {
        batch.id: [entry for entry in life if entry.day <= day]
        for batch, (_, life) in zip(batches, pharmacy, strict=True)
    }
    assert recounted == {key: stock_after(life) for key, life in so_far.items() if life}


@settings(max_examples=30)
@given(pharmacies(most=4), DAYS)
def test_use_is_what_was_dispensed_of_a_strength_in_the_days_before(pharmacy, until):
    with fresh() as context:
        keep_lives(context, *pharmacy)
        with context.store.reading() as work:
            used = work.ledger.used(until, 90)

    expected = {}
    for batch, life in pharmacy:
        taken = [entry for entry in life if entry.kind is Kind.DISPENSED and 0 <= (until - entry.day).days < 90]
        if taken:
            expected[batch.strength] = expected.get(batch.strength, 0) - sum(entry.capsules for entry in taken)
    assert used == expected


@given(pharmacies(most=1))
@settings(max_examples=30)
def test_entries_come_back_as_they_were_given_each_with_what_was_left_after_it(pharmacy):
    ((batch, life),) = pharmacy
    with fresh() as context:
        (kept,) = keep_lives(context, (batch, life))
        with context.store.reading() as work:
            posted = work.ledger.of(kept.id, kept.lot)

    assert [each.entry for each in posted] == life
    assert [each.on_hand for each in posted] == [stock_after(life[:end]).on_hand for end in range(1, len(life) + 1)]
