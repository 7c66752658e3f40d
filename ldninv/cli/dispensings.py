"""The command that lists what was dispensed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ldninv.cli import output
from ldninv.cli.options import day
from ldninv.cli.reports import report_app
from ldninv.cli.session import Format, Session
from ldninv.domain.quantities import capsules
from ldninv.reports.dispensings import NONE, Total, row_facts
from ldninv.reports.document import ends_with
from ldninv.services import dispensings

_COLUMNS = {
    "day": "Day", "id": "Entry", "lot": "Lot", "strength_mg": "mg", "capsules": "Capsules", "days_supply": "Days",
    "by": "By", "reason": "Reason", "voided_by": "Taken back by",
}  # fmt: skip


@report_app.command("dispensings", epilog="Example: ldninv report dispensings --from 2026-11-01 --to 2026-11-30")
def report_dispensings(
    context: typer.Context,
    first: Annotated[date, typer.Option("--from", parser=day, metavar="DATE", help="The first day.")],
    last: Annotated[
        date | None, typer.Option("--to", parser=day, metavar="DATE", help="The last; today without.")
    ] = None,
    out: Annotated[list[Path] | None, typer.Option(readable=False, help="A csv, xlsx or json file.")] = None,
) -> None:
    """List what was dispensed in some days, with totals by strength and by lot."""
    session: Session = context.obj
    with session.context(named=True) as here:
        made = dispensings.listed(here, first, last or here.today())
        saved = dispensings.save(here, made, out or [])
    if session.format is Format.JSON:
        output.document(dispensings.facts(made))
    else:
        output.rows(session.format, [row_facts(row) for row in made.rows], _COLUMNS, none=NONE)
    if session.format is Format.TABLE:
        output.lines(_total(each) for each in made.by_strength)
        print(f"Audit trail: {ends_with(made.made.head)}")
    output.say([*(f"Written: {file}" for file in saved.files), *saved.notices])


def _total(total: Total) -> str:
    supplies = "1 supply" if total.supplies == 1 else f"{total.supplies} supplies"
    return f"{total.name}: {capsules(total.capsules)} in {supplies}"
