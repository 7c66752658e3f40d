"""Loggers' files in a folder that did not come in yet: they wait for a person, and never come in by themselves."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path

from ldninv.domain.refusal import Surroundings
from ldninv.importers.loggers import LOGGER_FILE
from ldninv.services.context import Context
from ldninv.services.files import digest_of
from ldninv.services.storage.reading import is_loggers

KINDS = frozenset({".csv", ".tsv", ".txt", ".xlsx"})
MOST = 500
"""Files of a folder that are looked at, the newest first."""

Looked = tuple[Path, int, int]
"""A file, when it was changed in nanoseconds, and its size in bytes."""

Known = MutableMapping[Looked, str]
"""The SHA-256 of files that were looked at before; empty for those that are no logger's."""


def waiting(context: Context, folder: Path, known: Known) -> tuple[Path, ...]:
    """Return the loggers' files of a folder that did not come in yet, by name.

    Args:
        context: Where.
        folder: Looked at itself, not what lies in folders within it.
        known: What was seen of its files before; added to.

    Raises:
        Surroundings: the folder cannot be read.
    """
    try:
        found = [_looked(path) for path in folder.iterdir() if path.suffix.casefold() in KINDS and path.is_file()]
    except OSError as error:
        raise Surroundings(f"{folder} cannot be read ({error.strerror}). Choose another folder to watch.") from error
    newest = sorted(found, key=lambda each: each[1], reverse=True)[:MOST]
    for each in newest:
        if each not in known and each[2] <= LOGGER_FILE.largest:
            known[each] = digest_of(each[0]) if is_loggers(each[0]) else ""
    with context.store.reading() as work:
        kept = work.loggers.digests()
    return tuple(sorted(each[0] for each in newest if known.get(each) and known[each] not in kept))


def _looked(path: Path) -> Looked:
    status = path.stat()
    return path, status.st_mtime_ns, status.st_size
