"""Commands about recalls, and the papers of a batch: call list, certificate, dossier."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ldninv.cli import output
from ldninv.cli.options import Signer, app
from ldninv.cli.session import Session
from ldninv.domain.quantities import capsules
from ldninv.reports.facts import entry_facts
from ldninv.services import certificate, dossier
from ldninv.services import recall as recalls
from ldninv.services.documents import Saved
from ldninv.services.recalled import Opened

Number = Annotated[int, typer.Argument(metavar="RECALL", help="The recall's number, as `recalls list` shows it.")]
Out = Annotated[Path, typer.Option(readable=False, help="A pdf file.")]
COLUMNS = {
    "number": "Recall", "what": "Of", "reason": "Reason", "opened": "Opened", "by": "By", "closed": "Closed",
}  # fmt: skip


@app.command(epilog='Example: ldninv recall --component MC2611 --reason "supplier\'s letter"')
def recall(
    context: typer.Context,
    reason: Annotated[str, typer.Option(help="Why, in a few words.")],
    lot: Annotated[str | None, typer.Argument(help="The batch's lot, or the scanned text.")] = None,
    component: Annotated[
        str | None, typer.Option(metavar="LOT", help="A component's lot: all batches with it.")
    ] = None,
    name: Annotated[list[str] | None, typer.Option(help="Which component, where several have that lot.")] = None,
) -> None:
    """Recall a batch, or all batches with a component lot: they are blocked at once and stay so."""
    session: Session = context.obj
    with session.context() as here:
        opened = recalls.open_recall(here, lot=lot, component=component, names=name or (), reason=reason)
    output.one(session.format, _reached(opened), _text(opened))
    output.say(opened.notices)


recalls_app = typer.Typer(help="What was recalled.", no_args_is_help=True)
app.add_typer(recalls_app, name="recalls")


@recalls_app.command("list", epilog="Example: ldninv recalls list")
def list_recalls(context: typer.Context) -> None:
    """List the recalls, newest first."""
    session: Session = context.obj
    with session.context() as here:
        found = recalls.recalls(here)
    facts = [
        {
            "number": each.number,
            "what": each.what,
            "reason": each.reason,
            "opened": each.at,
            "by": each.by,
            "closed": each.closed.at if each.closed else None,
        }
        for each in found
    ]
    output.rows(session.format, facts, COLUMNS, none="Nothing was ever recalled.")


@recalls_app.command(epilog="Example: ldninv recalls show 1")
def show(context: typer.Context, number: Number) -> None:
    """Show what a recall reached, and what has come back."""
    session: Session = context.obj
    with session.context() as here:
        opened = recalls.show(here, number)
    output.one(session.format, _facts(opened), _text(opened))


@recalls_app.command("call-list", epilog="Example: ldninv recalls call-list 1 --out call-list.pdf")
def call_list(
    context: typer.Context,
    number: Number,
    out: Out,
    whole: Annotated[
        bool, typer.Option("--whole", help="With whole prescription numbers, where they are kept.")
    ] = False,
) -> None:
    """Write the call list of a recall; the trail notes it."""
    session: Session = context.obj
    with session.context(named=True) as here:
        saved = recalls.save(here, number, out, whole=whole)
    _written(session, saved)


@recalls_app.command(epilog='Example: ldninv recalls close 1 --note "all called, the rest disposed of" --signer Mara')
def close(
    context: typer.Context,
    number: Number,
    note: Annotated[str, typer.Option(help="What was done, in a few words.")],
    signer: Signer = None,
) -> None:
    """Close a recall with a signature; its batches stay recalled."""
    session: Session = context.obj
    with session.context() as here:
        closed = recalls.close(here, number, note=note, sign=session.pen(here, signer))
    output.one(session.format, _facts(closed), _text(closed))
    output.say(closed.notices)


@recalls_app.command("take-back", epilog='Example: ldninv recalls take-back 1 --reason "wrong clock" --signer Mara')
def take_back(
    context: typer.Context,
    number: Number,
    reason: Annotated[str, typer.Option(help="Why, in a few words.")],
    signer: Signer = None,
) -> None:
    """Take back a recall that a wrong clock dated ahead, with a signature; its batches are as they were."""
    session: Session = context.obj
    with session.context() as here:
        closed = recalls.take_back(here, number, reason=reason, sign=session.pen(here, signer))
    output.one(session.format, _facts(closed), _text(closed))
    output.say(closed.notices)


@app.command("certificate", epilog="Example: ldninv certificate 17 --out certificate.pdf")
def write_certificate(
    context: typer.Context,
    numbers: Annotated[
        list[int], typer.Argument(metavar="ENTRY_ID…", help="The disposals' entries, as `show` lists them.")
    ],
    out: Out,
) -> None:
    """Write the certificate of a disposal, or one for several."""
    session: Session = context.obj
    with session.context(named=True) as here:
        saved = certificate.save(here, numbers, out)
    _written(session, saved)


@app.command("dossier", epilog="Example: ldninv dossier LDN260117001M --out dossier.pdf")
def write_dossier(
    context: typer.Context, lot: Annotated[str, typer.Argument(help="The lot, or the scanned text.")], out: Out
) -> None:
    """Write all that is known of a batch as one PDF."""
    session: Session = context.obj
    with session.context(named=True) as here:
        saved = dossier.save(here, lot, out)
    _written(session, saved)


def _written(session: Session, saved: Saved) -> None:
    output.one(session.format, {"file": str(saved.file)}, f"Written: {saved.file}")
    output.say(saved.notices)


def _reached(opened: Opened) -> dict[str, object]:
    return {
        "batches": [each.kept.batch.lot for each in opened.reached],
        "dispensings": [entry_facts(each) for each in opened.dispensings],
        "on_hand": opened.tally.on_hand,
    }


def _facts(opened: Opened) -> dict[str, object]:
    return _reached(opened) | {
        "number": opened.recall.number,
        "returned": opened.tally.returned,
        "closed": opened.recall.closed.at if opened.recall.closed else None,
    }


def _text(opened: Opened) -> str:
    tally, told = opened.tally, opened.recall
    lines = [
        f"Recall {told.number} of {told.what}: {told.reason}",
        f"  {_batches(tally.batches)} blocked, {capsules(tally.on_hand)} on the shelf",
        f"  {tally.supplies} dispensings to call, {capsules(tally.dispensed)}; {capsules(tally.returned)} came back",
        *(f"  {each.kept.batch.lot}  {each.kept.stock.on_hand} on hand" for each in opened.reached),
        *(f"  {each}" for each in opened.signatures),
    ]
    if told.closed is not None:
        ended = "taken back" if told.closed.taken_back else "closed"
        lines.insert(1, f"  {ended} {told.closed.at[:16]} by {told.closed.by}: {told.closed.note}")
    return "\n".join(lines)


def _batches(count: int) -> str:
    return "1 batch" if count == 1 else f"{count} batches"
