"""One opened database: transactions in, domain values out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from peewee import Database

from ldninv.db import carrying, damage, dialect, head, sqlite
from ldninv.db.address import MEMORY
from ldninv.db.batches import Batches
from ldninv.db.disposals import Disposals, Prescriptions
from ldninv.db.happenings import Happenings
from ldninv.db.ledger import Ledger
from ldninv.db.people import People
from ldninv.db.places import Places
from ldninv.db.policies import Policies
from ldninv.db.preferences import Preferences
from ldninv.db.signatures import Signatures
from ldninv.db.trail import Trail
from ldninv.domain.audit import Beside, Head
from ldninv.domain.policies import current
from ldninv.domain.refusal import Refused
from ldninv.domain.settings import Settings

if TYPE_CHECKING:
    from ldninv.db.components import Components
    from ldninv.db.daily import Daily
    from ldninv.db.formulas import Formulas
    from ldninv.db.goods import Goods
    from ldninv.db.issued import IssuedReports
    from ldninv.db.loggers import Loggers
    from ldninv.db.readings import Readings
    from ldninv.db.recall import Recalls
    from ldninv.db.record import Records
    from ldninv.db.whereabouts import Whereabouts


@dataclass(frozen=True)
class Transaction:
    """What one transaction can ask and append."""

    database: Database

    @cached_property
    def batches(self) -> Batches:
        """The batches."""
        return Batches(self.database)

    @cached_property
    def ledger(self) -> Ledger:
        """Their movements."""
        return Ledger(self.database, self.places)

    @cached_property
    def places(self) -> Places:
        """Where they stand."""
        return Places(self.database)

    @cached_property
    def disposals(self) -> Disposals:
        """How capsules were disposed of."""
        return Disposals(self.database)

    @cached_property
    def prescriptions(self) -> Prescriptions:
        """What they were dispensed for, where the pharmacy keeps the numbers."""
        return Prescriptions(self.database)

    @cached_property
    def trail(self) -> Trail:
        """Who did what."""
        return Trail(self.database)

    @cached_property
    def preferences(self) -> Preferences:
        """What the pharmacy set."""
        return Preferences(self.database)

    @cached_property
    def people(self) -> People:
        """Who works here."""
        return People(self.database)

    @cached_property
    def signatures(self) -> Signatures:
        """What they signed."""
        return Signatures(self.database)

    @cached_property
    def records(self) -> Records:
        """What the bench wrote down of them."""
        from ldninv.db.record import Records

        return Records(self.database, self.formulas)

    @cached_property
    def formulas(self) -> Formulas:
        """How they are made."""
        from ldninv.db.formulas import Formulas

        return Formulas(self.database)

    @cached_property
    def policies(self) -> Policies:
        """How long they are given."""
        return Policies(self.database)

    @cached_property
    def recalls(self) -> Recalls:
        """What was recalled."""
        from ldninv.db.recall import Recalls

        return Recalls(self.database)

    @cached_property
    def goods(self) -> Goods:
        """What was bought."""
        from ldninv.db.goods import Goods

        return Goods(self.database)

    @cached_property
    def components(self) -> Components:
        """The component lots, received or written down with a batch."""
        from ldninv.db.components import Components

        return Components(self.database, self.goods)

    @cached_property
    def happenings(self) -> Happenings:
        """What happened to the storage of places."""
        return Happenings(self.database)

    @cached_property
    def loggers(self) -> Loggers:
        """What watches them."""
        from ldninv.db.loggers import Loggers

        return Loggers(self.database)

    @cached_property
    def readings(self) -> Readings:
        """What the loggers recorded."""
        from ldninv.db.readings import Readings

        return Readings(self.database)

    @cached_property
    def daily(self) -> Daily:
        """What was read by hand."""
        from ldninv.db.daily import Daily

        return Daily(self.database)

    @cached_property
    def whereabouts(self) -> Whereabouts:
        """Where batches stood, and when."""
        from ldninv.db.whereabouts import Whereabouts

        return Whereabouts(self.database)

    @cached_property
    def issued(self) -> IssuedReports:
        """The reports that were issued."""
        from ldninv.db.issued import IssuedReports

        return IssuedReports(self.database)

    def settings(self, today: date) -> Settings:
        """Return what the pharmacy set, with the policy that is in force on `today` (R2)."""
        settings = self.preferences.read()
        adopted = current(self.policies.all(), today)
        return settings if adopted is None else replace(settings, policy=adopted.policy)

    def faults(self) -> list[str]:
        """Return what is wrong with the file itself, or with the server's tables, in words."""
        return dialect.of(self.database).faults(self.database)


