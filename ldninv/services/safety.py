"""Is the database sound, is the trail unbroken, is there a copy elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ldninv.db import NOT_UNDERSTOOD, Store, Transaction, open_store
from ldninv.domain import audit
from ldninv.domain.audit import Head, Verdict
from ldninv.domain.progress import Progress, unheard
from ldninv.domain.refusal import Damaged, Refused, Surroundings
from ldninv.services.context import Change, Context

ACTION, UNSOUND = "backup", "backup-not-sound"
"""A copy that could not be put back is noted too, and counts as none."""
"""What the trail calls a copy of the database."""

_TOLD_EVERY = 5000
"""Events between two notes of progress."""


def verify_trail(context: Context, *printed: Head, progress: Progress = unheard) -> Verdict:
    """Recompute the whole chain, and hold it against the head beside the database and those `printed` (R28)."""
    beside = context.store.beside()
    with context.store.reading() as work, closing(work.trail.raw()) as rows:
        events = rows if progress is unheard else _told(rows, work.trail.head().events, progress)
        verdict = audit.verify_rows(events, beside.head, *printed)
    return replace(verdict, unchecked=beside.unchecked(verdict.events))


def unchecked(context: Context) -> str | None:
    """Return why nobody can tell whether the last events of the trail were cut off; None where the check does."""
    with context.store.reading() as work:
        events = work.trail.head().events
    return context.store.beside().unchecked(events)


def _told(rows: Iterator[Sequence[Any]], total: int, progress: Progress) -> Iterator[Sequence[Any]]:
    """Yield the rows, and tell how far they are."""
    for number, row in enumerate(rows):
        if number % _TOLD_EVERY == 0:
            progress(number, total)
        yield row


def check(context: Context) -> list[str]:
    """Return what is wrong with the database, in words; empty where all is well.

    SQLite's own check, every row for whether it can be understood, every kept sum against a recount of the ledger
    (R10), every row against the event that says it, every signature against its record, and the trail itself.
    """
    from ldninv.db.legible import Rows  # noqa: PLC0415 - see below
    from ldninv.services import proving  # noqa: PLC0415 - asked once a night, not at the start

    verdict = verify_trail(context)
    with context.store.reading() as work:
        illegible = Rows(work.database).illegible()
        found = work.faults() + illegible + _asked(_drifted, work, illegible)
        if verdict.intact:
            for question in proving.QUESTIONS:
                found += _asked(question, work, illegible)
            return list(dict.fromkeys(found))
    return [*found, f"The trail is broken at event {verdict.first_broken}: {verdict.why}."]


def _asked(question: Callable[[Transaction], list[str]], work: Transaction, illegible: Sequence[str]) -> list[str]:
    """Return what a question finds; one that stumbles over a row is told, where the row was not named yet."""
    try:
        return question(work)
    except (*NOT_UNDERSTOOD, Refused) as why:
        if illegible:
            return []
        return [f"Not all could be checked: something that is kept cannot be understood ({why or type(why).__name__})."]


def faults_of(store: Store) -> list[str]:
    """Return the same of a database that nobody works on: a backup, or a copy."""
    return check(Context(store, "check", "check", date.today, lambda: datetime.now().astimezone()))


@dataclass(frozen=True, slots=True)
class Copied:
    """A backup that was written, and what a person should know of it."""

    file: Path
    notices: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    """What is wrong with it, so that it could not be put back; empty where it is sound."""
    changed: Change = Change.BACKUPS

    def broken(self) -> str | None:
        """Return what a person has to know of a backup that is not sound, in words."""
        if not self.findings:
            return None
        others = len(self.findings) - 1
        more = f" There {'is 1 more finding' if others == 1 else f'are {others} more findings'}." if others else ""
        first = self.findings[0].rstrip(".")
        return f"{self.file} was written, but it is not sound: {first}.{more} {audit.WAY_OUT}"


def backup(context: Context, target: Path) -> Copied:
    """Write a consistent copy of the database to `target`; others go on working meanwhile.

    The trail notes it afterwards, so the copy ends with the event before. A database that cannot be written is copied
    all the same, with a notice; one that is not sound too, with what is wrong: a backup is checked as it is when it
    is put back.

    Raises:
        Refused: it is the database itself, a folder, or another kind of file.
        Surroundings: the place cannot be written.
    """
    context.store.backup(target)
    findings = tuple(_faults_in(target))
    try:
        with context.writing(signed_in=False) as work:
            work.trail.append(context.event(UNSOUND if findings else ACTION, "database", after={"file": target.name}))
    except Surroundings as unkept:
        notices = (f"The backup was written, but not noted in the trail. {unkept}",)
        return Copied(target, notices, findings, Change.NOTHING)
    return Copied(target, findings=findings)


def _faults_in(file: Path) -> list[str]:
    try:
        with closing(open_store(str(file))) as store:
            return faults_of(store)
    except Damaged as why:
        return [str(why)]


def last_backup(context: Context) -> datetime | None:
    """Return when the database was last backed up, so that it could be put back; None where it never was."""
    with context.store.reading() as work:
        event = work.trail.last(ACTION)
    return None if event is None else datetime.fromisoformat(event.at)


def _drifted(work: Transaction) -> list[str]:
    recounts = dict(work.ledger.recounted())
    found = []
    for kept in work.batches.all():
        recount = recounts.get(kept.batch.id)
        if recount is None:
            found.append(f"Batch {kept.batch.lot} has no entry in the ledger.")
        elif recount != kept.stock:
            told = kept.stock.on_hand, recount.on_hand
            what = (
                f"{told[0]} capsules on hand, and its ledger gives {told[1]}"
                if told[0] != told[1]
                else "another standing"
            )
            found.append(f"Batch {kept.batch.lot} shows {what}.")
    return found
