"""Commands that only read: lists, a batch, a scan, a suggestion, places."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from ldninv.cli import output
from ldninv.cli.batch_storage import events_facts, record_lines
from ldninv.cli.options import app, strength
from ldninv.cli.session import Format, Session
from ldninv.domain.coverage import Band
from ldninv.domain.entries import Posted, taken_back
from ldninv.domain.places import Light, PlaceKind
from ldninv.domain.quantities import Strength
from ldninv.domain.question import Question
from ldninv.domain.signs import sign
from ldninv.domain.standing import State
from ldninv.domain.storage.profiles import PROFILES
from ldninv.domain.told import happened
from ldninv.reports.facts import BATCH_KEYS, batch_facts, entry_facts
from ldninv.services import batches, ledger, lookup, places, signed
from ldninv.services.batches import Card
from ldninv.services.context import Context
from ldninv.services.lookup import Answer, component_words
from ldninv.services.signed import Signed
from ldninv.services.storage import own

BATCH_COLUMNS = {
    "word": "State", "lot": "Lot", "strength_mg": "mg", "expires": "Expires", "usable_days": "Usable days",
    "covers": "Covers", "on_hand": "On hand", "usable_capsules": "Usable", "place": "Place",
}  # fmt: skip


_PROFILES = "; ".join(f"{key}, {each.title.lower()}" for key, each in PROFILES.items())


@app.command("batches", epilog="Example: ldninv batches --band under-30 --in-stock")
def list_batches(
    context: typer.Context,
    band: Annotated[list[Band] | None, typer.Option(help="Where they stand by their date.")] = None,
    state: Annotated[list[State] | None, typer.Option(help="What they are.")] = None,
    strength: Annotated[
        Strength | None, typer.Option(parser=strength, metavar="MG", help="Only this strength.")
    ] = None,
    text: Annotated[str, typer.Option(help="Words in lot, place or component lot.")] = "",
    in_stock: Annotated[bool, typer.Option("--in-stock", help="Only those with capsules on hand.")] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
) -> None:
    """List batches, earliest expiry first."""
    session: Session = context.obj
    question = Question(
        bands=frozenset(band or ()),
        states=frozenset(state or ()),
        strength=strength,
        text=text,
        in_stock=in_stock,
        limit=limit,
    )
    with session.context() as here:
        found = batches.find(here, question)
    facts = [batch_facts(kept, now) for kept, now in found]
    if session.format is Format.TABLE:
        facts = [row | {"word": sign(now).word} for row, (_, now) in zip(facts, found, strict=True)]
    output.rows(session.format, facts, BATCH_COLUMNS, keys=BATCH_KEYS, none="No batches.")


@app.command(epilog="Example: ldninv show LDN260117001M")
def show(context: typer.Context, lot: Annotated[str, typer.Argument(help="The lot, or the scanned text.")]) -> None:
    """Show all that is known of one batch."""
    session: Session = context.obj
    with session.context() as here:
        card = batches.card(here, lot)
        found = signed.of_batch(here, card.kept)
        record = own.record(here, card.kept)
        zone = here.now().tzinfo
    lines = [_card_text(card), *record_lines(record, zone), *(f"  {each}" for each in signed.in_words(found))]
    facts = _card_facts(card) | {"events": events_facts(card.events, record, zone)}
    output.one(session.format, facts | {"signatures": [_signature_facts(each) for each in found]}, "\n".join(lines))


@app.command(epilog="Examples: ldninv scan LDN260117001M | ldninv scan - < codes.txt")
def scan(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="What the scanner typed; - reads one code a line.")],
) -> None:
    """Say what a scanner's text means."""
    session: Session = context.obj
    with session.context() as here:
        if text != "-":
            found = lookup.scan(here, text)
            facts = _scan_facts(text, found)
            output.one(session.format, facts, _scan_text(facts, found))
            return
        for line in _lines():
            output.document(_scan_facts(line, lookup.scan(here, line)), indent=None)


@app.command(epilog="Example: ldninv suggest --strength 4.5 --capsules 30 --days 30")
def suggest(
    context: typer.Context,
    strength: Annotated[Strength, typer.Option(parser=strength, metavar="MG", help="The strength.")],
    capsules: Annotated[int, typer.Option(help="How many capsules.")],
    days: Annotated[int, typer.Option(help="Days that they are to last.")],
) -> None:
    """Say which batch to take: the earliest to expire that still serves."""
    session: Session = context.obj
    with session.context() as here:
        found = ledger.suggest(here, strength, capsules, days)
    lines = [f"Take {found.lot}: {found.why}." if found.lot else f"None: {found.why}."]
    lines += [f"  not {each.lot}: {each.why}" for each in found.passed_over]
    output.one(session.format, asdict(found), "\n".join(lines))


places_app = typer.Typer(help="Places where batches stand.", no_args_is_help=True)
app.add_typer(places_app, name="places")


@places_app.command("list", epilog="Example: ldninv places list")
def list_places(context: typer.Context) -> None:
    """List the places."""
    session: Session = context.obj
    with session.context() as here:
        _say_places(session, here)


