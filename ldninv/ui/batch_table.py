"""The columns of the batch list, and the rows they show: a batch with what it is today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from ldninv.domain import signs, standing
from ldninv.domain.batch import Kept
from ldninv.domain.question import Sort
from ldninv.domain.signs import Sign
from ldninv.domain.standing import Standing
from ldninv.services import batches
from ldninv.services.context import Context
from ldninv.ui import words
from ldninv.ui.table import Column


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of the list."""

    kept: Kept
    now: Standing
    sign: Sign


def listed(context: Context, keys: Sequence[int]) -> list[Listed]:
    """Return the rows of a page of the list."""
    today, buffer = context.today(), context.settings.buffer
    found = []
    for kept in batches.rows(context, keys):
        now = standing.of(kept, today, buffer=buffer)
        found.append(Listed(kept, now, signs.sign(now)))
    return found


_COLUMNS: tuple[Column[Listed], ...] = (
    Column(
        key="state",
        title="State",
        text=lambda row: row.sign.word,
        sign=lambda row: row.sign,
        widest=signs.NOT_YET_MADE.word,
        about=lambda row: f"{row.sign.word}: {'; '.join(row.now.reasons)}",
    ),
    Column(key="lot", title="Lot", text=lambda row: row.kept.batch.lot, sort=Sort.LOT, widest="LDN260888008W"),
    Column(
        key="strength",
        title="Strength",
        text=lambda row: words.strength(row.kept.batch.strength),
        sort=Sort.STRENGTH,
        widest="4.5 mg",
        right=True,
    ),
    Column(
        key="expires",
        title="Expires",
        text=lambda row: words.day(row.kept.batch.expiry.on),
        sort=Sort.EXPIRES,
        widest="2026-11-28",
    ),
    Column(
        key="left",
        title="Time left",
        text=lambda row: words.left(row.now.usable_days),
        widest="expired 100 days ago",
        yields=4,
    ),
    Column(
        key="covers",
        title="Covers",
        text=lambda row: words.covers(row.now.covers),
        widest="30 · 60 · 90",
        yields=2,
    ),
    Column(
        key="on_hand",
        title="On hand",
        text=lambda row: str(row.now.on_hand),
        sort=Sort.ON_HAND,
        widest="10000",
        right=True,
    ),
    Column(
        key="usable",
        title="Usable",
        text=lambda row: str(row.now.usable_capsules),
        widest="10000",
        right=True,
        yields=3,
    ),
    Column(
        key="place",
        title="Place",
        text=lambda row: row.kept.stock.place or words.NOTHING,
        sort=Sort.PLACE,
        widest="Cabinet A 12",
        yields=5,
    ),
    Column(
        key="prepared",
        title="Prepared",
        text=lambda row: words.day(row.kept.batch.prepared),
        sort=Sort.PREPARED,
        widest="2026-11-28",
        yields=1,
    ),
)


def columns() -> tuple[Column[Listed], ...]:
    """Return the columns of the list, with their titles in the person's language."""
    translated = QCoreApplication.translate
    return tuple(replace(column, title=translated("BatchTable", column.title)) for column in _COLUMNS)
