"""Products, aliases, received component lots and their movements. Frozen."""

from peewee import AutoField, BigIntegerField, ForeignKeyField, Model, TextField

from ldninv.db import triggers


def up(migrator, db):  # noqa: ANN001, ANN201, ARG001
    class Event(Model):
        number = AutoField()

        class Meta:
            database = db
            table_name = "event"

    class Batch(Model):
        class Meta:
            database = db
            table_name = "batch"

    class Product(Model):
        name = TextField()
        name_key = TextField()
        supplier = TextField()
        supplier_key = TextField()
        measure = TextField()
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "product"
            indexes = ((("name_key", "supplier_key"), True),)

    class Alias(Model):
        text = TextField()
        text_key = TextField(index=True)
        product = ForeignKeyField(Product, null=True, on_delete="RESTRICT")
        batch = ForeignKeyField(Batch, null=True, on_delete="RESTRICT")
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "alias"

    class Goods(Model):
        product = ForeignKeyField(Product, on_delete="RESTRICT", index=False)
        lot = TextField()
        lot_key = TextField(index=True)
        expires = TextField(null=True)
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "goods"
            indexes = ((("product", "lot_key"), True),)

    class GoodsMovement(Model):
        goods = ForeignKeyField(Goods, on_delete="RESTRICT", index=False)
        kind = TextField()
        quantity = BigIntegerField()
        day = TextField()
        at = TextField()
        by = TextField()
        reason = TextField(null=True)
        batch = ForeignKeyField(Batch, null=True, on_delete="RESTRICT")
        code = TextField(null=True)
        serial = TextField(null=True)
        event = ForeignKeyField(Event, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "goods_movement"
            indexes = ((("goods", "day", "quantity"), False),)

    db.create_tables([Product, Alias, Goods, GoodsMovement])
    for statement in triggers.TRIGGERS_GOODS:
        db.execute_sql(statement)
