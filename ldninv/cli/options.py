"""The command `ldninv` itself, the options before its commands, and how options are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, tzinfo
from typing import Annotated, TypeVar

import typer

from ldninv import __version__
from ldninv.cli.session import Format, Session
from ldninv.domain import label_sizes
from ldninv.domain.days import Week, parse_day
from ldninv.domain.label_sizes import Sheet, Size
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.placing import zone_named

Read = TypeVar("Read")
Typed = TypeVar("Typed", str, int)

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Years that a pharmacy's day can lie in."""

Signer = Annotated[str | None, typer.Option("--signer", help="Who signs, with the PIN in LDNINV_SIGNER_PIN.")]
"""A verb's own option; it goes before the one that stands before the command."""

app = typer.Typer(
    help="Batches of low-dose naltrexone capsules: their potency date, their stock, this week's expiry report.",
    epilog="Without a command the window opens. Examples: ldninv demo | ldninv import batches list.csv | "
    "ldninv scan LDN260117001M | ldninv report weekly --out week.pdf",
    no_args_is_help=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def day(text: str) -> date:
    """Read an option that is a day."""
    return _option(parse_day, text)


def working_day(text: str) -> date:
    """Read an option that is a day to work on; at the calendar's ends there is no year before or after it."""
    wanted = day(text)
    if not FIRST_YEAR <= wanted.year <= LAST_YEAR:
        raise typer.BadParameter(f"“{text}” is no day to work on. Give one from {FIRST_YEAR} to {LAST_YEAR}.")
    return wanted


def week(text: str) -> Week:
    """Read an option that is an ISO week."""
    return _option(Week.parse, text)


def strength(text: str) -> Strength:
    """Read an option that is a strength."""
    return _option(Strength.parse, text)


def medium(text: str) -> Size | Sheet:
    """Read an option that is the size of a label, or a sheet of them."""
    return _option(label_sizes.medium, text)


def time_zone(text: str) -> tzinfo:
    """Read an option that is a time zone."""
    return _option(zone_named, text)


def zone_name(text: str) -> str:
    """Read an option that names a time zone, as it was typed."""
    time_zone(text)
    return text


def resolution(dots_per_inch: int) -> int:
    """Read an option that is a label printer's resolution."""
    return _option(label_sizes.resolution, dots_per_inch)


def _option(read: Callable[[Typed], Read], text: Typed) -> Read:
    try:
        return read(text)
    except Refused as said:
        raise typer.BadParameter(str(said)) from None


def _version(wanted: bool) -> None:
    if wanted:
        print(f"ldninv {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    database: Annotated[
        str | None,
        typer.Option(
            envvar="LDNINV_DATABASE",
            help="The database: sqlite:///batches.db, or postgresql://you@server/ldninv.",
            show_default="your data folder",
        ),
    ] = None,
    today: Annotated[
        date | None,
        typer.Option(
            envvar="LDNINV_TODAY", parser=working_day, metavar="DATE", help="The pharmacy's day, as YYYY-MM-DD."
        ),
    ] = None,
    user: Annotated[
        str | None,
        typer.Option(
            help="Who acts; where there are people, with the PIN in LDNINV_PIN.", show_default="the computer's account"
        ),
    ] = None,
    signer: Annotated[
        str | None, typer.Option(help="Who signs, with the PIN in LDNINV_SIGNER_PIN.", show_default="nobody")
    ] = None,
    format: Annotated[Format, typer.Option(help="How answers are written.")] = Format.TABLE,  # noqa: A002 - the contract's word
    version: Annotated[  # noqa: ARG001 - its callback answers and ends
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Settle the database, the day and the person; without a command, open the window."""
    context.obj = Session(database, today, user, format, signer)
    if context.invoked_subcommand is None:
        from ldninv.app import open_window

        raise typer.Exit(open_window(context.obj.url, day=today, user=user))
