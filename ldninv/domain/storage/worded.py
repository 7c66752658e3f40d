"""What happened to storage, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ldninv.domain.places import Light
from ldninv.domain.storage.happenings import CONTRADICTED, PROVEN, Aspect, Happening
from ldninv.domain.storage.profile import CRT


def clear_at(place: str, light: Light) -> str:
    """Return in words that a container lets in the light of a place.

    >>> clear_at("Shelf A", Light.OPEN)
    'a clear container at Shelf A, which is open'
    """
    return f"a clear container at {place}, which is {light}"


def holds(waiting: Sequence[Happening]) -> str:
    """Return why a batch is on hold, in words: the worst breach, and how many more there are."""
    worst = max(waiting, key=lambda each: (each.aspect in {Aspect.TEMPERATURE, Aspect.DAY}, *each.gravity))
    more = len(waiting) - 1
    said = f"storage breach: {words(worst)}"
    return f"{said}; and {more} more" if more else said


def few(told: Sequence[str], between: str = ", ") -> str:
    """Return the first things of a list, and how many more there are.

    >>> few(["A", "B"]), few(["A", "B", "C", "D", "E"])
    ('A, B', 'A, B, C and 2 more')
    """
    more = f" and {len(told) - _NAMED} more" if len(told) > _NAMED else ""
    return f"{between.join(told[:_NAMED])}{more}"


_NAMED = 3


def words(happening: Happening) -> str:
    """Return a happening in a few words, without its time."""
    if happening.gone:
        return f"no longer seen: {_words(happening)}"
    return f"{_words(happening)}{_contradicted(happening)}"


def _contradicted(happening: Happening) -> str:
    """Return how far a file contradicts the readings that are kept; nothing where none does."""
    told = happening.limits.get(CONTRADICTED)
    if not isinstance(told, Mapping):
        return ""
    coldest, warmest = told["coldest_c"], told["warmest_c"]
    said = f"{coldest:.1f} °C" if coldest == warmest else f"{coldest:.1f} to {warmest:.1f} °C"
    return f" (another file says {said})"


def words_before(happening: Happening) -> str:
    """Return the same as older programs kept it, as if the furthest reading had lasted all the time."""
    if happening.aspect is not Aspect.TEMPERATURE:
        return words(happening)
    count = happening.hours
    lasted = hours(count) if count < 1 else f"{count:.1f} h" if count < _DAYS else f"{count / 24:.1f} days"
    said = f"{happening.extreme_c:.1f} °C {at_places(happening)} for {lasted}"
    return f"no longer seen: {said}" if happening.gone else f"{said}{_contradicted(happening)}"


def _words(happening: Happening) -> str:
    at = at_places(happening)
    match happening.aspect:
        case Aspect.LIGHT | Aspect.GAP | Aspect.BEYOND:
            said = _UNMEASURED.get(happening.kind, happening.kind)
            return f"{said}{_proven(happening)} {at} for {hours(happening.hours)}"
        case Aspect.HUMIDITY:
            limit, peak = (happening.limits.get(name, 0) for name in ("humidity_limit", "peak_percent"))
            return f"humidity above {limit:g} % {at} for {hours(happening.hours)}, up to {peak:g} %"
        case Aspect.MEAN:
            return f"mean kinetic temperature of {happening.extreme_c:.1f} °C {at}"
        case Aspect.SUMMED:
            above = f"above {happening.limit('permitted_high_c'):g} °C"
            return f"{hours(happening.hours)} {above} in {window(happening)} {at}"
        case Aspect.DAY:
            return _of_days(happening, at)
        case Aspect.TEMPERATURE:
            return passed(happening, f" {at}")


def _proven(happening: Happening) -> str:
    """Return which limits a probe's range that was left proves passed, by what the logger printed; nothing for none."""
    named = happening.limits.get(PROVEN)
    limits = [f"{way} {limit:g} °C" for way, limit in named.items()] if isinstance(named, Mapping) else []
    return f", and so {' and '.join(limits)}," if limits else ""


