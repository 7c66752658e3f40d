"""What a batch list says, row by row: values that importers make, checked here whatever the file's format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ldninv.domain import lots
from ldninv.domain.days import shifted
from ldninv.domain.expiry import Container
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused


class DateOrder(StrEnum):
    """In which order a file writes its dates; one for the whole file."""

    MDY = "mdy"
    DMY = "dmy"
    YMD = "ymd"


class Field(StrEnum):
    """What a column of a batch list can hold."""

    LOT = "lot"
    STRENGTH = "strength"
    DRUG = "drug"
    """A description that holds the strength, such as LDN 4.5mg caps."""
    PREPARED = "prepared"
    EXPIRES = "expires"
    MADE = "made"
    ON_HAND = "on_hand"
    PLACE = "place"
    MADE_BY = "made_by"
    VERIFIED_BY = "verified_by"
    FILLER = "filler"
    CONTAINER = "container"


Columns = Mapping[str, int | None]
"""Field names with the index of their column, 0 for the first, or None where a person says that the list has none."""


class ColumnsUnclear(Refused):
    """A file's header lacks a column, or has two for one; a person has to say which column holds what."""

    def __init__(
        self,
        text: str,
        header_line: int,
        header: tuple[str, ...],
        indices: tuple[tuple[Field, int], ...] = (),
        below: tuple[tuple[str, ...], ...] = (),
    ) -> None:
        super().__init__(text)
        self.header_line = header_line
        self.header = header
        self.indices = indices
        """Pairs of a field that was understood and the index of its column."""
        self.below = below
        """The first lines below the header, as they are written."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a date of a file is in one order."""

    order: DateOrder
    written: str
    """As it stands in the file."""
    day: date


class DateOrderUnclear(Refused):
    """A file's dates fit more than one order; a person has to say which."""

    def __init__(self, text: str, readings: tuple[Reading, ...]) -> None:
        super().__init__(text)
        self.readings = readings
        """For each order that fits, an example of the file's own."""

    @property
    def fits(self) -> tuple[DateOrder, ...]:
        """The orders that fit."""
        return tuple(reading.order for reading in self.readings)


@dataclass(frozen=True, slots=True)
class Remark:
    """A problem or a notice about one line of a file."""

    line: int
    """As in the file; 1 is its first."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedBatch:
    """One good row of a batch list."""

    line: int
    lot: str
    strength: Strength
    prepared: date
    expires: date | None
    """None where the list has no date and the policy gives it."""
    made: int
    on_hand: int
    place: str | None = None
    made_by: str | None = None
    verified_by: str | None = None
    filler: str | None = None
    container: Container | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchList:
    """A file that was read: its good rows, and what is wrong with the others."""

    rows: tuple[ListedBatch, ...]
    problems: tuple[Remark, ...] = ()
    notices: tuple[Remark, ...] = ()
    date_order: DateOrder | None = None
    """None where no date needed one (real dates of a workbook)."""
    columns: tuple[tuple[str, str], ...] = field(default=())
    """Pairs of what was understood and the file's own header word, such as ("lot", "Charge")."""
    header: tuple[str, ...] = ()
    """All cells of the header line, in order; those that were not understood too."""
    header_line: int = 0
    """The header's line in the file; 1 is its first."""
    indices: tuple[tuple[Field, int], ...] = ()
    """Pairs of a field and the index of its column in `header`; 0 is the first."""
    source: Mapping[int, Sequence[object]] = field(default_factory=dict, repr=False, compare=False)
    """The cells of each line below the header, by the line's number, as they came."""

    def cells(self, line: int) -> tuple[str, ...]:
        """Return what stands on a line of the file, cell by cell; nothing for the header and the lines above it."""
        return tuple(str(cell).strip() for cell in self.source.get(line, ()))


FURTHEST_AHEAD = 366
"""Days. A preparation date up to a year ahead is a plan and a notice; beyond, it is a slip and a problem."""


def problems_of(row: ListedBatch, today: date) -> tuple[str, ...]:
    """Return what is wrong with a row that could be read, in words."""
    found = []
    if row.made <= 0:
        found.append(f"{row.made} capsules made: a batch has at least one")
    if row.on_hand > row.made:
        found.append(f"{row.on_hand} on hand is more than the {row.made} that were made")
    if row.expires is not None and row.expires < row.prepared:
        found.append(f"it expires on {row.expires}, before it was made on {row.prepared}")
    if row.prepared > shifted(today, FURTHEST_AHEAD):
        found.append(f"it was prepared on {row.prepared}, which lies in the future")
    if lots.looks_internal(row.lot) and not lots.is_internal(row.lot):
        found.append(f"the check character of lot {row.lot} does not fit; one character is wrong")
    return tuple(found)


def notices_of(row: ListedBatch, today: date) -> tuple[str, ...]:
    """Return what a person should know of a good row, in words."""
    if row.prepared > today:
        return (f"it is dated ahead, to {row.prepared}, and cannot be dispensed before",)
    return ()
