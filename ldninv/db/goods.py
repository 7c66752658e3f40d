"""Products, what stands for them, the component lots that were received, and what happened to each (R35)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from peewee import JOIN, Database, fn

from ldninv.db.rows import AliasRow, BatchRow, GoodsMovementRow, GoodsRow, ProductRow, insert
from ldninv.domain.amounts import Amount, Measure
from ldninv.domain.goods import Alias, Kind, Movement, Product, Received
from ldninv.domain.lots import lot_key


class Goods:
    """The bought goods of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def products(self) -> list[Product]:
        """Return every product, by name and supplier."""
        query = ProductRow.select(*_PRODUCT).order_by(ProductRow.name_key, ProductRow.supplier_key)
        return [_product(row) for row in self._database.execute(query)]

    def product(self, name: str, supplier: str) -> Product | None:
        """Return the product of that name and supplier, compared without case."""
        row = ProductRow
        query = row.select(*_PRODUCT).where(row.name_key == name_key(name), row.supplier_key == name_key(supplier))
        return next((_product(each) for each in self._database.execute(query)), None)

    def add_product(self, product: Product, event: int) -> Product:
        """Keep a product, and return it under its key."""
        key = _next(ProductRow, self._database)
        row = {
            "id": key,
            "name": product.name,
            "name_key": name_key(product.name),
            "supplier": product.supplier,
            "supplier_key": name_key(product.supplier),
            "measure": product.measure.value,
            "event_id": event,
        }
        insert(ProductRow, [row], self._database)
        return Product(name=product.name, supplier=product.supplier, measure=product.measure, id=key)

    def link(self, text: str, event: int, *, product: int | None = None, batch: int | None = None) -> None:
        """Keep what a text stands for from now on; with neither it stands for nothing any more."""
        row = {
            "text": text,
            "text_key": lot_key(text),
            "product_id": product,
            "batch_id": batch,
            "event_id": event,
        }
        insert(AliasRow, [row], self._database)

    def alias(self, text: str) -> Alias | None:
        """Return what a text stands for, compared without case; None where it stands for nothing."""
        return next(iter(self._aliases(AliasRow.text_key == lot_key(text))), None)

    def aliases(self) -> list[Alias]:
        """Return every code and text that stands for something, by text."""
        return self._aliases(None)

    def add_lot(self, product: int, lot: str, expires: date | None, event: int) -> int:
        """Keep a component lot that is received for the first time, and return its key."""
        key = _next(GoodsRow, self._database)
        day = expires.isoformat() if expires else None
        row = {"id": key, "product_id": product, "lot": lot, "lot_key": lot_key(lot), "expires": day, "event_id": event}
        insert(GoodsRow, [row], self._database)
        return key

    def append(self, goods: int, movement: Movement, event: int, batch: int | None = None) -> None:
        """Append what happened to a received lot."""
        row = {
            "goods_id": goods,
            "kind": movement.kind.value,
            "quantity": movement.amount.quantity,
            "day": movement.day.isoformat(),
            "at": movement.at,
            "by": movement.by,
            "reason": movement.reason,
            "batch_id": batch,
            "code": movement.code,
            "serial": movement.serial,
            "event_id": event,
        }
        insert(GoodsMovementRow, [row], self._database)

    def lots(self, until: date | None = None) -> list[Received]:
        """Return every received lot by its date, with what there is of it; at the end of the day `until`, or now."""
        return self._lots(until=until)

    def called(self, lot: str) -> list[Received]:
        """Return the received lots of that number, compared without case."""
        return self._lots(GoodsRow.lot_key == lot_key(lot))

    def of_product(self, product: int, lot: str) -> Received | None:
        """Return a product's received lot; None where it never came."""
        return next(iter(self._lots((GoodsRow.product == product) & (GoodsRow.lot_key == lot_key(lot)))), None)

    def history(self, goods: int, measure: Measure) -> list[Movement]:
        """Return what happened to a received lot, oldest first."""
        row = GoodsMovementRow
        query = (
            row.select(
                row.kind, row.quantity, row.day, row.reason, BatchRow.lot, row.code, row.serial, row.at, row.by,
            )
            .join(BatchRow, JOIN.LEFT_OUTER)
            .where(row.goods == goods)
            .order_by(row.id)
        )  # fmt: skip
        return [_movement(each, measure) for each in self._database.execute(query)]

    def used_in(self, batch: int) -> list[Received]:
        """Return the received lots that a batch took from."""
        row = GoodsMovementRow
        return self._lots(GoodsRow.id.in_(row.select(row.goods).where(row.batch == batch)))

    def _aliases(self, where: Any) -> list[Alias]:  # noqa: ANN401 - peewee's expressions are untyped
        row = AliasRow
        last = row.select(fn.MAX(row.id)).group_by(row.text_key)
        last = last if where is None else last.where(where)
        query = (
            row.select(row.text, BatchRow.lot, *_PRODUCT)
            .join(ProductRow, JOIN.LEFT_OUTER)
            .switch(row)
            .join(BatchRow, JOIN.LEFT_OUTER)
            .where(row.id.in_(last), row.product.is_null(is_null=False) | row.batch.is_null(is_null=False))
            .order_by(row.text_key)
        )
        return [
            Alias(text, _product(product) if product[0] is not None else None, lot)
            for text, lot, *product in self._database.execute(query)
        ]

    def _lots(self, where: Any = None, *, until: date | None = None) -> list[Received]:  # noqa: ANN401 - see above
        row, moved = GoodsRow, GoodsMovementRow
        counted = moved.goods == row.id
        counted = counted if until is None else counted & (moved.day <= until.isoformat())
        query = (
            row.select(row.id, row.lot, row.expires, fn.COALESCE(fn.SUM(moved.quantity), 0), *_PRODUCT)
            .join(ProductRow)
            .switch(row)
            .join(moved, JOIN.LEFT_OUTER, on=counted)
            .group_by(row.id, ProductRow.id)
            .order_by(row.expires.asc(nulls="FIRST"), ProductRow.name_key, row.lot_key)
        )
        query = query if where is None else query.where(where)
        return [_received(each) for each in self._database.execute(query)]


def name_key(name: str) -> str:
    """Return what two writings of one name have in common."""
    return " ".join(name.split()).casefold()


_PRODUCT = (ProductRow.id, ProductRow.name, ProductRow.supplier, ProductRow.measure)


def _next(table: type[Any], database: Database) -> int:
    """Return the key of the row that is kept next; right inside a write transaction only."""
    return int(table.select(fn.COALESCE(fn.MAX(table.id), 0)).scalar(database)) + 1


def _product(row: Sequence[Any]) -> Product:
    key, name, supplier, measure = row
    return Product(name=name, supplier=supplier, measure=Measure(measure), id=key)


def _received(row: Sequence[Any]) -> Received:
    key, lot, expires, quantity, *product = row
    made = _product(product)
    return Received(
        product=made,
        lot=lot,
        expires=date.fromisoformat(expires) if expires else None,
        on_hand=Amount(int(quantity), made.measure),
        id=key,
    )


def _movement(row: Sequence[Any], measure: Measure) -> Movement:
    kind, quantity, day, reason, batch, code, serial, at, by = row
    return Movement(
        kind=Kind(kind),
        amount=Amount(quantity, measure),
        day=date.fromisoformat(day),
        reason=reason,
        batch=batch,
        code=code,
        serial=serial,
        at=at,
        by=by,
    )