def _of_days(happening: Happening, at: str) -> str:
    if not happening.in_a_row:
        return f"{happening.extreme_c:.1f} °C {at} on {happening.day}, nobody knows how long"
    first, last, lowest = (happening.limits[name] for name in ("day", "last", "lowest_c"))
    days = f"on {first}" if first == last else f"from {first} to {last}"
    return f"never below {lowest:.1f} °C {at} {days}, up to {happening.extreme_c:.1f} °C"


_UNMEASURED = {
    "light": "light",
    "gap": "no record",
    "above-range": "above what the probe can measure",
    "below-range": "below what the probe can measure",
    "beyond-range": "above and below what the probe can measure",
}


def windows(happening: Happening) -> str:
    """Return what the time of a mean is: 30 days are too warm as a whole, and those that overlap are one happening."""
    over = window(happening)
    if happening.kind == "mkt-provisional":
        return f"Provisional: {hours(happening.hours)} of record, less than {over}"
    return (
        f"Windows of {over} above the limit, taken together where they overlap: {hours(happening.hours)}; the warmest "
        f"of them came to {happening.extreme_c:.1f} °C"
    )


def window(happening: Happening) -> str:
    """Return over how long a mean or a sum was taken."""
    return f"{happening.limit('window_h') / 24:g} days"


def passed(happening: Happening, where: str = "") -> str:
    """Return what a temperature passed and for how long: the furthest reading is not what it was all the time."""
    limit, reach = happening.kind.replace("-", " "), "up to" if happening.kind.startswith("above") else "down to"
    least = "at least " if happening.limits.get("at_least") else ""
    furthest = beside(happening.extreme_c or 0.0, float(limit.split()[1]))
    lasted = hours(happening.hours, happening.limit("spell_h"))
    return f"{limit} °C{where} for {least}{lasted}, {reach} {furthest} °C"


def beside(value: float, limit: float) -> str:
    """Return a figure with one decimal, and with more where it would else be told on its limit without being there.

    >>> beside(41.44, 40), beside(40.04, 40), beside(40.0, 40), beside(14.96, 15)
    ('41.4', '40.04', '40.0', '14.96')
    """
    told = (f"{value:.{digits}f}" for digits in (1, 2, 3))
    return next((each for each in told if value == limit or float(each) != limit), f"{value:.4f}")


def percent(share: float) -> float:
    """Return a share in percent with one decimal, rounded down: what lacks a little never reaches a limit by it.

    >>> percent(0.9499), percent(0.9999), percent(1.0)
    (94.9, 99.9, 100.0)
    """
    return int(share * 1000) / 10


def share(part: float) -> str:
    """Return a share in percent, rounded down: what is not whole is never said to be.

    >>> share(1.0), share(0.9999), share(0.41666)
    ('100 %', '99.9 %', '41.6 %')
    """
    return "100 %" if part >= 1 else f"{percent(part):.1f} %"


def at_places(happening: Happening) -> str:
    """Return in words where it was."""
    return f"at {' and '.join(happening.places)}"


def hours(count: float, spell_h: float = CRT.spell_h) -> str:
    """Return a length of time as people say it; one that is not yet a day, or more than one, is not told as one (R14).

    Args:
        count: In hours.
        spell_h: The length that is never told without being reached, in hours; a day.

    >>> hours(0.005), hours(0.5), hours(26.25), hours(72)
    ('under 1 min', '30 min', '26.2 h', '3.0 days')
    >>> hours(0.996), hours(23.98), hours(24.0), hours(11.98, 12)
    ('60 min', '23.98 h', '24.0 h', '11.98 h')
    """
    if count < 1:
        return f"{round(count * 60)} min" if round(count * 60) else "under 1 min"
    return f"{beside(count, spell_h)} h" if count < _DAYS else f"{count / 24:.1f} days"


_DAYS = 48
"""Hours from which on it is said in days."""
