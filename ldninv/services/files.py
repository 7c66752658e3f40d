"""Files are written aside and then renamed, so that a reader never meets half of one."""

from __future__ import annotations

import os
from pathlib import Path

from ldninv.domain.refusal import Refused, Surroundings


def write_file(target: Path, content: bytes) -> None:
    """Write `content` to `target`, whole or not at all.

    Raises:
        Refused: `target` is a folder.
        Surroundings: the place cannot be written.
    """
    if target.is_dir():
        raise Refused(f"{target} is a folder. Name a file in it.")
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(content)
        aside.replace(target)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise Surroundings(
            f"{target} cannot be written ({error.strerror}). Close it where it is open, or choose another place."
        ) from error
