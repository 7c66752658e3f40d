"""The commands of the weekly report: made, issued, signed off, and taken out again."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from ldninv.cli import output
from ldninv.cli.options import Signer, app, week
from ldninv.cli.session import Format, Session
from ldninv.domain.days import Week
from ldninv.domain.signing import line
from ldninv.reports.weekly import Report
from ldninv.services import issuing, weekly
from ldninv.services.issuing import Kept

report_app = typer.Typer(help="Reports.", no_args_is_help=True)
app.add_typer(report_app, name="report")

Outs = Annotated[
    list[Path] | None,
    typer.Option("--out", readable=False, help="A pdf, xlsx, csv, html or json file, or a folder for the PDF."),
]


@report_app.command("weekly", epilog="Example: ldninv report weekly --issue --out week.pdf --out week.xlsx")
def report_weekly(
    context: typer.Context,
    week: Annotated[
        Week | None, typer.Option(parser=week, metavar="WEEK", help="Such as 2026-W47; this week without it.")
    ] = None,
    out: Outs = None,
    issue: Annotated[bool, typer.Option("--issue", help="Number it and keep it, never to be changed.")] = False,
    sign_off: Annotated[bool, typer.Option("--sign-off", help="Issue it, signed off by a pharmacist.")] = False,
    signer: Signer = None,
) -> None:
    """Make the weekly expiry report."""
    session: Session = context.obj
    with session.context(named=True) as here:
        if issue or sign_off:
            pen = session.pen(here, signer) if sign_off else None
            done = issuing.issue(here, week, targets=out or [], sign_off=sign_off, sign=pen)
            made, notices = done.report, [f"Issued as report {done.issued.number}.", *done.notices]
            files: Sequence[Path] = done.files
        else:
            made = weekly.report(here, week)
            saved = weekly.save(here, made, out or [])
            files, notices = saved.files, [*saved.notices]
    _say(session, made)
    output.say([*(f"Written: {file}" for file in files), *notices])


@report_app.command("issued", epilog="Examples: ldninv report issued | ldninv report issued 12 --out week.pdf")
def report_issued(
    context: typer.Context,
    number: Annotated[int | None, typer.Argument(help="One of them; all are listed without it.")] = None,
    out: Annotated[
        list[Path] | None, typer.Option(readable=False, help="A pdf or json file: as it was issued, byte for byte.")
    ] = None,
) -> None:
    """List the issued reports, or take one out again as it was issued."""
    session: Session = context.obj
    with session.context() as here:
        kept = issuing.reports(here) if number is None else (issuing.report(here, number),)
        if out and number is None:
            raise typer.BadParameter("Say which report to take out, by its number.")
        saved = [issuing.save(here, number, file) for file in out or () if number is not None]
    columns = {
        "number": "Number", "week": "Week", "as_of": "As of", "at": "Issued", "by": "By", "signed": "Signed by",
        "unchanged": "Unchanged",
    }  # fmt: skip
    output.rows(session.format, [_facts(each) for each in kept], columns, none="No report was issued yet.")
    output.say(f"Written: {each.file}" for each in saved)
    output.say(notice for each in saved for notice in each.notices)


@report_app.command("sign-off", epilog='Example: ldninv report sign-off 12 --signer "Mara Lind"')
def report_sign_off(
    context: typer.Context,
    number: Annotated[int, typer.Argument(help="The number of an issued report.")],
    signer: Signer = None,
) -> None:
    """Sign off a report that was issued."""
    session: Session = context.obj
    with session.context() as here:
        done = issuing.sign_off(here, number, sign=session.pen(here, signer))
        kept = issuing.report(here, number)
    _say_signed(session, kept)
    output.say(done.notices)


def _say(session: Session, made: Report) -> None:
    match session.format:
        case Format.JSON:
            sys.stdout.write(weekly.text(made, "json"))
        case Format.CSV:
            sys.stdout.write(weekly.text(made, "csv").removeprefix("\ufeff"))
        case Format.TABLE:
            print(weekly.summary(made))


def _say_signed(session: Session, kept: Kept) -> None:
    signatures = (line(each.signature, unchanged=each.unchanged) for each in kept.signatures)
    said = "\n".join([f"Report {kept.issued.number}, week {kept.issued.week}", *(f"  {each}" for each in signatures)])
    output.one(session.format, _facts(kept), said)


def _facts(kept: Kept) -> dict[str, object]:
    issued = kept.issued
    return {
        "number": issued.number,
        "week": str(issued.week),
        "as_of": issued.as_of,
        "at": issued.at,
        "by": issued.by,
        "sha256": issued.pdf,
        "head": issued.head.hash,
        "signed": [line(each.signature, unchanged=each.unchanged) for each in kept.signatures],
        "unchanged": kept.intact,
    }
