"""What happened, as bars below a chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from ldninv.domain.storage.happenings import Effect
from ldninv.services.storage.looking import Seen
from ldninv.ui.storage import signs, telling
from ldninv.ui.storage.strip import Bar


def bars_of(shown: Sequence[Seen], zone: tzinfo) -> list[Bar]:
    """Return a bar for each event, in their order; what holds batches lies over all else."""
    return [_bar(each, zone) for each in shown]


def about(seen: Seen, zone: tzinfo) -> str:
    """Return an event in a line: what, from when, how long, and how far out."""
    happening = seen.happening
    word, begun = signs.of_happening(happening).word, telling.moment(happening.start, zone)
    return f"{word}, {begun}, {telling.lasted(happening)}, {telling.extreme(happening)}"


def _bar(seen: Seen, zone: tzinfo) -> Bar:
    happening, sign = seen.happening, signs.of_happening(seen.happening)
    return Bar(
        happening.start,
        happening.end,
        sign.tone,
        sign.icon,
        telling.extreme(happening),
        about(seen, zone),
        happening.level.harm + (happening.effect is Effect.HOLD),
    )
