"""What all verbs of the command line share: which batch, why, and the entry that is said afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from ldninv.cli import output
from ldninv.cli.session import Session
from ldninv.reports.facts import entry_facts
from ldninv.services.context import Context
from ldninv.services.posting import Done

Lot = Annotated[str, typer.Argument(help="The lot, or the scanned text.")]
Reason = Annotated[str, typer.Option(help="Why, in a few words.")]


def do(context: typer.Context, verb: Callable[[Context], Done]) -> None:
    """Do it, and print the entry that it made."""
    session: Session = context.obj
    with session.context() as here:
        done = verb(here)
    posted = done.posted
    change = f" {posted.entry.capsules:+d} capsules," if posted.entry.capsules else ""
    place = f" to {posted.entry.place}," if posted.entry.place else ""
    output.one(
        session.format,
        entry_facts(posted),
        f"{posted.lot}: {posted.entry.kind},{change}{place} {posted.on_hand} on hand.",
    )
    output.say(done.notices)
