"""`ldninv storage files` and `storage original`: what loggers were read out to, and one of it as it came in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ldninv.cli import output
from ldninv.cli.session import Session
from ldninv.cli.storage import storage_app
from ldninv.services.storage import originals

_COLUMNS = {"file": "File", "logger": "Logger", "bytes": "Bytes", "at": "Came in", "by": "By", "sha256": "SHA-256"}


@storage_app.command("files", epilog="Example: ldninv storage files")
def files(context: typer.Context) -> None:
    """List the loggers' files that came in; each is kept as it was."""
    session: Session = context.obj
    with session.context() as here:
        found = originals.files(here)
    facts = [
        {
            "file": each.name,
            "logger": each.logger,
            "bytes": each.size,
            "at": each.at,
            "by": each.by,
            "sha256": each.sha256,
        }
        for each in found
    ]
    output.rows(session.format, facts, _COLUMNS, none="No logger's file came in yet.")


@storage_app.command("original", epilog="Example: ldninv storage original logger.csv --out copies")
def original(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The file's name, or how its SHA-256 begins.")],
    out: Annotated[Path, typer.Option(readable=False, help="Where it goes: a file, or a folder for it.")],
) -> None:
    """Write a logger's file out again as it came in, byte for byte."""
    session: Session = context.obj
    with session.context() as here:
        saved = originals.save(here, name, out)
    output.one(session.format, {"file": str(saved.file)}, f"Written to {saved.file}.")
    output.say(saved.notices)
