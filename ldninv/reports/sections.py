"""The weekly report's tables and sentences: what every file and page shows, each in its own form (R24)."""

from __future__ import annotations

from collections.abc import Iterable

from ldninv.domain.audit import START, Head
from ldninv.domain.coverage import SUPPLIES
from ldninv.domain.quantities import capsules as in_words
from ldninv.domain.signs import GOOD, OF_STATE, Sign, Tone
from ldninv.domain.signs import NEAR_EXPIRY as NEAR
from ldninv.domain.standing import State
from ldninv.domain.use import RECENT
from ldninv.reports.document import ends_with
from ldninv.reports.storage import PlaceWeek
from ldninv.reports.table import Cell, Column, Passed, Section, cells, titles
from ldninv.reports.weekly import THIS_WEEK, BatchRow, ComponentRow, Report

TITLE = "Weekly expiry report"
NOT_BEGUN = (
    "No batch was ever entered here, so there is nothing to report on. Import the list you keep, or make a batch."
)
"""Said once, in place of every section: a page of “none” would look like a shelf that was found in order."""
QUIET_LINE = "Supports, does not replace, the pharmacist's judgement."
SIGNATURES = ("Technician", "Pharmacist")
NEW = Sign("New", Tone.LOOK, "plus-circle")
STILL_OPEN = Sign("Still open", Tone.LOOK, "clock-alert")
RESOLVED = Sign("Resolved", Tone.GOOD, "check-circle")
_LISTS = {"expired": "Expired", "near_expiry": "Near expiry", "held": "Not to be dispensed"}


def sections(report: Report) -> tuple[Section, ...]:
    """Return the report's sections in their order, also the empty ones: an empty report is evidence.

    There are none where no batch was ever entered: `NOT_BEGUN` is said instead.
    """
    if not report.begun:
        return ()
    return (
        _expired(report),
        _near_expiry(report),
        _changes(report),
        _held(report),
        _components(report),
        _storage(report),
    )


def heading(report: Report) -> tuple[tuple[str, str], ...]:
    """Return what stands above the tables: pairs of a name and its text."""
    offset = report.made_at.strftime("%z")
    number = () if report.number is None else (("Report number", str(report.number)),)
    return (
        ("Pharmacy", report.pharmacy or "Pharmacy name not set"),
        ("Week", f"{report.week}, {report.week.monday} to {report.week.sunday}"),
        ("As of", report.as_of.isoformat()),
        *number,
        ("Policy", str(report.policy)),
        ("Made by", report.made_by),
        ("Made at", f"{report.made_at:%Y-%m-%d %H:%M} (UTC{offset[:3]}:{offset[3:5]})"),
        ("Audit trail", trail(report)),
    )


def trail(report: Report, characters: int = 12) -> str:
    """Return how far the audit trail went and the hash it ended with, cut to `characters`; empty trails say so."""
    return ends_with(report.head or Head(0, START), characters)


_LOT: Column[BatchRow] = Column("lot", "Lot", lambda row: row.kept.batch.lot)
_STATE: Column[BatchRow] = Column("state", "State", lambda row: row.sign)
_STRENGTH: Column[BatchRow] = Column("strength", "Strength", lambda row: row.kept.batch.strength)
_EXPIRES: Column[BatchRow] = Column("expires", "Last usable day", lambda row: row.kept.batch.expiry.on)
_ON_HAND: Column[BatchRow] = Column("on_hand", "On hand", lambda row: row.kept.stock.on_hand)
_PLACE: Column[BatchRow] = Column("place", "Place", lambda row: row.kept.stock.place)
_WHY: Column[BatchRow] = Column("why", "Why", lambda row: "; ".join(row.standing.reasons))


def _lots(batches: tuple[str, ...]) -> str:
    """Return the lots, first how many where they may not all find room."""
    if not batches:
        return "none yet, on the shelf"
    said = ", ".join(batches)
    return f"{len(batches)} batches: {said}" if len(batches) > 3 else said  # noqa: PLR2004 - what a line of paper holds


