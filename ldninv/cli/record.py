"""The command for a batch's record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ldninv.cli import output
from ldninv.cli.options import app
from ldninv.cli.session import Session
from ldninv.reports.record import document, facts, lines
from ldninv.services import record as records

Lot = Annotated[str, typer.Argument(help="The lot, or the scanned text.")]


@app.command(epilog="Example: ldninv record LDN260117001M --out record.pdf")
def record(
    context: typer.Context,
    lot: Lot,
    out: Annotated[
        Path | None, typer.Option(readable=False, help="A PDF, or a folder for it; without it the facts are printed.")
    ] = None,
) -> None:
    """Print the record of a batch: how it was made, of what, and what was found."""
    session: Session = context.obj
    with session.context(named=True) as here:
        found = records.record(here, lot)
        if out is None:
            output.one(session.format, facts(found), "\n".join(lines(document(found))))
            return
        saved = records.save(here, found, out)
    output.one(session.format, facts(found) | {"file": str(saved.file)}, f"Written to {saved.file}.")
    output.say(saved.notices)
