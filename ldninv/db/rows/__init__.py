"""The tables as they are now. They are never bound to a database: every query says on which one it runs.

Days are ISO text, instants ISO text with offset, masses whole micrograms. The columns of `BatchRow` from `on_hand` on
are kept by the database itself, by a trigger on `MovementRow` in the same transaction; `check` recounts them (R10).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from peewee import Database, Model

from ldninv.db.rows.goods import AliasRow, GoodsMovementRow, GoodsRow, ProductRow
from ldninv.db.rows.people import PersonNameRow, PersonRow, SignatureRow
from ldninv.db.rows.recalls import RecallBatchRow, RecallClosedRow, RecallRow
from ldninv.db.rows.records import (
    BatchRecordRow,
    ComponentDateRow,
    DateKeptRow,
    FormulaRow,
    PolicyRow,
    QualityRow,
    SettingRow,
)
from ldninv.db.rows.reports import IssuedReportRow
from ldninv.db.rows.shelf import BatchRow, ComponentRow, DisposalRow, EventRow, MovementRow, PlaceRow, RxRow
from ldninv.db.rows.storage import (
    BatchStorageRow,
    CalibrationRow,
    DailyRow,
    HappeningRow,
    LoggerFileRow,
    LoggerRow,
    ReadingBlockRow,
    StorageDecisionRow,
    TouchRow,
    WatchRow,
)

__all__ = [
    "ALL",
    "AliasRow",
    "BatchRecordRow",
    "BatchRow",
    "BatchStorageRow",
    "CalibrationRow",
    "ComponentDateRow",
    "ComponentRow",
    "DailyRow",
    "DateKeptRow",
    "DisposalRow",
    "EventRow",
    "FormulaRow",
    "GoodsMovementRow",
    "GoodsRow",
    "HappeningRow",
    "IssuedReportRow",
    "LoggerFileRow",
    "LoggerRow",
    "MovementRow",
    "PersonNameRow",
    "PersonRow",
    "PlaceRow",
    "PolicyRow",
    "ProductRow",
    "QualityRow",
    "ReadingBlockRow",
    "RecallBatchRow",
    "RecallClosedRow",
    "RecallRow",
    "RxRow",
    "SettingRow",
    "SignatureRow",
    "StorageDecisionRow",
    "TouchRow",
    "WatchRow",
    "insert",
]

ALL = (
    PlaceRow,
    EventRow,
    BatchRow,
    ComponentRow,
    MovementRow,
    DisposalRow,
    RxRow,
    RecallRow,
    RecallBatchRow,
    RecallClosedRow,
    SettingRow,
    FormulaRow,
    BatchRecordRow,
    QualityRow,
    PolicyRow,
    ComponentDateRow,
    DateKeptRow,
    PersonRow,
    PersonNameRow,
    SignatureRow,
    ProductRow,
    AliasRow,
    GoodsRow,
    GoodsMovementRow,
    LoggerRow,
    WatchRow,
    CalibrationRow,
    LoggerFileRow,
    ReadingBlockRow,
    DailyRow,
    HappeningRow,
    TouchRow,
    StorageDecisionRow,
    BatchStorageRow,
    IssuedReportRow,
)


def insert(table: type[Model], rows: Sequence[Mapping[str, Any]], database: Database) -> None:
    """Insert many rows with the same keys (fields by their column's name) through one prepared statement.

    Ten times as fast as a query built for every hundred rows, which a long list feels.
    """
    if not rows:
        return
    columns = list(rows[0])
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join(database.param for _ in columns)
    statement = f'INSERT INTO "{table._meta.table_name}" ({names}) VALUES ({marks})'  # noqa: S608, SLF001 - our own names
    database.cursor().executemany(statement, [tuple(row[column] for column in columns) for row in rows])
