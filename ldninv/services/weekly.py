"""The weekly expiry report: asked of one moment, written as files, put on paper (R24, R25)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from ldninv.db import Transaction
from ldninv.domain.batch import Kept, dated
from ldninv.domain.coverage import Band, beyond_use_range
from ldninv.domain.days import Week
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.policies import same_component
from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.use import RECENT
from ldninv.reports.document import WHOLE_HASH
from ldninv.reports.sections import NOT_BEGUN, trail
from ldninv.reports.weekly import Report, build
from ldninv.reports.writers import WRITERS, render
from ldninv.services import components
from ldninv.services.context import Change, Context
from ldninv.services.files import digest_of, is_file, is_folder, sha256, write_files
from ldninv.services.issued_evidence import ISSUED
from ldninv.services.since import changes
from ldninv.services.storage import week as storage_week

if TYPE_CHECKING:
    from ldninv.paper.page import PageSize
    from ldninv.paper.weekly import WeeklyPaper

ACTION = "report"
"""What the trail calls a report that left the program."""

MOST_WEEKS = 5 * 53
"""Past weeks that are offered: a mistyped date of an old list must not offer centuries."""

SUFFIXES = ("pdf", *WRITERS)
"""The kinds of file a report can be written as."""


def report(context: Context, week: Week | None = None, *, to_issue: bool = False) -> Report:
    """Return the report of `week`, or of this one, from one moment of the database.

    A past week is recounted from the ledger as of its Sunday. It is compared with the last issued report that does not
    speak of a later day. One that is to be issued bears the number that is next (`services.issuing`).

    Raises:
        Refused: the week has not begun, or it ended before the first record was made: of that time nothing is known,
            and a report would look as if there had been nothing.
    """
    today = context.today()
    week = week or Week.of(today)
    as_of = week.as_of(today)
    good_from, _ = beyond_use_range(Band.GOOD, as_of)
    with context.store.reading() as work:
        first = work.ledger.first_day()
        if first is not None and week < _first_week(first, today):
            raise Refused(f"There are no records before {first}. Ask for week {Week.of(first)} or a later one.")
        settings = work.settings(as_of)
        past = _recounted(work, as_of) if as_of < today else None
        made = build(
            week=week,
            as_of=as_of,
            number=work.issued.next_number() if to_issue else None,
            settings=settings,
            made_by=context.user,
            made_at=context.now(),
            head=work.trail.head(),
            begun=first is not None,
            kept=work.batches.pressing(as_of, settings.buffer) if past is None else past,
            used_90_days=work.ledger.used(as_of, RECENT),
            storage=storage_week.places(work, week, as_of, context.now().tzinfo),
            components=_components(work, past, good_from - timedelta(days=1), as_of),
        )
        return replace(made, changes=changes(work, made))


def _components(
    work: Transaction, past: Sequence[Kept] | None, until: date, as_of: date
) -> list[tuple[ComponentLot, tuple[str, ...]]]:
    """Return the component lots that run out by `until`: in batches with stock, or on the shelf themselves."""
    in_batches = work.batches.components_of(None if past is None else {each.batch.id for each in past}, until=until)
    if past is None:
        in_batches = components.as_read_anew(work, in_batches, until)
    told = {(same_component(part), part.expires) for part, _ in in_batches}
    on_shelf = components.expiring(work, until, as_of)
    return in_batches + [(part, ()) for part in on_shelf if (same_component(part), part.expires) not in told]


def weeks(context: Context) -> tuple[Week, ...]:
    """Return the weeks that a report can be asked for, this one first; at most `MOST_WEEKS`."""
    today = context.today()
    with context.store.reading() as work:
        first = _first_week(work.ledger.first_day(), today)
    found = (Week.of(today - timedelta(weeks=back)) for back in range(MOST_WEEKS))
    return tuple(takewhile(lambda week: week >= first, found))


def _first_week(first: date | None, today: date) -> Week:
    """Return the week of the first record; this one where there is none before."""
    return Week.of(min(first or today, today))


def paper(made: Report, page: PageSize | None = None) -> WeeklyPaper:
    """Return the report as pages, for print, preview and PDF alike."""
    from ldninv.paper.page import usual_size  # noqa: PLC0415 - Qt only where paper is asked for
    from ldninv.paper.weekly import WeeklyPaper  # noqa: PLC0415 - the same

    return WeeklyPaper(made, page or usual_size())


def pdf(made: Report, page: PageSize | None = None) -> bytes:
    """Return the report as a PDF."""
    from ldninv.paper.output import pdf_bytes  # noqa: PLC0415 - Qt only where paper is asked for

    return pdf_bytes(paper(made, page))


@dataclass(frozen=True, slots=True)
class Saved:
    """The files that were written, and what a person should know of it."""

    files: tuple[Path, ...]
    notices: tuple[str, ...] = ()
    changed: Change = Change.REPORTS
    digests: Mapping[str, str] = field(default_factory=dict)
    """The SHA-256 of each file by its name."""


def save(
    context: Context, made: Report, targets: Sequence[Path], page: PageSize | None = None, *, replacing: bool = False
) -> Saved:
    """Write the report to files; the suffix decides the kind, and a folder gets the PDF.

    Every file is made before the first is written, so that a target that cannot be made leaves none behind. The trail
    keeps each file's SHA-256; a database that cannot be written gives its report all the same, with a notice.

    Args:
        context: Who and when.
        made: The report.
        targets: Files, or folders.
        page: Its size; the one usual in this country where none is named.
        replacing: Whether the person agreed to write over what stands there. Else only an earlier report gives way.

    Raises:
        Refused: an unknown suffix, or a file is there that is no report of this program.
        Surroundings: a place that cannot be written, or Qt's libraries are missing for the PDF.
    """
    contents = files(context, made, targets, page, replacing=replacing)
    write_files(contents)
    named = [target for target, _ in contents]
    digests = digests_of(contents)
    try:
        if digests:
            remember(context, made, digests)
    except Surroundings as unkept:
        unnoted = f"The report was written, but not noted in the trail. {unkept}"
        return Saved(tuple(named), (unnoted,), digests=digests)
    return Saved(tuple(named), digests=digests)


def files(
    context: Context,
    made: Report,
    targets: Sequence[Path],
    page: PageSize | None = None,
    *,
    replacing: bool = False,
    kept: Mapping[str, bytes] | None = None,
) -> list[tuple[Path, bytes]]:
    """Return the files to be written with their bytes; `kept` has the bytes of kinds that were made before.

    Raises:
        Refused: an unknown suffix, or a file is there that is no report of this program.
        Surroundings: Qt's libraries are missing for the PDF.
    """
    named = [file_in(target, made) for target in targets]
    if not replacing:
        _spare_what_is_no_report(context, named)
    there = kept or {}
    return [(target, there.get(_kind(target)) or _content(made, target, page)) for target in named]


def digests_of(contents: Sequence[tuple[Path, bytes]]) -> dict[str, str]:
    """Return the SHA-256 of each file by its name."""
    return {target.name: sha256(content) for target, content in contents}


def _spare_what_is_no_report(context: Context, targets: Sequence[Path]) -> None:
    """Refuse to write over a file that the trail does not know: it may be the list that somebody keeps by hand."""
    there = [target for target in targets if is_file(target)]
    if not there:
        return
    with context.store.reading() as work:
        noted = " ".join(event.after or "" for each in (ACTION, ISSUED) for event in work.trail.of_action(each))
    for target in there:
        if digest_of(target) not in noted:
            raise Refused(f"{target} is there already, and is no report of this database. Choose another name.")


def remember(context: Context, made: Report, digests: Mapping[str, str] | None = None) -> Change:
    """Note in the trail that a report was written or printed (R28).

    Args:
        context: Who and when.
        made: The report.
        digests: The SHA-256 of each file by its name; none where it was printed.
    """
    past = made.as_of < context.today()
    after = {"as_of": made.as_of, "past": past, "files": dict(digests or {}), "printed": not digests}
    with context.writing(signed_in=False) as work:
        work.trail.append(context.event(ACTION, str(made.week), after=after))
    return Change.REPORTS


def last_made(work: Transaction) -> datetime | None:
    """Return when a report of its own running week was last issued; None where none ever was (R25).

    A past week that is looked up again says nothing of what stands on the shelf now. Where none was ever issued, one
    that was written or printed counts: the shelves were walked with it.
    """
    for action in (ISSUED, ACTION):
        for event in reversed(list(work.trail.of_action(action))):
            if not json.loads(event.after or "{}").get("past", False):
                return datetime.fromisoformat(event.at)
    return None


def text(made: Report, suffix: str) -> str:
    """Return the report as text: `json`, `csv` or `html`."""
    return render(made, suffix).decode()


def summary(made: Report) -> str:
    """Return the report in a few lines, for a terminal."""
    counted = (
        ("expired and on hand", made.expired),
        ("near expiry", made.near_expiry),
        ("quarantined, recalled or held", made.held),
        ("component lots expired or expiring", made.components),
    )
    number = "" if made.number is None else f", number {made.number}"
    title = f"Weekly expiry report {made.week}{number}, as of {made.as_of}"
    if not made.begun:
        return f"{title}\n  {NOT_BEGUN}"
    lines = [title]
    lines += [f"  {len(rows) or 'none'} {what}" for what, rows in counted]
    lines += [f"  {text}" for text in _compared(made)]
    lines += [f"  {row.sign.word}: {row.kept.batch.lot}, {row.kept.stock.on_hand} on hand" for row in made.expired[:10]]
    lines.append(f"  Audit trail: {trail(made, WHOLE_HASH)}")
    return "\n".join(lines)


def _compared(made: Report) -> tuple[str, ...]:
    found = made.changes
    if found.since is None:
        return ()
    counted = f"{len(found.new)} new, {len(found.resolved)} resolved, {len(found.open)} still open"
    return (f"{counted} since report {found.since}",)


def file_in(target: Path, made: Report) -> Path:
    """Return the file that `target` means: itself, or the PDF in it where it is a folder.

    Raises:
        Refused: its suffix is none that a report can have.
    """
    if is_folder(target):
        return target / f"ldn-expiry-{made.week}.pdf"
    if target.suffix.removeprefix(".").lower() not in SUFFIXES:
        kinds = ", ".join(SUFFIXES)
        raise Refused(f"“{target}” names no kind of file and no folder that is there. Let it end in one of: {kinds}.")
    return target


def _content(made: Report, target: Path, page: PageSize | None) -> bytes:
    kind = _kind(target)
    return pdf(made, page) if kind == "pdf" else render(made, kind)


def _kind(target: Path) -> str:
    return target.suffix.removeprefix(".").lower()


def _recounted(work: Transaction, day: date) -> list[Kept]:
    """Return the batches as they were at the end of `day`."""
    stocks = dict(work.ledger.stocks_on(day))
    found = ((kept, stocks.get(kept.batch.id)) for kept in work.batches.all())
    then = ((kept, dated(kept.batch, stock, kept.stored)) for kept, stock in found if stock is not None)
    return [replace(batch, recorded_until=kept.recorded_until) for kept, batch in then]
