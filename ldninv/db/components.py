"""Component lots, wherever they are known from: received, or written down when a batch was made. One definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from peewee import Database, fn

from ldninv.db.batches import AT_ONCE
from ldninv.db.goods import Goods
from ldninv.db.rows import BatchRow, ComponentRow
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.lots import lot_key
from ldninv.domain.policies import same_component


class Components:
    """The component lots of one database."""

    def __init__(self, database: Database, goods: Goods) -> None:
        self._database = database
        self._goods = goods

    def called(self, lot: str) -> list[ComponentLot]:
        """Return the components that have this lot, each name and supplier once, those that were received first."""
        row = ComponentRow
        query = row.select(row.name, row.lot, row.supplier).where(row.lot_key == lot_key(lot)).distinct()
        query = query.order_by(row.name, row.supplier)
        received = [each.component for each in self._goods.called(lot)]
        there = {same_component(each) for each in received}
        written = (ComponentLot(name, as_is, None, supplier) for name, as_is, supplier in self._database.execute(query))
        return [*received, *(each for each in written if same_component(each) not in there)]

    def went_into(self, lot: str, names: Iterable[str] = ()) -> list[str]:
        """Return the lots of the batches that a component of this lot went into, oldest first.

        Args:
            lot: The component's.
            names: Which components; whatever carries the lot where none is named.
        """
        wanted = {same_component(ComponentLot(name, lot)) for name in names}
        row = ComponentRow
        query = row.select(BatchRow.lot, row.name).join(BatchRow).where(row.lot_key == lot_key(lot))
        query = query.order_by(BatchRow.prepared, BatchRow.lot)
        rows = self._database.execute(query)
        meant = (batch for batch, name in rows if not wanted or same_component(ComponentLot(name, lot)) in wanted)
        return list(dict.fromkeys(meant))

    def dated(self, lot: str) -> list[ComponentLot]:
        """Return the component lots that carry this lot: as they were received, else as the last batch wrote them."""
        last = ComponentRow.select(fn.MAX(ComponentRow.id)).where(ComponentRow.lot_key == lot_key(lot))
        query = ComponentRow.select().where(ComponentRow.id.in_(last.group_by(fn.LOWER(ComponentRow.name))))
        rows = query.order_by(ComponentRow.id).execute(self._database)
        received = [each.component for each in self._goods.called(lot)]
        there = {same_component(each) for each in received}
        written = (ComponentLot(row.name, row.lot, _day(row.expires), row.supplier) for row in rows)
        return [*received, *(each for each in written if same_component(each) not in there)]

    def written(self) -> list[tuple[ComponentLot, int]]:
        """Return the component lots of all batches, each as it was written last, with how many batches have it."""
        row = ComponentRow
        groups = row.select(fn.MAX(row.id), fn.COUNT(row.batch.distinct())).where(row.lot_key != "")
        last = dict(self._database.execute(groups.group_by(row.lot_key, fn.LOWER(row.name))))
        found: dict[tuple[str, str], tuple[ComponentLot, int]] = {}
        for key, part in self._by_keys(sorted(last)):
            before = found.get(same_component(part), (part, 0))[1]
            found[same_component(part)] = part, before + last[key]
        return list(found.values())

    def _by_keys(self, keys: Sequence[int]) -> Iterator[tuple[int, ComponentLot]]:
        row = ComponentRow
        for start in range(0, len(keys), AT_ONCE):
            query = row.select(row.id, row.name, row.lot, row.expires, row.supplier)
            query = query.where(row.id.in_(keys[start : start + AT_ONCE])).order_by(row.id)
            for key, name, lot, expires, supplier in self._database.execute(query):
                yield key, ComponentLot(name, lot, _day(expires), supplier)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
