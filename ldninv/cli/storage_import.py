"""`ldninv storage import`: a logger's readings are kept, judged and marked on the batches that stood there."""

from __future__ import annotations

from typing import Annotated

import typer

from ldninv.cli import output
from ldninv.cli.acting import working
from ldninv.cli.options import time_zone
from ldninv.cli.session import Session
from ldninv.cli.storage import (
    Clock,
    Column,
    File,
    Order,
    UnitOption,
    daily_facts,
    daily_sentence,
    facts,
    said_how,
    sentence,
    storage_app,
)
from ldninv.domain.storage.logger_file import Answers, Asked, DailyRecord
from ldninv.services.storage.importing import BroughtIn, bring_in
from ldninv.services.storage.reading import incoming, looked_at, read_out


@storage_app.command(
    "import",
    epilog='Example: ldninv storage import logger.csv --place "Cabinet A" --logger "Room 1" --zone Europe/Berlin',
)
def import_readings(  # noqa: PLR0913, PLR0917 - a parameter is an option
    context: typer.Context,
    file: File,
    place: Annotated[str, typer.Option(help="Where the logger was.")],
    logger: Annotated[str, typer.Option(help="Its name; a new one is added.")],
    zone: Annotated[str, typer.Option(metavar="ZONE", help="The zone its clock shows, such as America/Denver.")],
    date_order: Order = None,
    unit: UnitOption = None,
    column: Column = None,
    clock: Clock = None,
) -> None:
    """Keep a logger's readings and mark the batches that stood there; what is kept already adds nothing."""
    session: Session = context.obj
    answers = Answers(date_order=date_order, temperature=column, unit=unit, clock=clock)
    shows = time_zone(zone)
    with session.context(create=True) as here:
        try:
            with working(f"Reading {file.name}") as progress:
                read = read_out(file, answers, progress=progress)
            record = read.record
            looked = None if isinstance(record, DailyRecord) else looked_at(record, shows, answers)
        except Asked as asked:
            raise said_how(asked) from None
        given = incoming(read, looked.placed if looked else None, place)
        with working("Keeping") as progress:
            done = bring_in(here, given, place=place, logger=logger, zone=zone, progress=progress)
    said = facts(looked) if looked else daily_facts(record) if isinstance(record, DailyRecord) else {}
    told = sentence(looked) if looked else daily_sentence(record) if isinstance(record, DailyRecord) else ""
    output.one(session.format, said | brought(done), "\n".join([told, *_sentences(done)]))
    output.say(f"line {each.line}: {each.text}" for each in record.problems)


def brought(done: BroughtIn) -> dict[str, object]:
    """Return what came of an import, with the keys that programs know."""
    return {
        "new": done.new,
        "known": done.known,
        "marked": [{"lot": lot, "level": level.value} for lot, level in done.marked],
        "held": list(done.held),
        "conflicts": done.conflicts,
        "conflicting": [
            {"printed": each.printed, "kept_c": round(each.kept_c, 6), "said_c": round(each.said_c, 6)}
            for each in done.shown
        ],
    }


def _sentences(done: BroughtIn) -> list[str]:
    lines = [f"{done.new} new, {done.known} known already"]
    if done.conflicts:
        lines.append(f"{done.conflicts} contradict what is kept, which stays; the first: {done.shown[0].printed}")
    lines += [f"  {lot}: {level.value}" for lot, level in done.marked]
    if done.held:
        lines.append(f"On hold until a pharmacist decides: {', '.join(done.held)}")
    return lines
