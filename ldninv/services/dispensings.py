"""What was dispensed in some days: listed, totalled and written to files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ldninv.domain.refusal import Refused
from ldninv.reports.dispensings import Dispensings, facts
from ldninv.reports.dispensings_files import render
from ldninv.services import documents
from ldninv.services.context import Change, Context

__all__ = ["Saved", "facts", "listed", "save"]

ACTION = "dispensings"
"""What the trail calls a list of dispensings that left the program."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The files that were written, and what a person should know of it."""

    files: tuple[Path, ...]
    notices: tuple[str, ...] = ()
    changed: Change = Change.REPORTS


def listed(context: Context, first: date, last: date) -> Dispensings:
    """Return what was dispensed from one day to another, both included.

    Raises:
        Refused: the first day comes after the last.
    """
    if first > last:
        raise Refused(f"{first} comes after {last}. Give the earlier day first.")
    with context.store.reading() as work:
        rows = tuple(work.ledger.dispensed(first, last))
        return Dispensings(first=first, last=last, rows=rows, made=documents.maker(context, work))


def save(context: Context, made: Dispensings, targets: Sequence[Path]) -> Saved:
    """Write the list to files; the suffix decides the kind: csv, xlsx or json.

    Every file is made before the first is written. The trail keeps each file's SHA-256.

    Raises:
        Refused: an unknown suffix, or a file is there that is no paper of this database.
        Surroundings: a place that cannot be written.
    """
    contents = [(target, render(made, target.suffix)) for target in targets]
    for target in targets:
        documents.spare(context, target)
    subject = f"{made.first} to {made.last}"
    done = [documents.write(context, content, target, action=ACTION, subject=subject) for target, content in contents]
    return Saved(tuple(targets), tuple(notice for each in done for notice in each.notices))
