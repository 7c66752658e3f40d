"""The files that loggers were read out to, as they came in: listed, and written out again byte for byte."""

from __future__ import annotations

from pathlib import Path

from ldninv.domain.refusal import Refused
from ldninv.domain.storage.loggers import KeptFile
from ldninv.services import documents
from ldninv.services.context import Context
from ldninv.services.documents import Saved
from ldninv.services.files import is_folder

COPIED = "logger-file-copied"
"""What the trail calls a logger's file that was written out again."""
_LEAST = 6
"""Characters of a SHA-256 that are enough to name a file, where they name one."""


def files(context: Context) -> list[KeptFile]:
    """Return every logger's file that came in, the first one first."""
    with context.store.reading() as work:
        return work.loggers.files()


def save(context: Context, said: str, target: Path) -> Saved:
    """Write a logger's file out as it came in; the trail notes it.

    Args:
        context: Who and when.
        said: The name that it came in under, or its SHA-256, of which the beginning is enough.
        target: A file, or a folder for it.

    Raises:
        Refused: none is meant, or several are; or another file is in the way.
        Surroundings: the place cannot be written.
    """
    wanted = said.strip().casefold()
    with context.store.reading() as work:
        known = {each.sha256: each for each in work.loggers.files() if _is_meant(each, wanted)}
        kept = work.loggers.file(next(iter(known))) if len(known) == 1 else None
    if len(known) > 1:
        listed = ", ".join(f"{each.sha256[:12]} of {each.at[:10]}" for each in known.values())
        raise Refused(f"“{said}” names {len(known)} files: {listed}. Name one by its SHA-256.")
    if kept is None:
        raise Refused(f"No logger's file “{said}” came in. See which did (ldninv storage files).")
    name, content = kept
    target = target / Path(name).name if is_folder(target) else target
    documents.spare(context, target)
    return documents.write(context, content, target, action=COPIED, subject=name)


def _is_meant(each: KeptFile, wanted: str) -> bool:
    return each.name.casefold() == wanted or (len(wanted) >= _LEAST and each.sha256.startswith(wanted))
