"""What happened, as bars below a chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from ldninv.domain.storage.happenings import Aspect, Effect, Happening
from ldninv.domain.storage.stays import Span, overlap
from ldninv.services.storage.drawn import Drawn
from ldninv.services.storage.looking import Seen
from ldninv.ui.storage import signs, telling
from ldninv.ui.storage.looks import Look
from ldninv.ui.storage.strip import Bar, Row

WINDOWS = "30 days"
"""What names a row of windows of 30 days: they lie over all that happened in them."""

Kind = tuple[str | None, bool]
"""A logger, and whether what it saw shows in windows of 30 days alone."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """In which row the bars of each logger lie: what two saw at once would else hide one another."""

    of: Mapping[Kind, int]
    rows: tuple[Row, ...]

    @classmethod
    def among(cls, drawn: Sequence[Drawn], events: Sequence[Seen], title: str) -> Lanes:
        """Return the rows of all events of a place; loggers that followed one another share theirs."""
        spans = dict[Kind, Span]()
        curves = {each.logger: each.span for each in drawn}
        for each in (seen.happening for seen in events):
            start, end = spans.get(_kind(each), curves.get(each.logger or "", each.span))
            spans[_kind(each)] = min(start, each.start), max(end, each.end)
        looks: dict[str | None, Look] = {each.logger: Look.of(each.number) for each in drawn}
        loggers = dict.fromkeys((*looks, *(logger for logger, _ in spans)))
        rows: list[list[Kind]] = []
        for kind in (kind for logger in loggers for kind in ((logger, False), (logger, True)) if kind in spans):
            row = next((each for each in rows if _free(spans, kind, each)), None)
            if row is None:
                rows.append(row := [])
            row.append(kind)
        lanes = {kind: number for number, row in enumerate(rows) for kind in row}
        named = [_row(row, looks if len(looks) > 1 else {}, title) for row in rows]
        return cls(lanes, tuple(named) or (Row(title),))


def _kind(happening: Happening) -> Kind:
    return happening.seen_by or None, happening.aspect in {Aspect.MEAN, Aspect.SUMMED}


def _free(spans: Mapping[Kind, Span], kind: Kind, row: Sequence[Kind]) -> bool:
    """Whether nothing that is in a row already meets what is to be put there."""
    return all(other[1] == kind[1] and not overlap(spans[kind], spans[other]) for other in row)


def _row(kinds: Sequence[Kind], looks: Mapping[str | None, Look], title: str) -> Row:
    look = looks.get(kinds[0][0]) if len(kinds) == 1 else None
    return Row(WINDOWS if kinds[0][1] else title, look)


def bars_of(shown: Sequence[Seen], zone: tzinfo, lanes: Lanes) -> list[Bar]:
    """Return a bar for each event, in their order; of those that are narrow, what holds batches lies over all else."""
    return [_bar(each, zone, lanes.of[_kind(each.happening)]) for each in shown]


def about(seen: Seen, zone: tzinfo) -> str:
    """Return an event in a line: what, from when, how long, and how far out."""
    happening = seen.happening
    word, begun = signs.of_happening(happening).word, telling.begun(happening, zone)
    seen_by = f", {happening.seen_by}" if happening.seen_by else ""
    return f"{word}, {begun}, {telling.lasted(happening)}, {telling.extreme(happening)}{seen_by}"


def _bar(seen: Seen, zone: tzinfo, lane: int) -> Bar:
    happening, sign = seen.happening, signs.of_happening(seen.happening)
    return Bar(
        happening.start,
        happening.end,
        sign.tone,
        sign.icon,
        sign.word if happening.extreme_c is None else telling.extreme(happening),
        about(seen, zone),
        happening.level.harm + (happening.effect is Effect.HOLD),
        lane,
    )
