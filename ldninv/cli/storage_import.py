"""`ldninv storage import`: a logger's readings are kept, judged and marked on the batches that stood there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from ldninv.cli import output
from ldninv.cli.acting import working
from ldninv.cli.logger_file import File, answering
from ldninv.cli.options import time_zone, zone_name
from ldninv.cli.session import Session
from ldninv.cli.storage import daily_facts, daily_sentence, facts, sentence, storage_app
from ldninv.domain.batch_list import Remark
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import Answers, DailyRecord, LoggerFile
from ldninv.domain.storage.profile import Profile
from ldninv.reports.facts import entry_facts
from ldninv.services.places import judged_by
from ldninv.services.storage.brought import BroughtIn, Contradicted
from ldninv.services.storage.importing import bring_in
from ldninv.services.storage.merging import Conflict
from ldninv.services.storage.reading import incoming, looked_at, read_out, remembering


@storage_app.command(
    "import",
    epilog='Example: ldninv storage import logger.csv --place "Cabinet A" --logger "Room 1" --zone Europe/Berlin',
)
@answering
def import_readings(
    context: typer.Context,
    file: File,
    *,
    place: Annotated[str, typer.Option(help="Where the logger was; the first place of all is added.")],
    logger: Annotated[str, typer.Option(help="Its name; a new one is added.")],
    zone: Annotated[
        str, typer.Option(parser=zone_name, metavar="ZONE", help="The zone its clock shows, such as America/Denver.")
    ],
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Keep what is new although other readings contradict kept ones.")
    ] = False,
    answers: Answers,
) -> None:
    """Keep a logger's readings and mark the batches that stood there; what is kept already adds nothing.

    A reading that contradicts a kept one keeps the file out, unless --skip-bad is said; the kept one always stays.
    """
    session: Session = context.obj
    shows = time_zone(zone)
    with session.context(create=True) as here:
        with working(f"Reading {file.name}") as progress:
            read = read_out(file, answers, records=here, progress=progress)
        record = read.record
        answers = remembering(here, logger, answers, read)
        limits = judged_by(here, place)
        looked = None if isinstance(record, DailyRecord) else looked_at(record, shows, answers, profile=limits)
        given = incoming(read, looked.placed if looked else None, place)
        refused = None
        try:
            with working("Keeping") as progress:
                done = bring_in(here, given, place=place, logger=logger, zone=zone, rest=skip_bad, progress=progress)
        except Contradicted as said:
            refused, done = said, said.brought
    problems = [*record.problems, *(_problem(record, each) for each in done.shown)]
    facts_of, told = (facts(looked), sentence(looked)) if looked else _of_days(record, limits)
    output.one(
        session.format,
        facts_of | brought(done, problems, written=refused is None),
        "\n".join([told, *_sentences(done, problems)]),
    )
    if refused is not None:
        waiting = f" Or add --skip-bad to keep the {done.new} new beside what is kept." if done.new else ""
        raise Refused(f"{refused}{waiting}")


def _of_days(record: LoggerFile | DailyRecord, limits: Profile) -> tuple[dict[str, object], str]:
    if not isinstance(record, DailyRecord):
        return {}, ""
    return daily_facts(record, limits), daily_sentence(record, limits)


def _problem(record: LoggerFile | DailyRecord, conflict: Conflict) -> Remark:
    """Return a conflict as what is wrong with a line of the file; a record of days does not say its lines."""
    line = record.lines[conflict.index] if isinstance(record, LoggerFile) else conflict.index + 1
    said, kept = (f"{each:.2f} {conflict.unit}" for each in (conflict.said, conflict.kept))
    return Remark(line, f"{conflict.printed} says {said} where {kept} is kept, which stays")


def brought(done: BroughtIn, problems: Sequence[Remark], *, written: bool) -> dict[str, object]:
    """Return what came of an import, with the keys that programs know."""
    return {
        "new": done.new,
        "written": done.new if written else 0,
        "known": done.known,
        "marked": [{"lot": lot, "level": level.value} for lot, level in done.marked],
        "held": list(done.held),
        "dispensed": [entry_facts(each) for each in done.dispensed],
        "conflicts": done.conflicts,
        "conflicting": [{"printed": each.printed, **_figures(each)} for each in done.shown],
        "problems": [{"line": each.line, "text": each.text} for each in problems],
    }


def _figures(conflict: Conflict) -> dict[str, object]:
    """Return what is in conflict: degrees, or light or humidity with its unit."""
    kept, said = round(conflict.kept, 6), round(conflict.said, 6)
    return (
        {"kept_c": kept, "said_c": said}
        if conflict.unit == "°C"
        else {"unit": conflict.unit, "kept": kept, "said": said}
    )


def _sentences(done: BroughtIn, problems: Sequence[Remark]) -> list[str]:
    lines = [f"{done.new} new, {done.known} known already"]
    if done.conflicts:
        lines.append(f"{done.conflicts} contradict what is kept, which stays")
    lines += [f"  line {each.line}: {each.text}" for each in problems]
    lines += [f"  {lot}: {level.value}" for lot, level in done.marked]
    if done.held:
        lines.append(f"On hold until a pharmacist decides: {', '.join(done.held)}")
    lines += [f"  dispensed since: {each.lot}, {-each.entry.capsules} on {each.entry.day}" for each in done.dispensed]
    return lines
