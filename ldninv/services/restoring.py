"""A backup put in the place of the database: checked first, the records that were there kept, the trail told of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ldninv.db import Store, open_store
from ldninv.domain.audit import Head
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.services import safety
from ldninv.services.context import Change, Context
from ldninv.services.files import is_file, sha256

ACTION = "restored"
"""What the trail calls a backup that was put in the place of the database."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and what a person should know of it."""

    events: int
    """Of the backup's trail."""
    kept: Path | None
    """Where the records that were there before are kept; None where there were none."""
    notices: tuple[str, ...] = ()
    changed: Change = ~Change.NOTHING


def restore(context: Context, file: Path) -> Restored:
    """Put the backup `file` in the place of the database; what was there is kept in a file beside it.

    The backup is checked first, with the head beside it. The trail goes on where the backup's ends, and its next event
    tells how far the replaced one had come.

    Raises:
        Refused: it is no sound backup, or the database itself; or nobody is signed in.
        Surroundings: it cannot be read, or the place cannot be written.
    """
    store = context.store
    if store.file is not None and is_file(file) and file.samefile(store.file):
        raise Refused(f"{file} is the database itself. Name a backup of it.")
    with _opened(context, file) as backup:
        with context.writing() as work:  # asks who it is, by the people of the records that are replaced
            before, by = work.trail.head(), context.user
        kept = _kept_aside(context, before)
        store.restore(backup)
    with context.writing(signed_in=False) as work:
        head = work.trail.head()
        after = {
            "file": file.name,
            "sha256": sha256(file.read_bytes()),
            "replaced": {"events": before.events, "head": before.hash},
        }
        work.trail.append(context.event(ACTION, "database", after=after, by=by))
    lost = before.events - head.events
    later = f"{lost} events that came after the backup are no longer here; they are in {kept}."
    return Restored(head.events, kept, (later,) if kept is not None and lost > 0 else ())


@contextmanager
def _opened(context: Context, file: Path) -> Iterator[Store]:
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
        try:
            store = open_store(str(copy))
        except (Refused, Surroundings) as said:
            raise type(said)(str(said).replace(str(copy), str(file))) from said
        try:
            found = safety.check(Context(store, context.account, context.workstation, context.today, context.now))
            if found:
                raise Refused(f"{file} is not sound: {found[0]} Take an earlier backup; nothing was changed.")
            yield store
        finally:
            store.close()


def _kept_aside(context: Context, before: Head) -> Path | None:
    """Copy what is about to be replaced; a new database that holds nothing is not kept."""
    file = context.store.file
    if file is None or before.events == 0:
        return None
    aside = file.with_name(f"{file.stem}-before-restore-{context.now():%Y%m%d-%H%M%S}{file.suffix}")
    context.store.backup(aside)
    return aside
