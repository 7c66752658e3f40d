"""What storage asks of people today, in sentences; no Qt."""

from __future__ import annotations

from ldninv.services.storage.tasks import Tasks
from ldninv.ui import words

_NAMED = 3
"""Places or loggers that are named one by one."""


def sentences(tasks: Tasks) -> tuple[str, ...]:
    """Return what there is to do, the most harmful first; nothing where there is nothing.

    >>> sentences(Tasks(to_decide=1, to_read=("Cabinet A",)))
    ('1 storage event waits for a pharmacist to decide.', 'Not read today: Cabinet A.')
    >>> sentences(Tasks(to_decide=8, reopened=2))
    ('8 storage events wait for a pharmacist to decide, 2 of them again: the evidence changed.',)
    """
    found = []
    if tasks.to_decide:
        wait = "waits" if tasks.to_decide == 1 else "wait"
        events = words.counted(tasks.to_decide, "storage event", "storage events")
        again = f", {tasks.reopened} of them again: the evidence changed" if tasks.reopened else ""
        found.append(f"{events} {wait} for a pharmacist to decide{again}.")
    since = [f"{place} since {words.day(until)}" for place, until in tasks.stopped]
    if since:
        found.append(f"Read the logger out: no record of {named(since)}.")
    if tasks.to_read:
        found.append(f"Not read today: {named(tasks.to_read)}.")
    if tasks.missing:
        days = words.counted(sum(len(days) for _, days in tasks.missing), "daily check", "daily checks")
        found.append(f"{days} missing in the last two weeks: {named([place for place, _ in tasks.missing])}.")
    if tasks.past_calibration:
        found.append(f"Calibration over or not written down: {named(tasks.past_calibration)}.")
    return tuple(found)


def named(names: list[str] | tuple[str, ...]) -> str:
    """Return a few names, and how many more there are.

    >>> named(["A", "B", "C", "D"])
    'A, B, C and 1 more'
    """
    more = len(names) - _NAMED
    said = ", ".join(names[:_NAMED])
    return f"{said} and {more} more" if more > 0 else said