@places_app.command("add", epilog='Example: ldninv places add "Cabinet A" --light dark --lux 10')
def add_place(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Its name.")],
    kind: Annotated[PlaceKind, typer.Option(help="What it is for.")] = PlaceKind.SHELF,
    light: Annotated[Light, typer.Option(help="How dark it is there.")] = Light.DARK,
    lux: Annotated[int, typer.Option(metavar="N", help="Lux above which it is light there.")] = 10,
    profile: Annotated[
        str, typer.Option(metavar="PROFILE", help=f"What its record is judged as: {_PROFILES}.")
    ] = "crt",
) -> None:
    """Add a place."""
    session: Session = context.obj
    with session.context() as here:
        place = places.add_place(here, name, kind, light, lux_limit=lux, limits=profile)
        if session.format is Format.TABLE:
            print(f"Added {place.name}.")
        else:
            _say_places(session, here)


def _say_places(session: Session, here: Context) -> None:
    facts = [{"name": each.name, "kind": each.kind, "light": each.light} for each in places.places(here)]
    output.rows(session.format, facts, {"name": "Name", "kind": "Kind", "light": "Light"}, none="No places yet.")


def _card_facts(card: Card) -> dict[str, object]:
    return batch_facts(card.kept, card.standing) | {
        "movements": [entry_facts(each) for each in reversed(card.movements)],
        "components": [
            {
                "name": part.name,
                "supplier": part.supplier,
                "lot": part.lot,
                "expires": part.expires,
                "amount": part.amount or None,
            }
            for part in card.kept.batch.components
        ],
        "places": [{"place": stay.place, "from": stay.from_, "to": stay.to} for stay in reversed(card.places)],
    }


def _signature_facts(each: Signed) -> dict[str, object]:
    one = each.signature
    return {"by": one.name, "meaning": one.meaning, "at": one.at, "unchanged": each.unchanged}


def _card_text(card: Card) -> str:
    batch, stock, now = card.kept.batch, card.kept.stock, card.standing
    lines = [
        f"{card.sign.word.upper()}  {batch.lot}  naltrexone {batch.strength} mg {batch.form}s",
        *(f"  {reason}" for reason in now.reasons),
        f"  prepared {batch.prepared}, expires {batch.expiry.on} ({batch.expiry.decided_by}: {batch.expiry.rule})",
        *([f"  first dated {batch.first_expiry.on} ({batch.first_expiry.rule})"] if batch.first_expiry else []),
        f"  {stock.on_hand} on hand of {batch.made}, {now.usable_capsules} usable, at {stock.place or 'no place'}",
        "  last day to dispense " + ", ".join(f"{supply} days: {last}" for supply, last in now.last_dispensing),
        *(f"  made with {part.name} {part.lot}, expires {part.expires or 'not known'}" for part in batch.components),
        *_movement_texts(card.movements),
    ]
    return "\n".join(lines)


def _movement_texts(movements: Sequence[Posted]) -> Iterator[str]:
    back = taken_back(movements)
    for each in movements:
        since = f", taken back since by entry {back[each.id]}" if each.id in back else ""
        what = f"#{each.id} {happened(each)}; {each.on_hand} left{since}"
        yield f"  {each.at[:16].replace('T', ' ')}  {each.by}  {what}"


def _lines() -> Iterator[str]:
    """Yield the codes on standard input; GS and other control bytes are part of a code, only LF ends it."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace").removesuffix("\n")


def _scan_facts(text: str, found: Answer) -> dict[str, Any]:
    read = found.reading
    return {
        "input": text,
        "kind": found.kind,
        "elements": [list(each) for each in read.elements] if read else [],
        "gtin": read.gtin if read else None,
        "lot": found.lot,
        "serial": read.serial if read else None,
        "expiry": read.expiry if read else None,
        "ndc": list(read.ndc) if read else [],
        "error": found.error,
        "warning": found.warning,
        "candidates": [
            {
                "elements": [list(each) for each in candidate.reading.elements],
                "lot": candidate.reading.lot,
                "batch": _found(candidate.card),
            }
            for candidate in found.candidates
        ],
        "batch": _found(found.card),
    }


def _found(card: Card | None) -> dict[str, object] | None:
    return None if card is None else batch_facts(card.kept, card.standing) | {"word": card.sign.word}


def _scan_text(facts: dict[str, Any], found: Answer) -> str:
    batch, warning = facts["batch"], facts["warning"]
    more = f"\n  {warning}" if warning else ""
    if batch:
        return f"{batch['word'].upper()}  {batch['lot']}: {'; '.join(batch['reasons'])}{more}"
    if found.components:
        return f"COMPONENT  {component_words(found)}{more}"
    if facts["error"]:
        return f"MISREAD  {facts['error']}"
    if facts["candidates"]:
        ways = [", ".join(f"({name}) {value}" for name, value in each["elements"]) for each in facts["candidates"]]
        return "\n".join(["CHOOSE  A separator is missing; it may mean:", *(f"  {way}" for way in ways)])
    if found.product is not None:
        lot = f", lot {facts['lot']} not received yet" if facts["lot"] else ""
        return f"PRODUCT  {found.product.words}{lot}{more}"
    return _nothing_here(facts, more)


def _nothing_here(facts: dict[str, Any], more: str) -> str:
    if facts["elements"]:
        ndc = f"; NDC {' or '.join(facts['ndc'])}" if facts["ndc"] else ""
        elements = ", ".join(f"({name}) {value}" for name, value in facts["elements"])
        return f"NOT OURS  {elements}{ndc}{more}"
    if more:
        return f"NO BATCH  {more.strip()}"
    return "UNKNOWN  Nothing here has that lot. Check the label, or import the list that it is on."
