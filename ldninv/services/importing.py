"""Batch lists come in: read, compared with what is kept, shown, then written in one transaction, all files or none."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ldninv.db import Transaction
from ldninv.domain import batch_list, ledger
from ldninv.domain.batch import Batch, Kept, Stock
from ldninv.domain.batch_list import BatchList, DateOrder, ListedBatch, Remark
from ldninv.domain.expiry import DecidedBy, Expiry, Policy, expiry, notice_on_printed, unmet_conditions
from ldninv.domain.ledger import Entry, Kind
from ldninv.domain.lots import lot_key
from ldninv.domain.places import Place
from ldninv.domain.progress import Progress, unheard
from ldninv.domain.quantities import capsules
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.importers import batch_lists
from ldninv.services.context import Change, Context
from ldninv.services.files import is_folder

LARGEST_FILE = 200 * 1024 * 1024
"""Bytes; a batch list is far below it, and a file above it is something else."""

AT_ONCE = 1000
"""Rows between two reports of progress."""


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


@dataclass
class _Compared:
    """The lots of earlier files and of the database, against which the next rows are held."""

    new: list[ListedBatch] = field(default_factory=list)
    known: int = 0
    problems: list[Remark] = field(default_factory=list)
    notices: list[Remark] = field(default_factory=list)


def preview(
    context: Context,
    path: Path,
    *,
    date_order: DateOrder | None = None,
    columns: Mapping[str, int] | None = None,
    progress: Progress = unheard,
) -> Preview:
    """Read a batch list and compare it with the database; writes nothing.

    Args:
        context: Where and when.
        path: A CSV, TSV or XLSX file.
        date_order: How its dates are written; needed only where two orders fit.
        columns: Field names with the column (0 is the first) that holds them, where a person corrected the headers.
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
        compared = _compare(work, listed.rows, {}, context.today())
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
    total = sum(each.new for each in previews)
    written: list[FileResult] = []
    seen: dict[str, ListedBatch] = {}
    with suppress(_TakenBack), context.store.transaction() as work:
        for each in previews:
            compared = _compare(work, each.content.rows, seen, context.today())
            seen.update((lot_key(row.lot), row) for row in compared.new)
            written.append(_result(each, compared, dry_run=dry_run))
            if skip_bad or dry_run or not any(result.problems for result in written):
                _keep(context, work, each, compared.new, quarantine=quarantine, progress=progress, total=total)
        if not (skip_bad or dry_run) and any(result.problems for result in written):
            raise BadRows(tuple(replace(result, written=0) for result in written))
        if dry_run:
            raise _TakenBack
    changed = (
        Change.BATCHES | Change.LEDGER | Change.PLACES if any(each.written for each in written) else Change.NOTHING
    )
    return Imported(tuple(written), changed)


class _TakenBack(Exception):
    """Ends a dry run's transaction with nothing kept."""


