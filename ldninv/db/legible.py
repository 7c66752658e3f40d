"""Which rows cannot be understood: what a disk or a stranger left in them is named, and is no traceback (R28)."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from peewee import BlobField, Database, Field, FloatField, Model, TextField

from ldninv.db import sqlite
from ldninv.db.batch_rows import policy_of
from ldninv.db.preferences import Preferences
from ldninv.db.rows import (
    ALL,
    BatchRecordRow,
    BatchRow,
    BatchStorageRow,
    CalibrationRow,
    ComponentDateRow,
    ComponentRow,
    DailyRow,
    DateKeptRow,
    EventRow,
    FormulaRow,
    GoodsMovementRow,
    GoodsRow,
    HappeningRow,
    IssuedReportRow,
    LoggerRow,
    MovementRow,
    PersonRow,
    PlaceRow,
    PolicyRow,
    ProductRow,
    QualityRow,
    RecallRow,
    SignatureRow,
    StorageDecisionRow,
)
from ldninv.domain import goods
from ldninv.domain.amounts import Measure
from ldninv.domain.days import Week
from ldninv.domain.entries import Decision, Kind
from ldninv.domain.expiry import Container, DecidedBy
from ldninv.domain.formulas import Ingredient
from ldninv.domain.people import Role
from ldninv.domain.places import Light, PlaceKind
from ldninv.domain.quality import Limits
from ldninv.domain.quantities import Strength
from ldninv.domain.record import Potency
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning
from ldninv.domain.storage.happenings import Aspect, Effect
from ldninv.domain.storage.placing import zone_named
from ldninv.domain.storage.profiles import profile
from ldninv.domain.stored import Storage

Reads = Callable[[Any], object]
"""Makes of a column's value what the program reads in it, or raises."""

_NOT_UNDERSTOOD = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, Refused)
"""What comes of a value that is none of its kind."""

_day, _instant = date.fromisoformat, datetime.fromisoformat


def _ingredients(text: str) -> object:
    return [Ingredient(name, amount) for name, amount in json.loads(text)]


def _weights(text: str) -> object:
    return [Decimal(weight) for weight in json.loads(text)]


def _limits(text: str) -> object:
    return replace(Limits(), **{name: Decimal(value) for name, value in json.loads(text).items()})


def _potency(text: str) -> object:
    return Potency(Decimal(text))


def _share(text: str) -> object:
    return Potency(Decimal(100), Decimal(text))


def _names(text: str) -> object:
    told = json.loads(text)
    return None if told is None else [name.casefold() for name in told]


def _judged_by(text: str) -> object:
    return dict(json.loads(text).items())


_MEANT: Mapping[type[Model], Mapping[str, Reads]] = {
    PlaceRow: {"kind": PlaceKind, "light": Light, "profile": profile},
    BatchRow: {
        "strength": Strength, "prepared": _day, "expires": _day, "decided_by": DecidedBy, "container": Container,
        "policy": policy_of, "first_expires": _day, "first_decided_by": DecidedBy, "storage": Storage,
    },
    ComponentRow: {"expires": _day},
    MovementRow: {"kind": Kind, "day": _day, "expires": _day, "decision": Decision},
    RecallRow: {"names": _names, "day": _day},
    FormulaRow: {"strength": Strength, "container": Container, "ingredients": _ingredients},
    BatchRecordRow: {"prepared_at": time.fromisoformat, "assay": _potency, "water": _share},
    QualityRow: {"weights": _weights, "limits": _limits},
    PolicyRow: {"policy": policy_of, "effective_from": _day},
    ComponentDateRow: {"expires": _day},
    DateKeptRow: {"against": _day},
    PersonRow: {"role": Role, "failed_at": _instant},
    SignatureRow: {"meaning": Meaning, "at": _instant},
    ProductRow: {"measure": Measure},
    GoodsRow: {"expires": _day},
    GoodsMovementRow: {"kind": goods.Kind, "day": _day},
    LoggerRow: {"zone": zone_named},
    CalibrationRow: {"day": _day},
    DailyRow: {"day": _day},
    HappeningRow: {"aspect": Aspect, "level": Storage, "effect": Effect, "limits": _judged_by},
    StorageDecisionRow: {"decision": Decision, "expires": _day},
    BatchStorageRow: {"level": Storage},
    IssuedReportRow: {"week": Week.parse, "as_of": _day},
}  # fmt: skip
"""What the program reads in a column, beyond its being a text or a number."""


