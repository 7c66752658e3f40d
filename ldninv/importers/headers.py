"""Where a list's header stands, and which column holds what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from ldninv.domain.batch_list import Columns, ColumnsUnclear, Field
from ldninv.domain.refusal import Refused
from ldninv.importers import header_words
from ldninv.importers.sheets import Cell, Line, blank

HEAD = 60
"""Lines in which the header must stand, titles above it included."""

_FEWEST = 2
"""Header words that make a header; one alone may stand in any letterhead."""
_WIDEST = 500
"""Cells of a line, and characters of a cell, that are looked at."""
_LONGEST = 80
_SHOWN = 20
"""Lines below a header from which a person sees what its columns hold."""
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_NO_WORD = re.compile(r"[\W_]+")
_UNIT = re.compile(r" (?:in |en )?(?:mg|mcg|ug|μg|caps|capsules|kps|kapseln|gelules|capsulas|stk|pcs)$")
_MICRO = re.compile(r"\b(?:mcg|ug|μg)\b")
_NAMES = {
    Field.LOT: "lot",
    Field.STRENGTH: "strength",
    Field.PREPARED: "preparation date",
    Field.MADE: "quantity",
}
_NEEDED: tuple[tuple[Field, ...], ...] = (
    (Field.LOT,),
    (Field.STRENGTH, Field.DRUG),
    (Field.PREPARED,),
    (Field.MADE, Field.ON_HAND),
)


@dataclass(frozen=True, slots=True)
class Header:
    """The line above the rows, and the columns that were understood."""

    line: int
    cells: tuple[str, ...]
    columns: Mapping[Field, int]
    """Indices of columns; 0 is the first."""
    torn: tuple[int, int] | None = None
    """Two columns between which only a person can choose."""

    @property
    def width(self) -> int:
        """Its cells, blank ones at the end aside."""
        return max((at + 1 for at, cell in enumerate(self.cells) if cell), default=0)

    def word(self, field: Field) -> str:
        """Return the header word of a column that is known."""
        at = self.columns[field]
        return self.cells[at] if at < len(self.cells) else f"column {at + 1}"

    @property
    def missing(self) -> tuple[str, ...]:
        """The needed columns that were not found, in words."""
        return tuple(_NAMES[each[0]] for each in _NEEDED if not any(field in self.columns for field in each))

    @property
    def in_micrograms(self) -> bool:
        """Whether the header says that strengths without a unit are micrograms."""
        at = self.columns.get(Field.STRENGTH)
        return at is not None and at < len(self.cells) and _MICRO.search(_plain(self.cells[at])) is not None

    def refuse_gaps(self, name: str, head: Iterable[Line]) -> None:
        """Refuse a header that lacks a column, or has two for one.

        Args:
            name: The file's, for messages.
            head: The first lines of the file, of which a person is shown those below the header.

        Raises:
            ColumnsUnclear: a person has to say which column holds what.
        """
        text = self._gap(name)
        if text is not None:
            below = tuple(tuple(map(str, cells)) for line, cells in head if line > self.line)[:_SHOWN]
            raise ColumnsUnclear(text, self.line, self.cells, tuple(self.columns.items()), below)

    def _gap(self, name: str) -> str | None:
        if self.torn:
            first, second = (self.cells[at] for at in self.torn)
            return (
                f"{name}: the columns “{first}” and “{second}” may hold the same thing. "
                "Say which is which, or rename one."
            )
        if not self.missing:
            return None
        found = ", ".join(cell for cell in self.cells if cell)
        return (
            f"{name} has no column for the {' and the '.join(self.missing)}. "
            f"Its headers on line {self.line} are: {found}. Say which column it is, or rename it."
        )


def find(lines: Iterable[Line]) -> Header | None:
    """Return the first line on which the most columns are understood, or None where none looks like a header."""
    best: Header | None = None
    for line, cells in lines:
        columns, torn = _understood(tuple(_text(cell) for cell in cells[:_WIDEST]))
        if len(columns) >= _FEWEST and (best is None or len(columns) > len(best.columns)):
            best = Header(line, tuple(_text(cell) for cell in cells), columns, torn)
    return best


def likely(lines: Sequence[Line]) -> Header | None:
    """Return the first line that may be a header in words that are not known: texts over a line with figures."""
    for (line, cells), (_, below) in pairwise(lines):
        texts = [cell for cell in cells if not blank(cell)]
        if len(texts) >= len(_NEEDED) and not any(map(_figured, texts)) and any(map(_figured, below)):
            found = tuple(_text(cell) for cell in cells[:_WIDEST])
            return Header(line, found, _understood(found)[0])
    return None


def by_hand(name: str, lines: Sequence[Line], columns: Columns) -> Header:
    """Return the header with the columns that a person gave in place of those that were understood.

    Raises:
        Refused: a field or a column is not known, or the list is narrower.
    """
    unknown = sorted(set(columns) - set(Field))
    if unknown:
        raise Refused(f"“{unknown[0]}” is no column of a batch list. Known are: {', '.join(Field)}.")
    said = {Field(field): at for field, at in columns.items()}
    given = {field: at for field, at in said.items() if at is not None}
    found = find(lines) or _without_words(lines, given)
    outside = [at for at in given.values() if not 0 <= at < max(len(cells) for _, cells in lines)]
    if outside:
        raise Refused(f"{name} has no column {outside[0] + 1}. Choose the columns again.")
    kept = {field: at for field, at in found.columns.items() if field not in said and at not in given.values()}
    settled = {*given.values(), *(at for field, at in found.columns.items() if field in said)}
    torn = found.torn if found.torn and not settled & set(found.torn) else None
    return Header(found.line, found.cells, kept | given, torn)


def _without_words(lines: Sequence[Line], given: Mapping[Field, int]) -> Header:
    """Return the first line as wide as the columns given, in whatever language; a line with numbers is no header."""
    for line, cells in lines:
        chosen = [cells[at] for at in given.values() if 0 <= at < len(cells)]
        if len(chosen) == len(given) and not any(map(blank, chosen)):
            if any(map(_figured, chosen)):
                break
            return Header(line, tuple(_text(cell) for cell in cells), {})
    return Header(0, (), {})


def _figured(cell: Cell) -> bool:
    """Whether a cell holds a figure, as rows do and headers do not."""
    return not isinstance(cell, str) or any(map(str.isdecimal, cell))


def plain(text: str) -> str:
    """Return a header word without case, accents, punctuation and what stands in brackets.

    >>> plain("N° de lot"), plain("Stärke (mg)"), plain("Lot #")
    ('n de lot', 'starke', 'lot')
    """
    return _plain(_ASIDE.sub(" ", text)) or _plain(text)


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text[:_LONGEST]).casefold()
    return _NO_WORD.sub(" ", "".join(each for each in bare if not unicodedata.combining(each))).strip()


def _text(cell: Cell) -> str:
    return " ".join(cell[:_WIDEST].split()) if isinstance(cell, str) else ""


@cache
def _ranked() -> dict[str, tuple[tuple[int, Field], ...]]:
    """Every header word with the fields it may mean, and how surely; 0 is certain."""
    ranked: dict[str, tuple[tuple[int, Field], ...]] = {}
    for rank, blocks in enumerate((header_words.CERTAIN, header_words.LIKELY)):
        for field, block in blocks.items():
            for word in header_words.words(block):
                ranked.setdefault(word, ((rank, field),))
    for word in header_words.words(header_words.EITHER):
        ranked[word] = ((2, Field.PREPARED), (3, Field.MADE))
    return ranked


@lru_cache(maxsize=4096)
def _meanings(cell: str) -> tuple[tuple[int, Field], ...]:
    word = plain(cell)
    bare = _UNIT.sub("", word.removeprefix("ldn ").removeprefix("naltrexone "))
    return _ranked().get(word) or _ranked().get(bare) or ()


def _understood(cells: tuple[str, ...]) -> tuple[dict[Field, int], tuple[int, int] | None]:
    """Return the column of each field, the surest claim first, and two columns that claim one thing alike."""
    claims = sorted((rank, at, field) for at, cell in enumerate(cells) for rank, field in _meanings(cell))
    columns: dict[Field, int] = {}
    ranks: dict[Field, int] = {}
    torn: tuple[int, int] | None = None
    for rank, at, field in claims:
        if at in columns.values():
            continue
        if field not in columns:
            columns[field], ranks[field] = at, rank
        elif ranks[field] == rank and field is not Field.DRUG:
            torn = torn or (columns[field], at)
    if Field.ON_HAND not in columns and Field.MADE in columns:
        spare = [at for _, at, field in claims if field is Field.MADE and at not in columns.values()]
        torn = torn or ((columns[Field.MADE], spare[0]) if spare else None)
    return dict(sorted(columns.items(), key=lambda claim: claim[1])), torn
