"""Values in words, as the window and its copied text say them; no Qt, so that every word is tested without a window."""

from __future__ import annotations

import re
from datetime import date, datetime

from ldninv.domain import quantities
from ldninv.domain.batch_list import DateOrder, Field, Reading
from ldninv.domain.expiry import DecidedBy, Expiry
from ldninv.domain.policies import Shortening
from ldninv.domain.quantities import Strength, capsules
from ldninv.domain.standing import Standing

NOTHING = "—"
"""What stands where there is nothing to say."""

grouped = quantities.grouped

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_DECIDED_BY = {
    DecidedBy.POLICY: "by the policy {rule}",
    DecidedBy.COMPONENT: "by component lot {rule}, which expires first",
    DecidedBy.PRINTED: "as printed ({rule})",
    DecidedBy.PHARMACIST: "by a pharmacist ({rule})",
}

_FIRST = {DateOrder.MDY: "Month first", DateOrder.DMY: "Day first", DateOrder.YMD: "Year first"}

_COLUMNS = {
    Field.LOT: "Lot",
    Field.STRENGTH: "Strength",
    Field.DRUG: "Description",
    Field.PREPARED: "Prepared",
    Field.EXPIRES: "Expires",
    Field.MADE: "Made",
    Field.ON_HAND: "On hand",
    Field.PLACE: "Place",
    Field.MADE_BY: "Made by",
    Field.VERIFIED_BY: "Verified by",
    Field.FILLER: "Filler",
    Field.CONTAINER: "Container",
}


def day(when: date | None) -> str:
    """Return a day as tables show it.

    >>> day(date(2026, 11, 2)), day(None)
    ('2026-11-02', '—')
    """
    return NOTHING if when is None else when.isoformat()


def long_day(when: date) -> str:
    """Return a day as no one can misread it.

    >>> long_day(date(2025, 9, 4))
    '4 September 2025'
    """
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def weekday(when: date) -> str:
    """Return a day with its weekday.

    >>> weekday(date(2026, 11, 23))
    'Monday, 23 November 2026'
    """
    return f"{_WEEKDAYS[when.weekday()]}, {long_day(when)}"


def short_weekday(when: date) -> str:
    """Return a day with its weekday in as few letters as can be.

    >>> short_weekday(date(2026, 11, 23))
    'Mon 2026-11-23'
    """
    return f"{_WEEKDAYS[when.weekday()][:3]} {day(when)}"


def moment(at: str) -> str:
    """Return an ISO instant as local day and minute.

    >>> moment("2026-11-21T09:12:44+01:00")
    '2026-11-21 09:12'
    """
    return f"{datetime.fromisoformat(at):%Y-%m-%d %H:%M}"


def strength(of: Strength) -> str:
    """Return a strength with its unit.

    >>> strength(Strength(4500))
    '4.5 mg'
    """
    return f"{of} mg"


def product(of: Strength) -> str:
    """Return what a label calls the capsules (R27).

    >>> product(Strength(500))
    'Naltrexone HCl 0.5 mg capsules'
    """
    return f"Naltrexone HCl {of} mg capsules"


def left(usable_days: int) -> str:
    """Return how long a batch lasts; its beyond-use day counts (R6).

    >>> left(-11), left(0), left(1), left(29)
    ('expired 12 days ago', 'expired yesterday', 'last day today', '29 days')
    """
    if usable_days < 0:
        return f"expired {1 - usable_days} days ago"
    if usable_days == 0:
        return "expired yesterday"
    return "last day today" if usable_days == 1 else f"{usable_days} days"


def covers(supplies: tuple[int, ...]) -> str:
    """Return the supplies that are covered, as a table shows them.

    >>> covers((30, 60)), covers(())
    ('30 · 60', 'none')
    """
    return " · ".join(str(supply) for supply in supplies) or "none"


def last_days(now: Standing) -> str:
    """Return for each usual supply until when it can be dispensed, one a line, longest first.

    A supply that the date no longer covers ended on its day (R5).
    """
    return "\n".join(
        f"{supply} days {'until' if supply in now.covers else 'ended'} {day(until)}"
        for supply, until in sorted(now.last_dispensing, reverse=True)
    )


def decided_by(expiry: Expiry) -> str:
    """Return which rule set a date.

    >>> decided_by(Expiry(date(2027, 1, 17), DecidedBy.POLICY, "One year"))
    'by the policy One year'
    """
    return _DECIDED_BY[expiry.decided_by].format(rule=expiry.rule)


def stock(now: Standing) -> str:
    """Return what stands on the shelf, and what of it may be used (R11)."""
    if now.usable_capsules == now.on_hand:
        return capsules(now.on_hand)
    return f"{capsules(now.on_hand)}, {now.usable_capsules} usable"


def date_order(read: Reading) -> str:
    """Return how an order reads a date of a file.

    >>> date_order(Reading(DateOrder.DMY, "04/09/2026", date(2026, 9, 4)))
    'Day first: 04/09/2026 is 4 September 2026'
    """
    return f"{_FIRST[read.order]}: {read.written} is {long_day(read.day)}"


def field(of: Field) -> str:
    """Return what a column of a batch list holds.

    >>> field(Field.ON_HAND)
    'On hand'
    """
    return _COLUMNS[of]


_LONG_WORD = 24
"""Letters of a word that may not fit a line of a small window."""


def breakable(text: str) -> str:
    """Return a text in which long names, such as those of files, may be broken into lines after a `_`, `-` or dot.

    >>> breakable("two-dose") == "two-dose", breakable("a_very_long_name_of_some_file.csv").count(chr(0x200B))
    (True, 7)
    """
    return re.sub(rf"\S{{{_LONG_WORD},}}", lambda found: re.sub(r"(?<=[_.-])(?=\S)", "\u200b", found[0]), text)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    >>> counted(1, "batch", "batches"), counted(1200, "row")
    ('1 batch', '1\u202f200 rows')
    """
    return f"{grouped(number)} {one if number == 1 else many or one + 's'}"


def shortened(name: str, most: int = 24) -> str:
    """Return a file's name as it fits on a button: of a long one, both ends.

    >>> shortened("tandd_tr74_lux_uv_temp_rh.csv")
    'tandd_tr74_l…temp_rh.csv'
    """
    half = most // 2
    return name if len(name) <= most else f"{name[:half]}…{name[half + 1 - most :]}"


def to_decide(batches: int) -> str:
    """Return that dates wait for a decision (R1).

    >>> to_decide(1)
    '1 batch keeps a date that a rule of today would shorten. A pharmacist decides: shorten it, or keep it.'
    """
    keep = "keeps" if batches == 1 else "keep"
    return (
        f"{counted(batches, 'batch', 'batches')} {keep} a date that a rule of today would shorten. "
        f"A pharmacist decides: shorten it, or keep it."
    )


def shortening(found: Shortening) -> str:
    """Return what a rule would make of a batch's date, and how much is left of it, in two lines."""
    batch, stock = found.kept.batch, found.kept.stock
    at = f" at {stock.place}" if stock.place else ""
    return (
        f"{batch.lot}: {batch.strength} mg, {capsules(stock.on_hand)}{at}\n"
        f"{batch.expiry.on} would be {found.to.on}, {decided_by(found.to)}"
    )


def would_be(found: Shortening) -> str:
    """Return what a rule would make of a batch's date."""
    return f"Its date would be {found.to.on} {decided_by(found.to)}. A pharmacist decides."