def faults(database: Database) -> list[str]:
    """Return the rows of which something cannot be understood, in words; empty where all can."""
    found = [said for table in ALL if table is not EventRow for said in _of_table(database, table)]
    return found + _settings(database)


class Rows:
    """The rows of one database, as they lie there."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def illegible(self) -> list[str]:
        """Return the rows of which something cannot be understood, in words."""
        return faults(self._database)

    def lying(self, table: str) -> Iterator[dict[str, Any]]:
        """Yield the rows of a table by the names of their columns, whatever they hold, without what is long."""
        (wanted,) = (each for each in ALL if each._meta.table_name == table)  # noqa: SLF001 - peewee's own way
        fields = _short(wanted)
        names = [field.column_name for field in fields]
        return (dict(zip(names, row, strict=True)) for row in rows(self._database, wanted, fields))


def _of_table(database: Database, table: type[Model]) -> Iterator[str]:
    name = table._meta.table_name  # noqa: SLF001 - peewee's own way
    fields = _short(table)
    meant = _MEANT.get(table, {})
    columns = [(field, _kinds(field), meant.get(field.name), set[Any]()) for field in fields]
    names = [field.column_name for field in fields]
    keys = [names.index(field.column_name) for field in table._meta.get_primary_keys()]  # noqa: SLF001 - see above
    try:
        for row in rows(database, table, fields):
            for (field, kinds, read, known), value in zip(columns, row, strict=True):
                if (value is None and field.null) or (type(value) in kinds and (read is None or value in known)):
                    continue
                if type(value) in kinds and read is not None and _is_read(read, value):
                    known.add(value)
                    continue
                key, said = ", ".join(str(row[at]) for at in keys), str(value)[:_SHOWN]
                yield f"Row {key} of {name} cannot be understood ({field.column_name}: {said!r})."
    except sqlite.NOT_READ as error:
        if not sqlite.is_no_text(error):
            raise
        yield f"A row of {name} cannot be understood: it holds bytes that are no characters."


def _short(table: type[Model]) -> list[Field]:
    return [field for field in table._meta.sorted_fields if not isinstance(field, BlobField)]  # noqa: SLF001 - peewee's own way


def rows(database: Database, table: type[Model], fields: Sequence[Field]) -> Iterator[Sequence[Any]]:
    """Yield these columns of every row as they lie there, whatever they hold, in the order of the table's key."""
    names = ", ".join(f'"{field.column_name}"' for field in fields)
    keys = ", ".join(f'"{field.column_name}"' for field in table._meta.get_primary_keys())  # noqa: SLF001 - see above
    yield from database.execute_sql(f'SELECT {names} FROM "{table._meta.table_name}" ORDER BY {keys}')  # noqa: S608, SLF001 - our own names


_SHOWN = 40
"""Characters of a value that a sentence shows."""


def _is_read(read: Reads, value: object) -> bool:
    try:
        read(value)
    except _NOT_UNDERSTOOD:
        return False
    return True


def _kinds(field: Field) -> Collection[type]:
    """Return of which kinds a column's values are."""
    field = getattr(field, "rel_field", field)
    if isinstance(field, TextField):
        return (str,)
    return (float, int) if isinstance(field, FloatField) else (int, bool)


def _settings(database: Database) -> list[str]:
    """Return whether the settings can be read; each is a row of its own."""
    try:
        Preferences(database).read()
    except _NOT_UNDERSTOOD as error:
        return [f"The table setting cannot be understood ({error})."]
    return []