class Store:
    """One database. Safe to use from several threads: each has a connection of its own."""

    def __init__(self, database: Database, name: str, anchor: Path | None = None) -> None:
        self._database = database
        self._own = dialect.of(database)
        self.name = name
        """Its file, or what it is called on its server, for sentences and the status bar."""
        self.anchor = anchor or (None if name == MEMORY else Path(name))
        """What the head stands beside: its file, or what stands for a server's database; None for one in memory."""

    @property
    def file(self) -> Path | None:
        """The file it is kept in; None for one in memory or on a server."""
        return self.anchor if dialect.is_file(self._database) else None

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Ask several questions of one and the same moment.

        Raises:
            Surroundings: the database cannot be read.
        """
        name, database = self.name, self._database
        with damage.named(database, name), self._own.in_words(name, database), self._own.reading(database):
            yield Transaction(database)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Read and write as one: all of it is kept, or nothing. Waits for other workstations' writes.

        Raises:
            Surroundings: locked for too long, read-only or full.
        """
        with damage.named(self._database, self.name), self._own.in_words(self.name, self._database):
            with self._own.writing(self._database):
                work = Transaction(self._database)
                before = self._following(work.trail)
                yield work
                reached, told = work.trail.head(), self._told(work.trail)
            self._keep(reached, before, told)

    @property
    def version(self) -> int:
        """A number that changes when somebody else wrote: another thread, window, command or workstation."""
        with self._own.in_words(self.name, self._database):
            return self._own.version(self._database)

    def beside(self) -> Beside:
        """Return what stands beside the file: the head of the trail, or why there is none (R28)."""
        if self.anchor is None or self.file is not None:
            return Beside() if self.anchor is None else head.beside(self.anchor)
        with self.reading() as work:
            return head.beside_server(self.anchor, work.trail)

    def backup(self, target: Path) -> None:
        """Write a consistent copy to `target`, aside first and then renamed; others go on working meanwhile.

        Raises:
            Refused: it is the database itself, a folder, another kind of file, or a database with other records.
            Surroundings: the place cannot be written.
        """
        there = sqlite.is_there(target)
        if there and self.file is not None and target.samefile(self.file):
            raise Refused(f"{target} is the database itself. Name another file for the backup.")
        if there:
            sqlite.refuse_foreign(target, str(target))
            self._refuse_another(target)
        kept = self.beside()  # first: a head of later events would not fit the copy
        with self._own.in_words(self.name, self._database):
            carrying.to_file(self._database, target)
        copied = sqlite.connect(str(target), untouched=True)
        head.keep_carried(target, kept, Trail(copied))
        copied.close()

    def restore(self, backup: Store) -> None:
        """Become what `backup` is, in one go; whoever else has the file open sees it at once.

        Raises:
            Surroundings: locked for too long, read-only or full.
        """
        with self._own.in_words(self.name, self._database):
            carrying.become(self._database, backup._database)
            trail = Trail(self._database)
            reached = trail.head()
            self._keep(reached, Beside(since=backup.beside().begun_anew(reached.events)), self._told(trail))

    def _refuse_another(self, target: Path) -> None:
        """Refuse to write over records that are not an earlier state of these: their trail has to be a part of ours."""
        other = sqlite.connect(str(target), untouched=not Path(f"{target}-wal").exists())
        try:
            with sqlite.in_words(str(target)):
                theirs = Trail(other).head()
        finally:
            other.close()
        if theirs.events and Trail(self._database).hash_of(theirs.events) != theirs.hash:
            raise Refused(f"{target} holds other records than this database. Name another file; nothing was changed.")

    def close(self) -> None:
        """Close this thread's connection."""
        self._database.close()

    def _following(self, trail: Trail) -> Beside | None:
        """Return what the next head goes on from, asked inside the write: what is kept is of events that are there."""
        if self.anchor is None:
            return None
        return head.following(head.beside(self.anchor) if self.file else head.beside_server(self.anchor, trail), trail)

    def _told(self, trail: Trail) -> Collection[str]:
        return () if dialect.is_file(self._database) else head.restored(trail)

    def _keep(self, reached: Head, before: Beside | None, told: Collection[str]) -> None:
        if self.anchor is not None and before is not None:
            head.keep_head(self.anchor, reached, before.since, told)
