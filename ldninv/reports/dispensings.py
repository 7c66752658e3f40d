"""What was dispensed in some days, with totals to hold against the pharmacy's own system."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from ldninv.domain.entries import Dispensing
from ldninv.domain.lots import lot_key
from ldninv.reports.csv_file import safe
from ldninv.reports.document import Maker, ends_with
from ldninv.reports.table import Cell

TITLE = "Dispensings"
NONE = "Nothing was dispensed in these days."


@dataclass(frozen=True, slots=True)
class Total:
    """What was dispensed of one strength or one lot; what was taken back is not in it."""

    name: str
    supplies: int
    capsules: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispensings:
    """What was dispensed from one day to another, both included."""

    first: date
    last: date
    rows: tuple[Dispensing, ...]
    """Oldest first, those that were taken back too."""
    made: Maker

    @property
    def by_strength(self) -> tuple[Total, ...]:
        """Totals of each strength, the lowest first."""
        found = sorted({row.strength for row in self.rows})
        return tuple(_total(f"{each} mg", (row for row in self.rows if row.strength == each)) for each in found)

    @property
    def by_lot(self) -> tuple[Total, ...]:
        """Totals of each lot, by lot."""
        found = sorted({row.lot for row in self.rows}, key=lot_key)
        return tuple(_total(each, (row for row in self.rows if row.lot == each)) for each in found)

    @property
    def total(self) -> Total:
        """All of it."""
        return _total("All", self.rows)


def _total(name: str, rows: Iterable[Dispensing]) -> Total:
    those = [row.capsules for row in rows if row.voided_by is None]
    return Total(name, len(those), sum(those))


COLUMNS = ("Day", "Entry", "Lot", "Strength", "Capsules", "Days' supply", "By", "Reason", "Taken back by entry")
"""What a row shows."""


def cells(row: Dispensing) -> tuple[Cell, ...]:
    """Return what a row shows, in the order of the columns."""
    return (
        row.day, row.id, row.lot, row.strength, row.capsules, row.days_supply, row.by, row.reason, row.voided_by
    )  # fmt: skip


def heading(made: Dispensings) -> tuple[tuple[str, str], ...]:
    """Return what stands above the table: pairs of a name and its text."""
    return (
        ("Pharmacy", made.made.pharmacy or "Pharmacy name not set"),
        ("From", made.first.isoformat()),
        ("To", made.last.isoformat()),
        ("Made by", made.made.by),
        ("Made at", f"{made.made.at:%Y-%m-%d %H:%M}"),
        ("Audit trail", ends_with(made.made.head)),
    )


def row_facts(row: Dispensing) -> dict[str, object]:
    """Return one supply as plain values."""
    plain = {name: value for name, value in asdict(row).items() if name != "strength"}
    return plain | {"day": row.day.isoformat(), "strength_mg": str(row.strength)}


def facts(made: Dispensings) -> dict[str, object]:
    """Return the list as plain values."""
    return {
        "from": made.first.isoformat(),
        "to": made.last.isoformat(),
        "dispensings": [row_facts(row) for row in made.rows],
        "by_strength": [
            {"strength_mg": each.name.removesuffix(" mg"), "supplies": each.supplies, "capsules": each.capsules}
            for each in made.by_strength
        ],
        "by_lot": [{"lot": each.name, "supplies": each.supplies, "capsules": each.capsules} for each in made.by_lot],
        "total": {"supplies": made.total.supplies, "capsules": made.total.capsules},
        "head": {"events": made.made.head.events, "hash": made.made.head.hash},
    }


def to_json(made: Dispensings) -> bytes:
    """Return the list as a JSON document."""
    return (json.dumps(facts(made), indent=2, ensure_ascii=False) + "\n").encode()


def to_csv(made: Dispensings) -> bytes:
    """Return the list as CSV in UTF-8 with a byte order mark; what a row is stands in its first column."""
    out = io.StringIO()
    writer = csv.writer(out)
    end = ends_with(made.made.head)
    writer.writerow(["What", *COLUMNS, "Supplies", "Audit trail"])
    for row in made.rows:
        what = "dispensed" if row.voided_by is None else "taken back"
        writer.writerow([what, *(safe(cell) for cell in cells(row)), "", end])
    for what, totals in (("total of a strength", made.by_strength), ("total of a lot", made.by_lot)):
        for each in totals:
            lot, strength = ("", each.name) if totals is made.by_strength else (safe(each.name), "")
            writer.writerow([what, "", "", lot, strength, each.capsules, "", "", "", "", each.supplies, end])
    writer.writerow(["total", "", "", "", "", made.total.capsules, "", "", "", "", made.total.supplies, end])
    return out.getvalue().encode("utf-8-sig")
