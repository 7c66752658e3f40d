"""What the events of a place may be narrowed to, each a chip above the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ldninv.domain.signs import Sign, Tone
from ldninv.domain.storage import happenings
from ldninv.domain.storage.happenings import Aspect, Effect
from ldninv.domain.storage.profile import Profile
from ldninv.domain.stored import Storage
from ldninv.services.storage.looking import Seen
from ldninv.ui.storage import signs


@dataclass(frozen=True, slots=True)
class Filter:
    """A chip above the events."""

    sign: Sign
    about: Callable[[Profile], str]
    """What is said of it, with the limits of the place."""
    shows: Callable[[Seen], bool]
    offered: Callable[[Profile], bool] = lambda _: True
    """Whether there can be such events by the limits of the place."""


FILTERS = (
    Filter(Sign("All", Tone.QUIET, "home-thermometer"), lambda _: "All that happened here", lambda _: True),
    Filter(
        signs.OF_STATUS[happenings.Status.OPEN],
        lambda _: "What waits for a pharmacist, because readings came in or changed",
        lambda seen: bool(seen.waiting),
    ),
    Filter(
        signs.OF_LEVEL[Storage.BREACH],
        lambda keep: (
            f"Above {keep.highest_c:g} or below {keep.permitted_low_c:g} °C, {keep.spell_h:g} h above "
            f"{keep.permitted_high_c:g} °C, or {keep.window} that were too warm"
        ),
        lambda seen: seen.happening.effect is Effect.HOLD,
    ),
    Filter(
        signs.OF_LEVEL[Storage.SPIKE],
        lambda keep: (
            f"Above {keep.permitted_high_c:g} °C for less than {keep.spell_h:g} h, or what comes near a breach"
        ),
        lambda seen: (
            seen.happening.effect is Effect.REVIEW
            and seen.happening.aspect in {Aspect.TEMPERATURE, Aspect.DAY, Aspect.MEAN, Aspect.SUMMED}
        ),
    ),
    Filter(
        signs.OF_LEVEL[Storage.ALLOWED_EXCURSION],
        lambda keep: (
            f"{keep.permitted_low_c:g} to {keep.keep_low_c:g} or {keep.keep_high_c:g} to {keep.permitted_high_c:g} °C: "
            "allowed, and kept"
        ),
        lambda seen: seen.happening.effect is Effect.RECORDED,
    ),
    Filter(
        Sign("No record", Tone.LOOK, "thermometer-probe-off"),
        lambda _: "The logger was silent, or out of its probe's range",
        lambda seen: seen.happening.aspect in {Aspect.GAP, Aspect.BEYOND},
    ),
    Filter(
        Sign("Light", Tone.LOOK, "white-balance-sunny"),
        lambda _: "It was light in there",
        lambda seen: seen.happening.aspect is Aspect.LIGHT,
    ),
    Filter(
        signs.OF_ASPECT[Aspect.HUMIDITY],
        lambda keep: f"Relative humidity above {keep.review_humidity:g} %" if keep.review_humidity else "",
        lambda seen: seen.happening.aspect is Aspect.HUMIDITY,
        lambda keep: keep.review_humidity is not None,
    ),
)
