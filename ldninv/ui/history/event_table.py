"""The columns of the trail, and what one event says in words; no Qt but for its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from ldninv.services.context import Context
from ldninv.services.trail import Line, rows
from ldninv.ui.facts import Fact
from ldninv.ui.table import Column
from ldninv.ui.words import NOTHING, grouped

_HASH = 16
"""Characters of a hash that are enough to tell two apart at a glance."""


def action(name: str) -> str:
    """Return what happened, in words.

    >>> action("recall-closed"), action("wrong-pin")
    ('Recall closed', 'Wrong PIN')
    """
    first, *others = ("PIN" if word == "pin" else word for word in name.split("-"))
    return " ".join((first[:1].upper() + first[1:], *others))


def when(at: str) -> str:
    """Return an instant as local day and minute; what was tampered with stands as it is.

    >>> when("2026-11-21T09:12:44.000+01:00"), when("not a time")
    ('2026-11-21 09:12', 'not a time')
    """
    try:
        return f"{datetime.fromisoformat(at):%Y-%m-%d %H:%M}"
    except ValueError:
        return at


def changed(line: Line) -> str:
    """Return what an event changed, in one line."""
    return "; ".join(map(str, line.changed))


def fetched(context: Context, numbers: Sequence[int]) -> list[Line]:
    """Return the events of a page of the table."""
    return rows(context, numbers)


_COLUMNS: tuple[Column[Line], ...] = (
    Column(title="Event", text=lambda line: grouped(line.event.number), widest="100 000", right=True),
    Column(title="When", text=lambda line: when(line.event.at), widest="2026-11-21 09:12"),
    Column(title="What", text=lambda line: action(line.event.action), widest="Storage decided"),
    Column(title="Of", text=lambda line: line.event.subject, widest="LDN260888008W"),
    Column(title="By", text=lambda line: line.event.by, widest="Chloé Martin", yields=3),
    Column(title="Changed", text=changed, widest="on hand: 840 → 855;…", yields=1),
    Column(title="Why", text=lambda line: line.event.reason or "", widest="dropped, broken", yields=2),
)


def columns() -> tuple[Column[Line], ...]:
    """Return the columns, with their titles in the person's language."""
    translated = QCoreApplication.translate
    return tuple(replace(column, title=translated("EventTable", column.title)) for column in _COLUMNS)


def facts(line: Line) -> tuple[Fact, ...]:
    """Return all that an event says, line by line: what changed from what to what, and why."""
    event = line.event
    happened = (
        Fact("What", action(event.action)),
        Fact("Of", event.subject or NOTHING),
        Fact("When", f"{when(event.at)}\n{event.at}"),
        Fact("By", f"{event.by}, at {event.workstation}"),
        Fact("Why", event.reason or NOTHING),
    )
    differences = tuple(
        Fact(each.what[:1].upper() + each.what[1:], f"{each.before} → {each.after or 'nothing'}")
        if each.before
        else Fact(each.what[:1].upper() + each.what[1:], each.after)
        for each in line.changed
    )
    chain = (Fact("Hash", f"{event.hash[:_HASH]}…"), Fact("Follows", f"{event.previous[:_HASH]}…"))
    return (*happened, *differences, *chain)
