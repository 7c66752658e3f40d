"""Commands that write: imports and what is done to a batch's capsules."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ldninv.cli import output
from ldninv.cli.doing import Lot, Reason, do
from ldninv.cli.options import Signer, app
from ldninv.cli.session import Format, Session
from ldninv.domain.batch_list import DateOrder, DateOrderUnclear
from ldninv.domain.entries import DisposalReason
from ldninv.domain.progress import Progress, unheard
from ldninv.domain.refusal import Refused
from ldninv.services import importing, ledger
from ldninv.services.context import Context
from ldninv.services.importing import BadRows, FileResult, Preview

import_app = typer.Typer(help="Bring in what is kept elsewhere.", no_args_is_help=True)
app.add_typer(import_app, name="import")


@import_app.command("batches", epilog="Example: ldninv import batches list.csv --date-order dmy")
def import_batches(
    context: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(readable=False, help="CSV, TSV or XLSX lists; all are written, or none.")
    ],
    date_order: Annotated[DateOrder | None, typer.Option(help="How the dates are written, where two ways fit.")] = None,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Write the good rows and list the others.")] = False,
    quarantine: Annotated[
        bool, typer.Option("--quarantine", help="Bring them in quarantined, to be released.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be written, and write nothing.")] = False,
) -> None:
    """Read batch lists. A row that is not right keeps everything out, unless --skip-bad is said."""
    session: Session = context.obj
    in_memory = dry_run and not session.exists
    with session.context(create=not in_memory, in_memory=in_memory) as here:
        previews = [_preview(here, file, date_order) for file in files]
        try:
            with working("Writing") as progress:
                done = importing.import_lists(
                    here, previews, skip_bad=skip_bad, quarantine=quarantine, dry_run=dry_run, progress=progress
                )
            results = done.results
        except BadRows as bad:
            results = bad.results
        stopped = not skip_bad and any(each.problems for each in results)
        _say_import(session, results, stopped=stopped)
        if stopped:
            raise Refused("Nothing was written: mend these rows, or add --skip-bad to bring in the good ones.")


def _preview(here: Context, file: Path, date_order: DateOrder | None) -> Preview:
    try:
        with working(f"Reading {file.name}") as progress:
            return importing.preview(here, file, date_order=date_order, progress=progress)
    except DateOrderUnclear as unclear:
        raise Refused(f"{unclear} Add --date-order {' or --date-order '.join(unclear.fits)}.") from unclear


def _say_import(session: Session, results: tuple[FileResult, ...], *, stopped: bool) -> None:
    facts = [asdict(each) for each in results]
    columns = {"file": "File", "new": "New", "known": "Known", "written": "Written"}
    output.rows(session.format, facts, columns, none="")
    if session.format is Format.TABLE:
        for each in results:
            output.lines(f"{each.file}, line {remark.line}: {remark.text}" for remark in each.problems)
            if not stopped:
                output.lines(f"{each.file}, line {remark.line}, note: {remark.text}" for remark in each.notices)


@app.command(epilog="Example: ldninv dispense LDN260117001M --capsules 30 --days 30")
def dispense(
    context: typer.Context,
    lot: Lot,
    capsules: Annotated[int, typer.Option(help="How many leave.")],
    days: Annotated[int, typer.Option(help="Days that they are to last.")],
    reason: Annotated[str | None, typer.Option(help="Why an earlier batch is passed over.")] = None,
    reinspected: Annotated[bool, typer.Option("--reinspected", help="The capsules were looked at again.")] = False,
    rx: Annotated[str | None, typer.Option(help="The prescription's number, where this pharmacy keeps them.")] = None,
) -> None:
    """Dispense from a batch that is usable today and covers the supply."""
    do(
        context,
        lambda here: ledger.dispense(
            here, lot, capsules, days_supply=days, reason=reason, reinspected=reinspected, rx=rx
        ),
    )


@app.command(epilog='Example: ldninv waste LDN260117001M --capsules 2 --reason "dropped"')
def waste(
    context: typer.Context, lot: Lot, capsules: Annotated[int, typer.Option(help="How many.")], reason: Reason
) -> None:
    """Write off capsules; works in every state."""
    do(context, lambda here: ledger.waste(here, lot, capsules, reason=reason))


@app.command(epilog='Example: ldninv sample LDN260117001M --capsules 10 --reason "assay at 90 days"')
def sample(
    context: typer.Context,
    lot: Lot,
    capsules: Annotated[int, typer.Option(help="How many.")],
    reason: Annotated[str | None, typer.Option(help="What for.")] = None,
) -> None:
    """Take capsules for an assay; works in every state."""
    do(context, lambda here: ledger.sample(here, lot, capsules, reason=reason))


@app.command("return", epilog="Example: ldninv return LDN260117001M --capsules 30")
def accept_return(
    context: typer.Context,
    lot: Lot,
    capsules: Annotated[int, typer.Option(help="How many came back.")],
    reason: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """Take back capsules that had left; the batch is in quarantine until they are disposed of."""
    do(context, lambda here: ledger.accept_return(here, lot, capsules, reason=reason))


@app.command(epilog="Example: ldninv dispose LDN260117001M --capsules 12 --reason expired --witness Ana")
def dispose(  # noqa: PLR0913, PLR0917 - a parameter is an option
    context: typer.Context,
    lot: Lot,
    capsules: Annotated[int, typer.Option(help="How many.")],
    reason: Annotated[DisposalReason, typer.Option(help="Why.")],
    method: Annotated[str | None, typer.Option(help="How it was destroyed.")] = None,
    container: Annotated[str | None, typer.Option(help="What they went into.")] = None,
    witness: Annotated[str | None, typer.Option(help="Who saw it.")] = None,
    signer: Signer = None,
) -> None:
    """Dispose of capsules; works in every state."""
    session: Session = context.obj
    do(
        context,
        lambda here: ledger.dispose(
            here,
            lot,
            capsules,
            reason=reason,
            method=method,
            container=container,
            witness=witness,
            sign=session.pen(here, signer),
        ),
    )


@app.command(epilog="Example: ldninv count LDN260117001M --found 70")
def count(
    context: typer.Context,
    lot: Lot,
    found: Annotated[int, typer.Option(help="How many stand there.")],
    reason: Annotated[str | None, typer.Option(help="Why they differ.")] = None,
) -> None:
    """Set the books to what was counted; works in every state."""
    do(context, lambda here: ledger.count(here, lot, found, reason=reason))


@app.command(epilog='Example: ldninv move LDN260117001M --to "Cabinet A"')
def move(context: typer.Context, lot: Lot, to: Annotated[str, typer.Option(help="The place.")]) -> None:
    """Put a batch at another place; works in every state."""
    do(context, lambda here: ledger.move(here, lot, to))


@app.command(epilog='Example: ldninv correct 17 --reason "wrong lot"')
def correct(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ENTRY_ID", help="The entry's id, as `show` lists it.")],
    reason: Reason,
    signer: Signer = None,
) -> None:
    """Take an entry back by a new one; with a signature a disposal, and a batch, hold or decision of a day ahead."""
    session: Session = context.obj
    do(context, lambda here: ledger.void(here, number, reason=reason, sign=session.pen(here, signer)))


@contextmanager
def working(what: str) -> Iterator[Progress]:
    """Show on a terminal how far long work is."""
    if not sys.stderr.isatty():
        yield unheard
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)
