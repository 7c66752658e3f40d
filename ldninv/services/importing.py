"""Batch lists come in: read, compared with what is kept, shown, then written in one transaction, all files or none."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

from ldninv.db import Transaction
from ldninv.domain import ledger
from ldninv.domain.batch import Batch
from ldninv.domain.batch_list import BatchList, Columns, DateOrder, ListedBatch, Remark
from ldninv.domain.entries import LISTED, Entry, Kind
from ldninv.domain.lots import lot_key
from ldninv.domain.places import Place, place_key
from ldninv.domain.progress import Progress, unheard
from ldninv.domain.quantities import capsules
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.importers import batch_lists, formats
from ldninv.services.comparing import AT_ONCE, Compared, as_batch, compare
from ldninv.services.context import Change, Context
from ldninv.services.evidence import IMPORTED, all_of, digest_of, whole
from ldninv.services.files import is_folder
from ldninv.services.storage import marking


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A list that was read and compared with the database; nothing is written yet."""

    file: str
    path: Path
    digest: str
    """SHA-256 of the file's bytes."""
    content: BatchList
    rows: tuple[ListedBatch, ...]
    """The good rows that are new."""
    known: int
    """Good rows whose batch is kept already."""
    problems: tuple[Remark, ...]
    notices: tuple[Remark, ...]

    @property
    def new(self) -> int:
        """Batches that an import would add."""
        return len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileResult:
    """What came of one file."""

    file: str
    new: int
    known: int
    written: int
    problems: tuple[Remark, ...]
    notices: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of all files."""

    results: tuple[FileResult, ...]
    changed: Change


class BadRows(Refused):
    """Rows that are not right kept everything out; a person sees which, file by file."""

    def __init__(self, results: tuple[FileResult, ...]) -> None:
        bad = sum(len(each.problems) for each in results)
        rows = "1 row is" if bad == 1 else f"{bad} rows are"
        super().__init__(f"{rows} not right, so nothing was written. Mend the list, or import only the good rows.")
        self.results = results


def preview(
    context: Context,
    path: Path,
    *,
    date_order: DateOrder | None = None,
    columns: Columns | None = None,
    progress: Progress = unheard,
) -> Preview:
    """Read a batch list and compare it with the database; writes nothing.

    Args:
        context: Where and when.
        path: A CSV, TSV or XLSX file.
        date_order: How its dates are written; needed only where two orders fit.
        columns: Which column holds what, where a person corrected it.
        progress: Told how far the reading is.

    Raises:
        Refused: no batch list.
        DateOrderUnclear: two date orders fit.
        Surroundings: the file cannot be read.
    """
    content = _bytes_of(path)
    name = path.name.encode(errors="replace").decode()
    listed = batch_lists.read(
        name, content, today=context.today(), date_order=date_order, columns=columns, progress=progress
    )
    with context.store.reading() as work:
        compared = compare(work, listed.rows, {}, context.today(), progress)
    return Preview(
        file=name,
        path=path,
        digest=hashlib.sha256(content).hexdigest(),
        content=listed,
        rows=tuple(compared.new),
        known=compared.known,
        problems=_in_order([*listed.problems, *compared.problems]),
        notices=_in_order([*listed.notices, *compared.notices]),
    )


def import_lists(
    context: Context,
    previews: Sequence[Preview],
    *,
    skip_bad: bool = False,
    quarantine: bool = False,
    dry_run: bool = False,
    progress: Progress = unheard,
) -> Imported:
    """Write the new batches of all files in one transaction, one event a file.

    The batches stand on shelves already, so they come in released, unless `quarantine` says otherwise. A dry run goes
    all the way and takes everything back, bad rows or not.

    Raises:
        BadRows: a file has bad rows, or contradicts one before it, and `skip_bad` was not said.
        Surroundings: the database cannot be written.
    """
    whole = sum(each.new for each in previews)
    written: list[FileResult] = []
    seen: dict[str, ListedBatch] = {}
    with suppress(_TakenBack), context.writing(signed_in=not dry_run) as work:
        for each in previews:
            compared = compare(work, each.content.rows, seen, context.today(), progress)
            seen.update((lot_key(row.lot), row) for row in compared.new)
            written.append(_result(each, compared, dry_run=dry_run))
            if skip_bad or dry_run or not any(result.problems for result in written):
                before = sum(result.new for result in written[:-1])
                counted = partial(_counted, progress, before, whole)
                _keep(context, work, each, compared, quarantine=quarantine, progress=counted)
        if not (skip_bad or dry_run) and any(result.problems for result in written):
            raise BadRows(tuple(replace(result, written=0) for result in written))
        if dry_run:
            raise _TakenBack
    changed = (
        Change.BATCHES | Change.LEDGER | Change.PLACES if any(each.written for each in written) else Change.NOTHING
    )
    return Imported(tuple(written), changed)


def _counted(progress: Progress, before: int, whole: int, done: int, _total: int) -> None:
    """Tell how far all files are, from how far one of them is."""
    progress(before + done, whole)


class _TakenBack(Exception):
    """Ends a dry run's transaction with nothing kept."""


