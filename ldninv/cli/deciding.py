"""Commands that decide on a whole batch: release, quarantine, reject, hold, decide."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

import typer

from ldninv.cli.doing import Lot, Reason, do
from ldninv.cli.options import Signer, app, day
from ldninv.cli.session import Session
from ldninv.domain import quantities
from ldninv.domain.entries import Decision
from ldninv.domain.quality import Checks
from ldninv.domain.refusal import Refused
from ldninv.services import standing


@app.command(
    epilog="Example: ldninv release LDN260117001M --appearance ok --label ok --yield 298 --weights 251,249,250"
)
def release(
    context: typer.Context,
    lot: Lot,
    appearance: Annotated[str | None, typer.Option(help="ok, or what was seen.")] = None,
    yielded: Annotated[int | None, typer.Option("--yield", min=0, help="Capsules that came out.")] = None,
    weights: Annotated[str | None, typer.Option(metavar="MG,MG,…", help="Weights of capsules.")] = None,
    label: Annotated[str | None, typer.Option(help="ok where the label matches the record, or what was seen.")] = None,
    signer: Signer = None,
) -> None:
    """Take a batch out of quarantine."""
    session: Session = context.obj
    checks = Checks(appearance=appearance, label=label, yielded=yielded, weights_mg=_weights(weights))
    do(context, lambda here: standing.release(here, lot, checks, sign=session.pen(here, signer)))


@app.command(epilog='Example: ldninv quarantine LDN260117001M --reason "label smudged"')
def quarantine(context: typer.Context, lot: Lot, reason: Reason) -> None:
    """Put a released batch into quarantine."""
    do(context, lambda here: standing.quarantine(here, lot, reason=reason))


@app.command(epilog='Example: ldninv reject LDN260117001M --reason "wrong colour"')
def reject(context: typer.Context, lot: Lot, reason: Reason) -> None:
    """Reject a batch for good; what is left of it is disposed of."""
    do(context, lambda here: standing.reject(here, lot, reason=reason))


@app.command(epilog='Example: ldninv hold LDN260117001M --reason "stood at 41 °C"')
def hold(context: typer.Context, lot: Lot, reason: Reason) -> None:
    """Put a batch on hold until a pharmacist decides."""
    do(context, lambda here: standing.hold(here, lot, reason=reason))


@app.command(epilog='Example: ldninv decide LDN260117001M shorten --date 2026-12-31 --reason "stood warm"')
def decide(
    context: typer.Context,
    lot: Lot,
    decision: Annotated[Decision, typer.Argument(help="What becomes of it.")],
    reason: Reason,
    date_: Annotated[
        date | None,
        typer.Option("--date", parser=day, metavar="DATE", help="The last usable day, where it is shortened."),
    ] = None,
    signer: Signer = None,
) -> None:
    """Close a hold: keep the batch, shorten its date, or discard it. A date can be shortened without a hold too.

    A batch on hold for its storage and for something else takes two decisions: the first is on the other reason.
    """
    session: Session = context.obj
    do(
        context,
        lambda here: standing.decide(here, lot, decision, reason=reason, expires=date_, sign=session.pen(here, signer)),
    )


def _weights(text: str | None) -> tuple[Decimal, ...]:
    try:
        return quantities.weights(text or "")
    except Refused as why:
        raise typer.BadParameter(str(why)) from None
