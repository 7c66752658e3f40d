"""Bought goods: products, what stands for them, component lots that were received, and their movements (R35)."""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, ForeignKeyField, Model, TextField

from ldninv.db.rows.shelf import BatchRow, EventRow


class ProductRow(Model):
    """A component of a supplier."""

    id = AutoField()
    name = TextField()
    name_key = TextField()
    supplier = TextField()
    supplier_key = TextField()
    measure = TextField()
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "product"
        indexes = ((("name_key", "supplier_key"), True),)


class AliasRow(Model):
    """A code or text that stands for a product or a batch; the last one of a text holds, and for nothing if empty."""

    id = AutoField()
    text = TextField()
    text_key = TextField(index=True)
    product = ForeignKeyField(ProductRow, null=True, on_delete="RESTRICT")
    batch = ForeignKeyField(BatchRow, null=True, on_delete="RESTRICT")
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "alias"


class GoodsRow(Model):
    """A component lot that was received."""

    id = AutoField()
    product = ForeignKeyField(ProductRow, on_delete="RESTRICT", index=False)
    lot = TextField()
    lot_key = TextField(index=True)
    expires = TextField(null=True)
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "goods"
        indexes = ((("product", "lot_key"), True),)


class GoodsMovementRow(Model):
    """One fact about a received lot: whole micrograms, microlitres or pieces."""

    id = AutoField()
    goods = ForeignKeyField(GoodsRow, on_delete="RESTRICT", index=False)
    kind = TextField()
    quantity = BigIntegerField()
    day = TextField()
    at = TextField()
    by = TextField()
    reason = TextField(null=True)
    batch = ForeignKeyField(BatchRow, null=True, on_delete="RESTRICT")
    code = TextField(null=True)
    serial = TextField(null=True)
    event = ForeignKeyField(EventRow, on_delete="RESTRICT", index=False)

    class Meta:
        table_name = "goods_movement"
        indexes = ((("goods", "day", "quantity"), False),)
