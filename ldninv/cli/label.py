"""The command that makes labels."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ldninv.cli import output
from ldninv.cli.options import app, medium, resolution
from ldninv.cli.session import Session
from ldninv.domain.label_sizes import RESOLUTIONS, ROLLS, SHEETS, Symbol
from ldninv.domain.labels import Kind
from ldninv.services import labels


@app.command(epilog="Example: ldninv label LDN260117001M --out label.pdf --dpi 300")
def label(  # noqa: PLR0913, PLR0917 - a parameter is an option
    context: typer.Context,
    lot: Annotated[str, typer.Argument(help="The lot, or the scanned text; a place; a person for a badge.")],
    out: Annotated[Path, typer.Option(readable=False, help="A pdf, png, svg or zpl file, or a folder.")],
    kind: Annotated[Kind, typer.Option(help="What it is stuck on.")] = Kind.BATCH,
    size: Annotated[
        str, typer.Option(help=f"Millimetres, or a sheet: {', '.join(each.name for each in SHEETS)}.")
    ] = str(ROLLS[0]),
    dpi: Annotated[
        int, typer.Option(help=f"The printer's dots an inch: {', '.join(map(str, RESOLUTIONS))}.")
    ] = RESOLUTIONS[0],
    symbol: Annotated[Symbol, typer.Option(help="How the code is printed.")] = Symbol.QR,
    copies: Annotated[int, typer.Option(help="How many; a pdf or a zpl file holds several.")] = 1,
    first: Annotated[int, typer.Option(help="The first free label of a sheet that was begun.")] = 1,
    capsules: Annotated[int | None, typer.Option(help="How many are in the bottle.")] = None,
) -> None:
    """Make a label of a batch, a bottle, a place or a person; its code holds the lot and nothing else."""
    session: Session = context.obj
    with session.context(named=True) as here:
        said = labels.label(here, lot, kind, capsules=capsules)
        made = labels.make(said, medium=medium(size), symbol=symbol, dots_per_inch=resolution(dpi))
        saved = labels.save(here, made, out, copies=copies, first=first)
    payload = None if kind is Kind.BADGE else said.payload
    output.one(
        session.format, {"file": str(saved.file), "payload": payload, "symbol": symbol.value}, f"Written: {saved.file}"
    )
    output.say(saved.notices)
