"""One store, several threads: each with a connection of its own, none in another's way."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from builders import a_batch, dump, keep
from ldninv.domain.ledger import Kind
from ldninv.domain.refusal import Refused
from ldninv.services import batches, ledger, safety
from ldninv.services.batches import Question

pytestmark = pytest.mark.on_both


def test_threads_that_write_at_once_wait_for_each_other(shared):
    keep(shared, a_batch(lot="A1", made=150))

    def take(_):
        with suppress(Refused):
            for _ in range(10):
                ledger.waste(shared, "A1", 5, reason="dropped")
        shared.store.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take, range(4)))

    card = batches.card(shared, "A1")
    assert card.kept.stock.on_hand == 0
    assert [each.entry.kind for each in card.movements].count(Kind.WASTED) == 30
    assert safety.check(shared) == []


def test_a_thread_does_not_see_what_another_has_not_finished(shared):
    keep(shared, a_batch(lot="A1"))

    def seen(_):
        found = batches.count(shared, Question())
        shared.store.close()
        return found

    with ThreadPoolExecutor(1) as pool, shared.store.transaction() as work:
        work.trail.append(shared.event("test", "test"))
        work.database.execute_sql("UPDATE batch SET on_hand = 1")
        assert list(pool.map(seen, [0])) == [1]
    assert batches.card(shared, "A1").kept.stock.on_hand == 1


def test_one_moment_stays_one_moment_while_others_write(shared):
    keep(shared, a_batch(lot="A1"))

    def write(_):
        ledger.waste(shared, "A1", 5, reason="dropped")
        shared.store.close()

    with ThreadPoolExecutor(1) as pool, shared.store.reading() as work:
        before = work.batches.by_lot("A1")
        list(pool.map(write, [0]))
        assert work.batches.by_lot("A1") == before
    assert batches.card(shared, "A1").kept.stock.on_hand == 295


def test_an_exception_in_a_transaction_takes_everything_back_and_the_store_goes_on(shared):
    keep(shared, a_batch(lot="A1"))
    before = dump(shared.store)

    def stumble():
        with shared.store.transaction() as work:
            work.trail.append(shared.event("test", "test"))
            work.database.execute_sql("UPDATE batch SET on_hand = 1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble()
    assert dump(shared.store) == before
    assert shared.store.beside().head.events == len(before["event"])
    keep(shared, a_batch(lot="B1"))
