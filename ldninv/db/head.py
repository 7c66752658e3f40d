"""The head of the trail in a file beside the database: how a tail that was cut off is found (R28)."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ldninv.domain.audit import RESTORED, START, Beside, Head

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


def beside_server(anchor: Path, trail: Trail) -> Beside:
    """Return what this computer kept of a server's database; nothing where another one put back a backup meanwhile.

    The trail tells of that: it has such an event that it did not have when the head was written.
    """
    found = beside(anchor)
    if found.head is None or fits(found.head, trail):
        return found
    content = json.loads(head_file(anchor).read_text(encoding="utf-8"))
    return found if restored(trail) <= set(content.get("restored", ())) else Beside()


def restored(trail: Trail) -> set[str]:
    """Return the hashes of the events that tell of a backup put back."""
    return {event.hash for event in trail.of_action(RESTORED)}


def following(found: Beside, trail: Trail) -> Beside | None:
    """Return what the next head goes on from; None where the one that stands there must stay.

    One that does not fit the trail is evidence: a tail was cut off, or the trail was written anew. It stays until a
    backup is put back. Where none can be read, the next one tells at which event it was begun anew.
    """
    if found.head is None:
        return Beside(since=found.begun_anew(trail.head().events))
    return found if fits(found.head, trail) else None


def fits(head: Head, trail: Trail) -> bool:
    """Whether the trail has the event that a head ends with, with its hash."""
    return head.hash == (trail.hash_of(head.events) if head.events else START)


def keep_carried(database: Path, kept: Beside, trail: Trail, *, on_server: bool = False) -> None:
    """Write the head beside a copy; one that does not fit the trail is evidence, and goes with it.

    Args:
        database: The copy's file.
        kept: What stood beside the original before it was copied.
        trail: The copy's.
        on_server: Whether the copy is a server's database.
    """
    reached = trail.head()
    told = reached if kept.head is None or fits(kept.head, trail) else kept.head
    keep_head(database, told, kept.begun_anew(reached.events), restored(trail) if on_server else ())


def keep_head(database: Path, head: Head, since: int | None = None, told: Collection[str] = ()) -> None:
    """Write the head beside the database, aside first and then renamed.

    A head that cannot be written takes nothing from what was committed: the one that stands there still holds for its
    part.

    Args:
        database: The file.
        head: How far its trail goes.
        since: The event at which a head was begun anew; None where it never was.
        told: Of a server's database, the hashes of the events that tell of a backup put back.
    """
    target = head_file(database)
    aside = target.with_name(f"{target.name}.{os.getpid()}")
    content: dict[str, object] = {"events": head.events, "head": head.hash}
    content |= ({} if since is None else {"since": since}) | ({"restored": sorted(told)} if told else {})
    with suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(json.dumps(content) + "\n", encoding="utf-8")
        aside.replace(target)
