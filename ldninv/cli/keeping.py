"""Commands that look after the database itself, and the demo."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ldninv.cli import output
from ldninv.cli.options import Signer, app
from ldninv.cli.session import Session
from ldninv.db import spoken
from ldninv.domain import audit
from ldninv.domain.refusal import Damaged
from ldninv.services import copying, demo_staff, restoring, safety


@app.command(epilog="Example: ldninv check")
def check(context: typer.Context) -> None:
    """Check the file, recount the ledger and verify the trail."""
    session: Session = context.obj
    with session.context() as here:
        found, unchecked = safety.check(here), safety.unchecked(here)
    sentence = "\n".join(found) or "All is well: the file, the ledger and the trail."
    output.one(session.format, {"ok": not found, "findings": found}, sentence)
    if found:
        count = "1 finding" if len(found) == 1 else f"{len(found)} findings"
        output.say([f"The database is not sound ({count}). {audit.WAY_OUT}"])
        raise typer.Exit(1)
    output.say([unchecked] if unchecked else [])


@app.command(epilog="Example: ldninv backup monday.db")
def backup(
    context: typer.Context, file: Annotated[Path, typer.Argument(readable=False, help="Where the copy goes.")]
) -> None:
    """Write a consistent copy of the database; others go on working."""
    session: Session = context.obj
    with session.context() as here:
        copied = safety.backup(here, file)
    facts = {"ok": not copied.findings, "findings": copied.findings}
    output.one(session.format, facts, f"Backed up to {file}.")
    broken = copied.broken()
    output.say([broken] if broken else copied.notices)
    if broken:
        raise typer.Exit(1)


@app.command(epilog="Example: ldninv restore monday.db")
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(readable=False, help="The backup.")],
    signer: Signer = None,
) -> None:
    """Put a backup in the place of the database; the records that were there are kept in a file beside it.

    Where there are people in those, a pharmacist of theirs signs. A database that is not there, or is damaged so that
    nobody can be asked, is restored without.
    """
    session: Session = context.obj
    try:
        with session.context(create=True) as here:
            done = restoring.restore(here, file, sign=session.pen(here, signer))
    except Damaged:
        now = datetime.now().astimezone()
        done = restoring.replace_damaged(session.file, file, now, session.here)
    kept = f" The records that were there are in {done.kept}." if done.kept else ""
    output.one(session.format, {"ok": True, "findings": []}, f"Restored from {file}.{kept}")
    output.say(done.notices)


@app.command(epilog="Example: ldninv copy --from sqlite:///old.db --to sqlite:///new.db")
def copy(
    context: typer.Context,
    source: Annotated[
        str, typer.Option("--from", metavar="URL", help="The database: sqlite:///batches.db, or a server's.")
    ],
    target: Annotated[str, typer.Option("--to", metavar="URL", help="A new one, or one that holds nothing.")],
) -> None:
    """Copy a whole database, its trail unbroken; it is checked before it gets its name."""
    session: Session = context.obj
    done = copying.copy(source, target)
    said = f"Copied {done.rows} rows from {spoken(source)} to {spoken(target)}; all of it was checked."
    output.one(session.format, {"ok": True, "findings": []}, said)


@app.command(epilog="Example: ldninv demo --folder demo --batches 500")
def demo(
    context: typer.Context,
    folder: Annotated[
        Path | None, typer.Option(readable=False, help="Where it goes.", show_default="your data folder")
    ] = None,
    batches: Annotated[int, typer.Option(min=1, max=2_000_000, help="How many batches.")] = 120,
    people: Annotated[
        bool, typer.Option("--people", help="Add a pharmacist and a technician, and say their PINs.")
    ] = False,
    no_window: Annotated[bool, typer.Option("--no-window", help="Do not open the window.")] = False,
) -> None:
    """Make a demo pharmacy with this week's report beside it, and open it."""
    from ldninv import app as program
    from ldninv.cli.demonstration import make, where

    session: Session = context.obj
    obstacle = None if no_window else program.no_window()
    if not no_window and obstacle is None:
        program.application()
        if program.raised(f"sqlite:///{where(folder)}"):
            output.say(["The demo is open already; its window was brought to the front."])
            return
    facts = make(session, folder, batches, people=people)
    sentence = f"Database: {facts['database']}\nReport:   {facts['report']}\nBatches:  {facts['batches']}"
    output.one(session.format, {key: facts[key] for key in ("database", "report", "batches")}, sentence)
    told = [str(text) for text in (facts.get("note"), obstacle) if text]
    output.say(dict.fromkeys(told))
    if people:
        output.say(f"{each.name}, {each.role}: PIN {each.pin}, badge {each.badge}" for each in demo_staff.STAFF)
    if not no_window and obstacle is None:
        raise typer.Exit(program.open_window(f"sqlite:///{facts['database']}", day=session.day, user=session.user))
