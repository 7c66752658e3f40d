"""Files are written aside and then renamed, so that a reader never meets half of one."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from ldninv.domain.refusal import Refused, Surroundings


def is_folder(path: Path) -> bool:
    """Whether `path` is a folder that can be seen from here; a name that cannot be one is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def write_file(target: Path, content: bytes) -> None:
    """Write `content` to `target`, whole or not at all.

    Raises:
        Refused: `target` is a folder.
        Surroundings: the place cannot be written.
    """
    if is_folder(target):
        raise Refused(f"{target} is a folder. Name a file in it.")
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(content)
        aside.replace(target)
    except OSError as error:
        with suppress(OSError):
            aside.unlink()
        raise Surroundings(
            f"{target} cannot be written ({error.strerror}). Close it where it is open, or choose another place."
        ) from error
