"""The head of the trail in a file beside the database: how a tail that was cut off is found (R28)."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ldninv.domain.audit import START, Beside, Head

if TYPE_CHECKING:
    from ldninv.db.trail import Trail


def head_file(database: Path) -> Path:
    """Return where the head is kept beside a database."""
    return database.with_name(database.name + ".head")


def beside(database: Path) -> Beside:
    """Return what stands beside the database: its head, or why there is none that can be read."""
    file = head_file(database)
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        since = content.get("since")
        return Beside(
            Head(int(content["events"]), str(content["head"])),
            since=None if since is None else int(since),
        )
    except FileNotFoundError:
        return Beside(why=f"there is no file {file.name} beside the database")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Beside(why=f"the file {file.name} beside the database cannot be read")


def following(database: Path, trail: Trail) -> Beside | None:
    """Return what the next head goes on from; None where the one that stands there must stay.

    One that does not fit the trail is evidence: a tail was cut off, or the trail was written anew. It stays until a
    backup is put back. Where none can be read, the next one tells at which event it was begun anew.
    """
    found = beside(database)
    if found.head is None:
        return Beside(since=found.begun_anew(trail.head().events))
    return found if fits(found.head, trail) else None


def fits(head: Head, trail: Trail) -> bool:
    """Whether the trail has the event that a head ends with, with its hash."""
    return head.hash == (trail.hash_of(head.events) if head.events else START)


def keep_carried(database: Path, kept: Beside, trail: Trail) -> None:
    """Write the head beside a copy; one that does not fit the trail is evidence, and goes with it.

    Args:
        database: The copy's file.
        kept: What stood beside the original before it was copied.
        trail: The copy's.
    """
    reached = trail.head()
    told = reached if kept.head is None or fits(kept.head, trail) else kept.head
    keep_head(database, told, kept.begun_anew(reached.events))


def keep_head(database: Path, head: Head, since: int | None = None) -> None:
    """Write the head beside the database, aside first and then renamed.

    A head that cannot be written takes nothing from what was committed: the one that stands there still holds for its
    part.

    Args:
        database: The file.
        head: How far its trail goes.
        since: The event at which a head was begun anew; None where it never was.
    """
    target = head_file(database)
    aside = target.with_name(f"{target.name}.{os.getpid()}")
    content = {"events": head.events, "head": head.hash} | ({} if since is None else {"since": since})
    with suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(json.dumps(content) + "\n", encoding="utf-8")
        aside.replace(target)
