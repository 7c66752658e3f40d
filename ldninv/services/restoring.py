"""A backup put in the place of the database: checked first, the records that were there kept, the trail told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from ldninv.db import Store, newborn, open_store
from ldninv.domain import audit
from ldninv.domain.audit import Head
from ldninv.domain.refusal import Damaged, Refused, Surroundings
from ldninv.domain.signing import Meaning
from ldninv.services import safety, signing
from ldninv.services.context import Change, Context
from ldninv.services.files import is_file, sha256
from ldninv.services.signing import Pen

ACTION = audit.RESTORED
"""What the trail calls a backup that was put in the place of the database."""

SIGNED = "restore-signed"
"""What the trail of the replaced records calls it when that was signed."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and what a person should know of it."""

    events: int
    """Of the backup's trail."""
    kept: Path | None
    """Where the records that were there before are kept; None where there were none."""
    notices: tuple[str, ...] = ()
    changed: Change = ~Change.NOTHING


def restore(context: Context, file: Path, *, sign: Pen | None = None) -> Restored:
    """Put the backup `file` in the place of the database; what was there is kept in a file beside it.

    The backup is checked first, with the head beside it. Where there are people in the records that are replaced, a
    pharmacist of theirs signs: it stays in what is kept of them, and the trail tells of it after the restoring too. The
    trail goes on where the backup's ends, and its next event tells how far the replaced one had come.

    Raises:
        Refused: it is no sound backup, or the database itself; or nobody is signed in, or signs who may.
        Damaged: the database that is to be replaced cannot be read; `replace_damaged` needs nobody's signature.
        Surroundings: the backup cannot be read, or the place cannot be written.
    """
    store = context.store
    if store.file is not None and is_file(file) and file.samefile(store.file):
        raise Refused(f"{file} is the database itself. Name a backup of it.")
    with _opened(file) as backup:
        signer = signing.signer(context, sign, Meaning.RESTORED)
        content = {"file": file.name, "sha256": sha256(file.read_bytes())}
        with context.writing() as work:  # asks who it is, by the people of the records that are replaced
            by = context.user
            if signer is not None:
                event = work.trail.append(context.event(SIGNED, "database", after=content))
                signing.sign(context, work, signer, "database", content, about=event)
            before = work.trail.head()
        kept = _kept_aside(context, before)
        store.restore(backup)
        context.seat.lock()  # who was signed in may be somebody else among the people of the backup, or nobody
    replaced = {"events": before.events, "head": before.hash}
    head = _told(context, content, by, replaced=replaced, signed_by=None if signer is None else signer.person.name)
    lost = before.events - head.events
    later = f"{lost} events that came after the backup are no longer here; they are in {kept}."
    return Restored(head.events, kept, (later,) if kept is not None and lost > 0 else ())


def replace_damaged(damaged: Path, file: Path, at: datetime, here: Callable[[Store], Context]) -> Restored:
    """Put a backup in the place of a database that cannot be read; what is left of it is kept in a file beside it.

    Nobody can be asked who may decide, so nobody signs, and the trail says so.

    Args:
        damaged: The database's file.
        file: The backup.
        at: Now, for the name of what is kept.
        here: Makes the context of this computer on a database.

    Raises:
        Refused: it is no sound backup.
        Surroundings: it cannot be read, or the place cannot be written.
    """
    aside = damaged.with_name(f"{damaged.stem}-damaged-{at:%Y%m%d-%H%M%S}{damaged.suffix}")
    with _opened(file) as backup:
        _rename(damaged, aside)
        try:
            with newborn(str(damaged)) as store:
                store.restore(backup)
                content = {"file": file.name, "sha256": sha256(file.read_bytes()), "damaged": aside.name}
                head = _told(here(store), content, None)
        except BaseException:
            _rename(aside, damaged)
            raise
    return Restored(head.events, aside, (f"Nobody signed: {damaged} could not be read. It is kept as {aside}.",))


def _told(context: Context, content: Mapping[str, object], by: str | None, **more: object) -> Head:
    """Let the trail that was put back tell of it, and return how far it goes without that."""
    with context.writing(signed_in=False) as work:
        head = work.trail.head()
        work.trail.append(context.event(ACTION, "database", after={**content, **more}, by=by))
    return head


def _rename(file: Path, other: Path) -> None:
    """Give a database another name, with what SQLite keeps beside it."""
    try:
        for suffix in ("", "-wal", "-shm"):
            beside = Path(f"{file}{suffix}")
            if beside.exists():
                beside.rename(f"{other}{suffix}")
    except OSError as error:
        raise Surroundings(f"{file} cannot be moved aside ({error.strerror}). Close it where it is open.") from error


@contextmanager
def _opened(file: Path) -> Iterator[Store]:
    """Open a copy of a backup, brought to this program's schema and found sound; the file itself is left alone."""
    if not is_file(file):
        raise Refused(f"There is no backup {file}. Check the name.")
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "backup.db"
        try:
            copy.write_bytes(file.read_bytes())
            head = file.with_name(f"{file.name}.head")
            if is_file(head):
                copy.with_name("backup.db.head").write_bytes(head.read_bytes())
        except OSError as error:
            raise Surroundings(f"{file} cannot be read ({error.strerror}). Copy it to this computer first.") from error
        store = _sound(copy, file)
        try:
            yield store
        finally:
            store.close()


def _sound(copy: Path, file: Path) -> Store:
    """Open the copy of a backup, or say of the `file` itself what is wrong with it."""
    try:
        store = open_store(str(copy))
        try:
            found = safety.faults_of(store)
        except BaseException:
            store.close()
            raise
    except Damaged:
        found = ["It is damaged."]
    except (Refused, Surroundings) as said:
        raise type(said)(str(said).replace(str(copy), str(file))) from said
    if found:
        raise Refused(f"{file} is not sound: {found[0]} Take an earlier backup; nothing was changed.")
    return store


def _kept_aside(context: Context, before: Head) -> Path | None:
    """Copy what is about to be replaced; a new database that holds nothing is not kept."""
    place = context.store.anchor
    if place is None or before.events == 0:
        return None
    aside = place.with_name(f"{place.stem}-before-restore-{context.now():%Y%m%d-%H%M%S}{place.suffix}")
    context.store.backup(aside)
    return aside