def _result(each: Preview, compared: Compared, *, dry_run: bool) -> FileResult:
    return FileResult(
        file=each.file,
        new=len(compared.new),
        known=compared.known,
        written=0 if dry_run else len(compared.new),
        problems=_in_order([*each.content.problems, *compared.problems]),
        notices=_in_order([*each.content.notices, *compared.notices]),
    )


def _in_order(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    return tuple(sorted(dict.fromkeys(remarks), key=lambda remark: remark.line))


def _bytes_of(path: Path) -> bytes:
    if is_folder(path):
        raise Refused(f"{path} is a folder. Name a batch list in it: a CSV, TSV or XLSX file.")
    try:
        formats.refuse_size(path.name, path.stat().st_size)
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused(f"There is no file {path}. Check the name.") from None
    except OSError as error:
        raise Surroundings(f"{path} cannot be read ({error.strerror}). Check its permissions and try again.") from error


def _keep(
    context: Context,
    work: Transaction,
    each: Preview,
    compared: Compared,
    *,
    quarantine: bool,
    progress: Progress,
) -> None:
    rows, again = compared.new, compared.again
    if not rows:
        return
    policy = work.settings(context.today()).policy
    keys = count(work.batches.next_id())
    batches = [again.get(lot_key(row.lot)) or as_batch(next(keys), row, policy, each.file) for row in rows]
    after: dict[str, object] = {
        "batches": len(rows),
        "capsules": sum(row.on_hand for row in rows),
        "sha256": each.digest,
    }
    came_in = zip(batches, (row.on_hand for row in rows), strict=True)
    opening = [
        (batch, _opening(batch, row, context.today(), quarantine=quarantine))
        for batch, row in zip(batches, rows, strict=True)
    ]
    fresh = [batch for batch in batches if lot_key(batch.lot) not in again]
    told = all_of(map(whole, fresh), ((batch.lot, entry) for batch, entries in opening for entry in entries))
    places = _new_places(work, rows)
    after |= {"lots": digest_of(came_in), "whole": told, "places": places}
    event = context.event(IMPORTED, each.file, after=after)
    number = work.trail.append(event)
    for name in places:
        work.places.append(Place(name))
    for start in range(0, len(rows), AT_ONCE):
        progress(start, len(rows))
        part = slice(start, start + AT_ONCE)
        work.batches.append([batch for batch in batches[part] if lot_key(batch.lot) not in again], number)
        entries = [(batch.id, entry) for batch, opened in opening[part] for entry in opened]
        work.ledger.append(entries, at=event.at, by=event.by, event=number)
    marking.follow(context, work, [batch.id for batch in batches], number)
    progress(len(rows), len(rows))


def _new_places(work: Transaction, rows: Sequence[ListedBatch]) -> list[str]:
    named: dict[str, str] = {}
    for row in rows:
        if row.place:
            named.setdefault(place_key(row.place), row.place)
    return [name for name in named.values() if work.places.by_name(name) is None]


def _opening(batch: Batch, row: ListedBatch, today: date, *, quarantine: bool) -> list[Entry]:
    """Return the entries that bring a listed batch to what the list says of it; of the days before it says nothing."""
    entries = [ledger.made(batch, row.place, today)]
    if row.on_hand != row.made:
        said = f"{capsules(row.on_hand)} {LISTED}"
        entries.append(Entry(kind=Kind.COUNTED, day=today, capsules=row.on_hand - row.made, reason=said))
    if quarantine:
        entries.append(Entry(kind=Kind.QUARANTINED, day=today, reason="imported into quarantine"))
    else:
        entries.append(Entry(kind=Kind.RELEASED, day=today, reason="on the shelf when it was imported"))
    return entries
