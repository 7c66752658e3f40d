"""One line of a list, once its header, its date order and its decimal marks are known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

from ldninv.domain import lots
from ldninv.domain.batch_list import DateOrder, Field, ListedBatch
from ldninv.domain.expiry import FILLER, Container
from ldninv.domain.quantities import Strength
from ldninv.importers import cells, dates
from ldninv.importers.sheets import Cell, Unfit, blank, quoted

_T = TypeVar("_T")
_BLANK = Unfit("is blank")
_SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]+", re.ASCII | re.IGNORECASE)
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_MCC = re.compile(r"\bmcc\b|avicel|microcr[iy]stal+in|mikrokristallin", re.IGNORECASE)
_DARK = re.compile(
    r"light[ -]?(?:resist|protect)|licht(?:schutz|gesch|undurch)|amber|braun|brown|opaque|opak|opaco|ambre|ámbar|"
    r"topacio|abri de la lumi|protegido de la luz|fotoprotec",
    re.IGNORECASE,
)
_CLEAR = re.compile(r"\b(?:clear|klar|durchsichtig|transparente?|claro|clair)\b", re.IGNORECASE)
_NEGATED = re.compile(r"\b(?:not?|non|nicht|kein|sans|sin|pas)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ways:
    """How the rows of one file are written."""

    columns: Mapping[Field, int]
    width: int
    """Cells of the header, blank ones at its end aside; 0 where the list has none."""
    ragged: bool
    order: DateOrder | None
    marks: cells.Marks
    in_micrograms: bool


def lot_of(row: Sequence[Cell], ways: Ways) -> str | Unfit:
    """Return the lot of a row, exactly as written but for outer blanks."""
    cell = _at(row, ways.columns.get(Field.LOT))
    if isinstance(cell, Unfit):
        return cell
    if isinstance(cell, date):
        return Unfit(f"{quoted(cell)} is a date in the workbook, not the lot's text")
    text = str(cell).strip()
    if not text:
        return _BLANK
    if len(text) > lots.LONGEST:
        return Unfit(f"{quoted(text)} is longer than {lots.LONGEST} characters")
    if _UNPRINTED.search(text):
        return Unfit(f"{quoted(text)} holds a line break or another sign that cannot be printed")
    return Unfit(f"{quoted(text)} is a number that a spreadsheet shortened") if _SHORTENED.fullmatch(text) else text


def listed(line: int, row: Sequence[Cell], lot: str | Unfit, ways: Ways) -> ListedBatch | list[str]:
    """Return the batch of a row, or what is wrong with each of its cells in words."""
    wrong: list[str] = []

    def sound(name: str, found: _T | Unfit) -> _T | None:
        if isinstance(found, Unfit):
            wrong.append(f"{name} {found.why}")
            return None
        return found

    if ways.ragged and 0 < ways.width < len(row) and not all(map(blank, row[ways.width :])):
        wrong.append(f"the line has {len(row)} cells and the header {ways.width}; a separator stands inside a cell")
    number = sound("lot", lot)
    strength = sound("strength", _strength(row, ways))
    prepared = sound("prepared", _day(row, ways, Field.PREPARED) or _BLANK)
    expires = sound("expires", _day(row, ways, Field.EXPIRES))
    made = sound("made", _count(row, ways, Field.MADE)) if Field.MADE in ways.columns else None
    on_hand = sound("on hand", _count(row, ways, Field.ON_HAND)) if Field.ON_HAND in ways.columns else made
    made = made if Field.MADE in ways.columns else on_hand
    if wrong or number is None or strength is None or prepared is None or made is None or on_hand is None:
        return wrong
    return ListedBatch(
        line=line,
        lot=number,
        strength=strength,
        prepared=prepared,
        expires=expires,
        made=made,
        on_hand=on_hand,
        place=_words(row, ways, Field.PLACE),
        made_by=_words(row, ways, Field.MADE_BY),
        verified_by=_words(row, ways, Field.VERIFIED_BY),
        filler=_filler(_words(row, ways, Field.FILLER)),
        container=container(_words(row, ways, Field.CONTAINER)),
    )


def _at(row: Sequence[Cell], index: int | None) -> Cell:
    return row[index] if index is not None and index < len(row) else ""


def _strength(row: Sequence[Cell], ways: Ways) -> Strength | Unfit:
    at = ways.columns.get(Field.STRENGTH)
    if at is not None:
        return cells.strength(_at(row, at), ways.marks, in_micrograms=ways.in_micrograms)
    return cells.strength(_at(row, ways.columns.get(Field.DRUG)), ways.marks, described=True)


def _day(row: Sequence[Cell], ways: Ways, field: Field) -> date | Unfit | None:
    """Return the day in a column, or None where the cell is blank."""
    cell = _at(row, ways.columns.get(field))
    return None if blank(cell) else dates.day(cell, ways.order, month_counts=field is Field.EXPIRES)


def _count(row: Sequence[Cell], ways: Ways, field: Field) -> int | Unfit:
    return cells.count(_at(row, ways.columns[field]), ways.marks)


def _words(row: Sequence[Cell], ways: Ways, field: Field) -> str | None:
    at = ways.columns.get(field)
    if at is None or at >= len(row) or isinstance(row[at], Unfit):
        return None
    return " ".join(str(row[at]).split()) or None


def _filler(text: str | None) -> str | None:
    return FILLER if text is not None and _MCC.search(text) else text


@lru_cache(maxsize=256)
def container(text: str | None) -> Container | None:
    """Return whether a container keeps light out, or None where its words do not say.

    >>> container("Amber vial"), container("bottle")
    (<Container.LIGHT_RESISTANT: 'light-resistant'>, None)
    """
    if text is None or _NEGATED.search(text):
        return None
    dark, clear = _DARK.search(text), _CLEAR.search(text)
    if dark and clear:
        return None
    return Container.LIGHT_RESISTANT if dark else Container.CLEAR if clear else None
