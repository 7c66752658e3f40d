"""Commands about the trail of who did what."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ldninv.cli import output
from ldninv.cli.options import app, day
from ldninv.cli.session import Format, Session
from ldninv.domain import audit
from ldninv.domain.audit import Verdict
from ldninv.services import trail
from ldninv.services.trail import Asked

audit_app = typer.Typer(help="The trail of who did what.", no_args_is_help=True)
app.add_typer(audit_app, name="audit")


@audit_app.command(epilog='Example: ldninv audit verify --printed "1204 events, ends with 3f9a1c2b4d5e"')
def verify(
    context: typer.Context,
    printed: Annotated[
        list[str] | None, typer.Option(help="The end of the trail as a report or another paper shows it.")
    ] = None,
) -> None:
    """Recompute the chain of the trail and name the first event that does not fit."""
    session: Session = context.obj
    heads = [audit.head_of(text) for text in printed or ()]
    with session.context() as here:
        verdict = trail.verify(here, *heads)
    output.one(session.format, _facts(verdict), audit.in_words(verdict))
    if not verdict.intact:
        where = "" if session.format is Format.TABLE else f" {audit.in_words(verdict)}"
        output.say([f"The trail does not hold.{where} {audit.WAY_OUT}"])
        raise typer.Exit(1)
    output.say([verdict.unchecked] if verdict.unchecked else [])


@audit_app.command(epilog="Example: ldninv audit export trail.pdf --lot LDN260117001M")
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(readable=False, help="A csv or pdf file.")],
    lot: Annotated[str | None, typer.Option(help="Only what concerns this batch.")] = None,
    by: Annotated[str | None, typer.Option(help="Only what this person did.")] = None,
    first: Annotated[
        date | None, typer.Option("--from", parser=day, metavar="DATE", help="Only from this day on.")
    ] = None,
    last: Annotated[date | None, typer.Option("--to", parser=day, metavar="DATE", help="Only up to this day.")] = None,
    action: Annotated[list[str] | None, typer.Option(help="Only events of this kind.")] = None,
) -> None:
    """Write the trail as CSV or PDF, oldest first."""
    session: Session = context.obj
    asked = Asked(lot=lot, by=by, first=first, last=last, actions=frozenset(action or ()))
    with session.context(named=True) as here:
        verdict = trail.verify(here)  # first: the trail notes the copy
        saved = trail.export(here, file, asked)
    output.one(session.format, {"file": saved.file} | _facts(verdict), f"Written: {saved.file}")
    output.say(saved.notices if verdict.intact else [*saved.notices, audit.in_words(verdict)])


def _facts(verdict: Verdict) -> dict[str, object]:
    """Return a verdict by the contract's keys."""
    return {
        "events": verdict.events,
        "intact": verdict.intact,
        "head": verdict.head,
        "first_broken": verdict.first_broken,
    }
