"""One store, several threads: each with a connection of its own, none in another's way."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from builders import a_batch, dump, keep
from ldninv.domain.ledger import Kind
from ldninv.domain.refusal import Refused
from ldninv.services import batches, ledger, safety
from ldninv.services.batches import Question


def test_threads_that_write_at_once_wait_for_each_other(filed):
    keep(filed, a_batch(lot="A1", made=150))

    def take(_):
        with suppress(Refused):
            for _ in range(10):
                ledger.waste(filed, "A1", 5, reason="dropped")
        filed.store.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(take, range(4)))

    card = batches.card(filed, "A1")
    assert card.kept.stock.on_hand == 0
    assert [each.entry.kind for each in card.movements].count(Kind.WASTED) == 30
    assert safety.check(filed) == []


def test_a_thread_does_not_see_what_another_has_not_finished(filed):
    keep(filed, a_batch(lot="A1"))

    def seen(_):
        found = batches.count(filed, Question())
        filed.store.close()
        return found

    with ThreadPoolExecutor(1) as pool, filed.store.transaction() as work:
        work.trail.append(filed.event("test", "test"))
        work.database.execute_sql("UPDATE batch SET on_hand = 1")
        assert list(pool.map(seen, [0])) == [1]
    assert batches.card(filed, "A1").kept.stock.on_hand == 1


def test_one_moment_stays_one_moment_while_others_write(filed):
    keep(filed, a_batch(lot="A1"))

    def write(_):
        ledger.waste(filed, "A1", 5, reason="dropped")
        filed.store.close()

    with ThreadPoolExecutor(1) as pool, filed.store.reading() as work:
        before = work.batches.by_lot("A1")
        list(pool.map(write, [0]))
        assert work.batches.by_lot("A1") == before
    assert batches.card(filed, "A1").kept.stock.on_hand == 295


def test_an_exception_in_a_transaction_takes_everything_back_and_the_store_goes_on(filed):
    keep(filed, a_batch(lot="A1"))
    before = dump(filed.store)

    def stumble():
        with filed.store.transaction() as work:
            work.trail.append(filed.event("test", "test"))
            work.database.execute_sql("UPDATE batch SET on_hand = 1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble()
    assert dump(filed.store) == before
    assert filed.store.beside().head.events == len(before["event"])
    keep(filed, a_batch(lot="B1"))
