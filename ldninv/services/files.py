"""Files are written aside and then renamed, so that a reader never meets half of one."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from errno import ENOSPC
from pathlib import Path

from ldninv.domain.refusal import Refused, Surroundings


def is_folder(path: Path) -> bool:
    """Whether `path` is a folder that can be seen from here; a name that cannot be one is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_file(path: Path) -> bool:
    """Whether there is a file at `path` that can be seen from here."""
    try:
        return path.is_file()
    except OSError:
        return False


def sha256(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes, as the trail keeps it."""
    return hashlib.sha256(content).hexdigest()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file that is there.

    Raises:
        Surroundings: it cannot be read.
    """
    try:
        return sha256(path.read_bytes())
    except OSError as error:
        raise Surroundings(f"{path} cannot be read ({error.strerror}). Choose another place.") from error


def write_files(contents: Sequence[tuple[Path, bytes]]) -> None:
    """Write several files, all of them or none: each stands aside, whole, before the first gets its name.

    Raises:
        Refused: one is a folder.
        Surroundings: a place cannot be written.
    """
    asides: list[tuple[Path, Path]] = []
    try:
        for target, content in dict(contents).items():
            with _in_words(target):
                asides.append((_aside(target, content), target))
        for aside, target in asides:
            with _in_words(target):
                aside.replace(target)
    finally:
        for aside, _ in asides:
            with suppress(OSError):
                aside.unlink()


def write_file(target: Path, content: bytes) -> None:
    """Write `content` to `target`, whole or not at all.

    Raises:
        Refused: `target` is a folder.
        Surroundings: the place cannot be written.
    """
    write_files([(target, content)])


def _aside(target: Path, content: bytes) -> Path:
    """Write what is to become `target` beside it."""
    if is_folder(target):
        raise Refused(f"{target} is a folder. Name a file in it.")
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(content)
    except OSError:
        with suppress(OSError):
            aside.unlink()
        raise
    return aside


@contextmanager
def _in_words(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        way_out = "Free some space" if error.errno == ENOSPC else "Close it where it is open"
        raise Surroundings(
            f"{target} cannot be written ({error.strerror}). {way_out}, or choose another place."
        ) from error
