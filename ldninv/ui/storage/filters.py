"""What the events of a place may be narrowed to, each a chip above the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ldninv.domain.signs import Sign, Tone
from ldninv.domain.storage import happenings
from ldninv.domain.storage.happenings import Aspect, Effect
from ldninv.domain.stored import Storage
from ldninv.services.storage.looking import Seen
from ldninv.ui.storage import signs


@dataclass(frozen=True, slots=True)
class Filter:
    """A chip above the events."""

    sign: Sign
    about: str
    shows: Callable[[Seen], bool]


FILTERS = (
    Filter(Sign("All", Tone.QUIET, "home-thermometer"), "All that happened here", lambda _: True),
    Filter(
        signs.OF_STATUS[happenings.Status.OPEN],
        "What waits for a pharmacist, because readings came in or changed",
        lambda seen: bool(seen.waiting),
    ),
    Filter(
        signs.OF_LEVEL[Storage.BREACH],
        "Above 40 or below 15 °C, a day above 30 °C, or a month that was too warm",
        lambda seen: seen.happening.effect is Effect.HOLD,
    ),
    Filter(
        signs.OF_LEVEL[Storage.SPIKE],
        "Above 30 °C for less than a day, or what comes near a breach",
        lambda seen: (
            seen.happening.effect is Effect.REVIEW
            and seen.happening.aspect in {Aspect.TEMPERATURE, Aspect.DAY, Aspect.MEAN, Aspect.SUMMED}
        ),
    ),
    Filter(
        signs.OF_LEVEL[Storage.ALLOWED_EXCURSION],
        "15 to 20 or 25 to 30 °C: allowed, and kept",
        lambda seen: seen.happening.effect is Effect.RECORDED,
    ),
    Filter(
        Sign("No record", Tone.LOOK, "thermometer-probe-off"),
        "The logger was silent, or out of its probe's range",
        lambda seen: seen.happening.aspect in {Aspect.GAP, Aspect.BEYOND},
    ),
    Filter(
        Sign("Light", Tone.LOOK, "white-balance-sunny"),
        "It was light in there",
        lambda seen: seen.happening.aspect is Aspect.LIGHT,
    ),
)
