"""What happened since: by the numbers of the ledger, so that a list in memory reads again only what changed."""

from builders import a_batch, keep
from ldninv.services import batches, ledger


def test_the_ledger_names_the_batches_of_the_entries_after_a_number_each_once(context):
    with context.store.reading() as work:
        assert work.ledger.last() == 0
    keep(context, a_batch(lot="A"), a_batch(lot="B"), a_batch(lot="C"))
    a, c = (batches.card(context, lot).kept.batch.id for lot in "AC")
    with context.store.reading() as work:
        before = work.ledger.last()
    for lot in ("C", "A", "C"):
        ledger.waste(context, lot, 1, reason="dropped")

    with context.store.reading() as work:
        assert work.ledger.last() == before + 3
        assert work.ledger.touched(before, 10) == [c, a]
        assert work.ledger.touched(before, 1) == [c]
        assert work.ledger.touched(before + 3, 10) == []


def test_the_list_of_what_is_in_stock_is_read_from_its_index(context):
    question = "SELECT id FROM batch WHERE on_hand > 0 ORDER BY expires, prepared, lot LIMIT 200"
    with context.store.reading() as work:
        (plan,) = work.database.execute_sql(f"EXPLAIN QUERY PLAN {question}").fetchall()

    assert "batch_in_stock" in plan[3]
