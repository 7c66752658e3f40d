"""The columns of the recalls, of what one reached, and of what was dispensed of that; no Qt but for its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QCoreApplication

from ldninv.domain.entries import Posted
from ldninv.domain.recall import Reached, Recall, Tally
from ldninv.domain.signs import Sign, Tone
from ldninv.ui import words
from ldninv.ui.table import Column

Row = TypeVar("Row")

OPEN = Sign("Open", Tone.STOP, "bullhorn")
CLOSED = Sign("Closed", Tone.QUIET, "check-circle")
TAKEN_BACK = Sign("Taken back", Tone.QUIET, "undo")


def sign(recall: Recall) -> Sign:
    """Return what a recall is, in a word."""
    if recall.closed is None:
        return OPEN
    return TAKEN_BACK if recall.closed.taken_back else CLOSED


def what(recall: Recall) -> str:
    """Return what was recalled, as a line begins."""
    return recall.what[:1].upper() + recall.what[1:]


RECALLS: tuple[Column[Recall], ...] = (
    Column(title="State", text=lambda row: sign(row).word, sign=sign, widest=TAKEN_BACK.word),
    Column(title="Recall", text=lambda row: str(row.number), widest="1000", right=True),
    Column(title="What", text=what, widest="Naltrexone HCl lot NX2611"),
    Column(title="Opened", text=lambda row: words.day(row.day), widest="2026-11-28"),
    Column(title="By", text=lambda row: row.by, widest="Chloé Martin", yields=2),
    Column(title="Why", text=lambda row: row.reason, widest="supplier's letter of 21 November", yields=1),
)
SCOPE: tuple[Column[Reached], ...] = (
    Column(title="Lot", text=lambda row: row.kept.batch.lot, widest="LDN260888008W"),
    Column(title="Strength", text=lambda row: words.strength(row.kept.batch.strength), widest="4.5 mg", right=True),
    Column(title="On hand", text=lambda row: str(row.kept.stock.on_hand), widest="10000", right=True),
    Column(title="Dispensed", text=lambda row: str(row.dispensed), widest="10000", right=True),
    Column(title="Place", text=lambda row: row.kept.stock.place or words.NOTHING, widest="Cabinet A 12", yields=1),
)
BATCHES: tuple[Column[Reached], ...] = (
    Column(title="Lot", text=lambda row: row.kept.batch.lot, widest="LDN260888008W"),
    Column(title="Strength", text=lambda row: words.strength(row.kept.batch.strength), widest="4.5 mg", right=True),
    Column(title="Prepared", text=lambda row: words.day(row.kept.batch.prepared), widest="2026-11-28", yields=1),
    Column(title="On hand then", text=lambda row: str(row.on_hand), widest="10000", right=True, yields=3),
    Column(title="On hand now", text=lambda row: str(row.kept.stock.on_hand), widest="10000", right=True),
    Column(title="Dispensed", text=lambda row: str(row.dispensed), widest="10000", right=True),
    Column(title="Came back", text=lambda row: str(row.returned), widest="10000", right=True),
    Column(title="Disposed of", text=lambda row: str(row.disposed), widest="10000", right=True, yields=4),
    Column(title="Place", text=lambda row: row.kept.stock.place or words.NOTHING, widest="Cabinet A 12", yields=2),
)
_SUPPLIES: tuple[Column[Posted], ...] = (
    Column(title="Dispensed", text=lambda row: words.day(row.entry.day), widest="2026-11-28"),
    Column(title="Lot", text=lambda row: row.lot, widest="LDN260888008W"),
    Column(title="Capsules", text=lambda row: str(-row.entry.capsules), widest="10000", right=True),
    Column(title="Days' supply", text=lambda row: str(row.entry.days_supply or ""), widest="90", right=True),
    Column(title="By", text=lambda row: row.by, widest="Chloé Martin", yields=1),
)


def titled(columns: Sequence[Column[Row]]) -> tuple[Column[Row], ...]:
    """Return columns with their titles in the person's language."""
    translated = QCoreApplication.translate
    return tuple(replace(column, title=translated("RecallTables", column.title)) for column in columns)


def supplies(rx: Mapping[int, str] | None) -> tuple[Column[Posted], ...]:
    """Return the columns of what was dispensed, with the prescription numbers where the pharmacy keeps them (R29)."""
    if rx is None:
        return titled(_SUPPLIES)
    number: Column[Posted] = Column(
        title="Rx number", text=lambda row: rx.get(row.id, words.NOTHING), widest="••••• 1234"
    )
    return titled((*_SUPPLIES, number))


def told(tally: Tally) -> str:
    """Return what a recall comes to, in two lines."""
    batches, supplies = words.counted(tally.batches, "batch", "batches"), _supplies(tally)
    on_hand, now, gone = words.counted(tally.blocked, "capsule"), words.grouped(tally.on_hand), tally.disposed
    back, missing = words.grouped(tally.returned), words.grouped(tally.missing)
    shelf = f"{batches}: {on_hand} on hand when recalled, {now} now, {words.grouped(gone)} disposed of since"
    return f"{shelf}\n{supplies}: {back} came back since, {missing} did not"


def would_reach(tally: Tally) -> str:
    """Return what a recall would reach, in a sentence."""
    if not tally.batches:
        return "No batch was made with it yet. From now on none can be, and no more of it comes in."
    batches = words.counted(tally.batches, "batch", "batches")
    return f"This reaches {batches} with {words.counted(tally.on_hand, 'capsule')} on hand; {_supplies(tally)}."


def _supplies(tally: Tally) -> str:
    supplies = words.counted(tally.supplies, "supply", "supplies")
    return f"{supplies} dispensed, {words.counted(tally.dispensed, 'capsule')}"