def _result(each: Preview, compared: _Compared, *, dry_run: bool) -> FileResult:
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
        if path.stat().st_size > LARGEST_FILE:
            raise Refused(
                f"{path.name} is larger than {LARGEST_FILE // 2**20} MB and no batch list. Export fewer rows."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused(f"There is no file {path}. Check the name.") from None
    except OSError as error:
        raise Surroundings(f"{path} cannot be read ({error.strerror}). Check its permissions and try again.") from error


def _compare(
    work: Transaction, rows: Sequence[ListedBatch], earlier: Mapping[str, ListedBatch], today: date
) -> _Compared:
    """Hold rows against the database and the files before: new, known, known with a notice, or a contradiction."""
    compared = _Compared()
    policy = work.preferences.read().policy
    kept = work.batches.lots_like(row.lot for row in rows)
    for row in rows:
        key = lot_key(row.lot)
        if key in kept:
            _hold_against(row, kept[key], compared)
        elif key in earlier:
            _hold_against(row, _as_kept(earlier[key], policy), compared)
        else:
            compared.new.append(row)
            texts = [*batch_list.notices_of(row, today), *_doubts(row, policy)]
            compared.notices += [Remark(row.line, text) for text in texts]
    unknown = [row for row in compared.new if row.filler is None or row.container is None]
    if unknown:
        lacks = f"{len(unknown)} of {len(compared.new)} new batches come without a known filler or container"
        compared.notices.append(Remark(unknown[0].line, f"{lacks}: {policy.name} holds for {_conditions(policy)}"))
    return compared


def _conditions(policy: Policy) -> str:
    held = [policy.filler or "", "a light-resistant container" if policy.light_resistant else ""]
    return " in ".join(text for text in held if text) or "any filler and container"


def _doubts(row: ListedBatch, policy: Policy) -> list[str]:
    """Return what a pharmacist should know of a row's date; what is not known at all is said once for the file."""
    late = None if row.expires is None else notice_on_printed(row.expires, row.prepared, policy)
    unmet = [text for text in unmet_conditions(policy, row.filler, row.container) if "not known" not in text]
    return [text for text in (late, *unmet) if text]


def _hold_against(row: ListedBatch, kept: Kept, compared: _Compared) -> None:
    batch = kept.batch
    contradictions = [
        f"{what} {there}, and the list says {here}"
        for what, there, here in (
            ("strength", f"{batch.strength} mg", f"{row.strength} mg"),
            ("prepared on", str(batch.prepared), str(row.prepared)),
            ("expiring on", str(batch.expiry.on), str(row.expires or batch.expiry.on)),
        )
        if there != here
    ]
    if contradictions:
        text = f"lot {batch.lot} is kept already with {'; '.join(contradictions)}"
        compared.problems.append(Remark(row.line, text))
        return
    compared.known += 1
    if kept.stock.on_hand != row.on_hand:
        text = f"lot {batch.lot} is kept already with {kept.stock.on_hand} on hand, and the list says {row.on_hand}"
        compared.notices.append(Remark(row.line, f"{text}; nothing was changed. Count it if the list is right."))


def _keep(
    context: Context,
    work: Transaction,
    each: Preview,
    rows: Sequence[ListedBatch],
    *,
    quarantine: bool,
    progress: Progress,
    total: int,
) -> None:
    if not rows:
        return
    policy = work.preferences.read().policy
    after = {"batches": len(rows), "capsules": sum(row.on_hand for row in rows), "sha256": each.digest}
    event = context.event("imported", each.file, after=after | {"lots": _digest_of(rows)})
    number = work.trail.append(event)
    _add_places(work, rows)
    first = work.batches.next_id()
    for start in range(0, len(rows), AT_ONCE):
        progress(start, total)
        part = rows[start : start + AT_ONCE]
        batches = [_batch(first + start + index, row, policy, each.file) for index, row in enumerate(part)]
        work.batches.append(batches, number)
        entries = [
            (batch.id, entry)
            for batch, row in zip(batches, part, strict=True)
            for entry in _opening(batch, row, context.today(), quarantine=quarantine)
        ]
        work.ledger.append(entries, at=event.at, by=event.by, event=number)
    progress(len(rows), total)


def _digest_of(rows: Sequence[ListedBatch]) -> str:
    """Return a SHA-256 that binds the rows to their event in the trail."""
    lines = (
        f"{row.lot}|{row.strength}|{row.prepared}|{row.expires}|{row.made}|{row.on_hand}|{row.place}" for row in rows
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _add_places(work: Transaction, rows: Sequence[ListedBatch]) -> None:
    for name in dict.fromkeys(row.place for row in rows if row.place):
        if work.places.by_name(name) is None:
            work.places.append(Place(name))


def _batch(key: int, row: ListedBatch, policy: Policy, file: str) -> Batch:
    date_of = (
        Expiry(row.expires, DecidedBy.PRINTED, f"printed in {file}")
        if row.expires is not None
        else expiry(row.prepared, policy)
    )
    return Batch(
        id=key,
        lot=row.lot,
        strength=row.strength,
        prepared=row.prepared,
        expiry=date_of,
        made=row.made,
        filler=row.filler,
        container=row.container,
        made_by=row.made_by,
        verified_by=row.verified_by,
        policy=policy if row.expires is None else None,
    )


def _opening(batch: Batch, row: ListedBatch, today: date, *, quarantine: bool) -> list[Entry]:
    """Return the entries that bring a listed batch to what the list says of it."""
    day = min(batch.prepared, today)
    entries = [ledger.made(batch, row.place, day)]
    if row.on_hand != row.made:
        said = f"{capsules(row.on_hand)} left on the imported list"
        entries.append(Entry(kind=Kind.COUNTED, day=day, capsules=row.on_hand - row.made, reason=said))
    if quarantine:
        entries.append(Entry(kind=Kind.QUARANTINED, day=day, reason="imported into quarantine"))
    else:
        entries.append(Entry(kind=Kind.RELEASED, day=day, reason="on the shelf when it was imported"))
    return entries


def _as_kept(row: ListedBatch, policy: Policy) -> Kept:
    """Return a row of an earlier file as it will be kept."""
    return Kept(_batch(0, row, policy, ""), Stock(on_hand=row.on_hand, place=row.place))