def _last_day(supply: int) -> Column[BatchRow]:
    def cell(row: BatchRow) -> Cell:
        day = dict(row.standing.last_dispensing)[supply]
        return day if supply in row.standing.covers else Passed(day)

    return Column(f"last_{supply}", f"Last day for {supply}", cell)


EXPIRED: tuple[Column[BatchRow], ...] = (
    _STATE,
    _LOT,
    _STRENGTH,
    _EXPIRES,
    Column("days_past", "Days past", lambda row: 1 - row.standing.usable_days),
    _ON_HAND,
    _PLACE,
)
NEAR_EXPIRY: tuple[Column[BatchRow], ...] = (
    _STATE,
    _LOT,
    _STRENGTH,
    _EXPIRES,
    Column("usable_days", "Usable days", lambda row: row.standing.usable_days),
    Column("covers", "Covers", lambda row: f"{max(row.standing.covers)} days" if row.standing.covers else "none"),
    *(_last_day(supply) for supply in reversed(SUPPLIES)),
    _ON_HAND,
    Column("projected_waste", "Likely left over", lambda row: row.projected_waste),
    _PLACE,
)
HELD: tuple[Column[BatchRow], ...] = (_STATE, _LOT, _STRENGTH, _EXPIRES, _ON_HAND, _PLACE, _WHY)
COMPONENTS: tuple[Column[ComponentRow], ...] = (
    Column("state", "State", lambda row: row.sign),
    Column("lot", "Lot", lambda row: row.component.lot),
    Column("component", "Component", lambda row: row.component.name),
    Column("supplier", "Supplier", lambda row: row.component.supplier),
    Column("expires", "Last usable day", lambda row: row.expires),
    Column("usable_days", "Usable days", lambda row: row.usable_days),
    Column("batches", "In batches", lambda row: _lots(row.batches)),
)


STORAGE: tuple[Column[PlaceWeek], ...] = (
    Column("state", "State", lambda row: row.sign),
    Column("place", "Place", lambda row: row.place),
    Column("happened", "This week", lambda row: row.happened),
    Column("mean", "Mean of 30 days", lambda row: row.mean),
    Column("known", "Known", lambda row: row.known),
    Column("to_decide", "To decide", lambda row: row.pending),
    Column("calibration", "Calibration", lambda row: row.calibration),
)


def _expired(report: Report) -> Section:
    return Section(
        key="expired",
        title="Expired and still on hand",
        short="Expired",
        sign=OF_STATE[State.EXPIRED],
        columns=titles(EXPIRED),
        rows=cells(EXPIRED, report.expired),
        none="No expired stock on hand.",
        total=_total(report.expired),
    )


def _near_expiry(report: Report) -> Section:
    spare = f" Every supply is asked for {report.buffer} days to spare." if report.buffer else ""
    left = sum(row.projected_waste or 0 for row in report.near_expiry)
    return Section(
        key="near_expiry",
        title="Near expiry",
        short="Near expiry",
        sign=_worst(report.near_expiry, [THIS_WEEK], NEAR),
        columns=titles(NEAR_EXPIRY),
        rows=cells(NEAR_EXPIRY, report.near_expiry),
        none="No stock near its expiry.",
        total=_total(report.near_expiry),
        more=f"{in_words(left)} likely left over",
        note="This week: past its date before the next report. Covers: the largest supply that the date still covers. "
        "Last day for: the last day to dispense that supply, grey where it has passed. Likely left over: capsules that "
        f"remain when {SUPPLIES[0]} days no longer fit, at the use of the last {RECENT} days.{spare}",
    )


CHANGES = (
    ("change", "Change"),
    ("lot", "Lot"),
    ("list", "Listed as"),
    ("on_hand", "On hand"),
    ("what", "What became of it"),
    ("by", "By"),
)


def _changes(report: Report) -> Section:
    found, since = report.changes, report.changes.since
    if since is None:
        title, none = "Since the last report", "No report was issued before: there is none to compare this one with."
    else:
        title, none = f"Since report {since}", "Nothing stood on the lists, then or now."
    new = (
        (NEW, each, f"was: {_LISTS[each.was].lower()}" if each.was else "not on the lists before") for each in found.new
    )
    still = (
        (STILL_OPEN, each, f"week {each.weeks(report.week)} on the list, since {each.since}") for each in found.open
    )
    rows = [
        *((sign, each.lot, _LISTS[each.section], each.on_hand, what, "") for sign, each, what in new),
        *(
            (
                RESOLVED,
                each.lot,
                _LISTS[each.section],
                each.on_hand,
                each.how,
                f"{each.by}, {each.on}" if each.by else "",
            )
            for each in found.resolved
        ),
        *((sign, each.lot, _LISTS[each.section], each.on_hand, what, "") for sign, each, what in still),
    ]
    return Section(
        key="changes",
        title=title,
        short="Changes",
        sign=NEW if found.new else STILL_OPEN if found.open else RESOLVED,
        columns=CHANGES,
        rows=() if since is None else tuple(rows),
        none=none,
        total=f"{len(found.new)} new, {len(found.resolved)} resolved",
        more=f"{len(found.open)} still open",
        none_in_short="First report" if since is None else "None",
        check_off=False,
    )


def _held(report: Report) -> Section:
    return Section(
        key="held",
        title="Quarantined, recalled, rejected or on hold",
        short="Not to be dispensed",
        sign=_worst(report.held, list(OF_STATE.values()), OF_STATE[State.QUARANTINED]),
        columns=titles(HELD),
        rows=cells(HELD, report.held),
        none="No stock in quarantine, recalled, rejected or on hold.",
        total=_total(report.held),
    )


def _components(report: Report) -> Section:
    count = len(report.components)
    return Section(
        key="components",
        title="Component lots expired or expiring",
        short="Component lots",
        sign=_worst(report.components, [OF_STATE[State.EXPIRED]], NEAR),
        columns=titles(COMPONENTS),
        rows=cells(COMPONENTS, report.components),
        none="No component lot is expired or near its expiry.",
        total="1 component lot" if count == 1 else f"{count} component lots",
    )


def _storage(report: Report) -> Section:
    signs = [each.sign for each in report.storage]
    decide = sum(each.to_decide for each in report.storage)
    return Section(
        key="storage",
        title="Storage",
        short="Storage",
        sign=next((sign for tone in (Tone.STOP, Tone.LOOK) for sign in signs if sign.tone is tone), GOOD),
        columns=titles(STORAGE),
        rows=cells(STORAGE, report.storage),
        none="No place is watched by a logger or read by hand: storage is not monitored.",
        total="1 place" if len(signs) == 1 else f"{len(signs)} places",
        more=f"{decide} to decide" if decide else None,
        note="State: the worst of the week up to this day, and of what waits for a pharmacist from earlier weeks. To "
        "decide: what waits, since when, and in which week of waiting. Mean: the largest mean kinetic temperature of "
        "30 days. Known: the share of the time from the first reading of the week to the last.",
        none_in_short="Not monitored",
        check_off=False,
    )


def _worst(rows: Iterable[BatchRow | ComponentRow], order: list[Sign], otherwise: Sign) -> Sign:
    """Return the first sign of `order` that a row has."""
    shown = {row.sign for row in rows}
    return next((sign for sign in order if sign in shown), otherwise)


COLUMNS = dict((*titles(EXPIRED), *titles(NEAR_EXPIRY), *titles(HELD), *titles(COMPONENTS), *titles(STORAGE), *CHANGES))
"""Key and title of every column of the report, in their order."""


def _total(rows: tuple[BatchRow, ...]) -> str:
    batches = "1 batch" if len(rows) == 1 else f"{len(rows)} batches"
    return f"{batches}, {in_words(sum(row.kept.stock.on_hand for row in rows))}"
