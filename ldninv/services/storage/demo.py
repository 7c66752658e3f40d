"""The storage of the demo: weeks of readings of some places, with a spike, a breach, light, a gap, and decisions."""

from __future__ import annotations

import random
from array import array
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from math import cos, pi

from ldninv.domain.entries import Decision
from ldninv.domain.storage.happenings import Aspect
from ldninv.domain.storage.series import Series
from ldninv.services.context import Context
from ldninv.services.signing import Pen
from ldninv.services.storage import daily, deciding, loggers, looking
from ldninv.services.storage.brought import Incoming
from ldninv.services.storage.deciding import Choice
from ldninv.services.storage.importing import bring_in

DAYS = 35
ZONE = "UTC"
CABINET, SHELF, QUARANTINE, BY_HAND = "Cabinet A", "Shelf 3", "Quarantine shelf", "Cabinet B"
_STEP = 600
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class _Spell:
    """Between so many days before the end: another temperature, or no record where it is None."""

    from_: float
    to: float
    celsius: float | None

    def holds(self, days: float) -> bool:
        """Whether it is so, so many days before the end."""
        return self.from_ >= days > self.to


_WARM_AFTERNOON = (_Spell(12.0, 11.87, 31.6),)
_NOT_RECORDED = (_Spell(20.0, 18.9, None),)
_LIT = _Spell(6.5, 6.4, None)


def record(context: Context) -> None:
    """Let loggers record the last weeks of three places; a fourth one is read by hand."""
    end = min(datetime.combine(context.today(), time(7), UTC), context.now().astimezone(UTC).replace(microsecond=0))
    chance = random.Random(795)  # noqa: S311 - a demo needs the same chance again
    for name, place, mean, spells, calibrated in (
        ("Logger 1", CABINET, 21.5, _WARM_AFTERNOON, 200),
        ("Logger 2", SHELF, 22.9, _NOT_RECORDED, 400),
        ("Logger 3", QUARANTINE, 22.1, _radiator(context, end), 90),
    ):
        series = _series(end, mean, spells, chance, lit=place == SHELF)
        _bring(context, name, place, series, end)
        loggers.calibrate(context, name, context.today() - timedelta(days=calibrated))
    _by_hand(context, chance)


def decide(context: Context, pen: Pen | None) -> None:
    """Let a pharmacist decide on the warm afternoon, and on the first of two breaches."""
    found = [each for each in looking.events(context, waiting=True) if each.happening.aspect is Aspect.TEMPERATURE]
    breaches = [each.happening.start for each in found if each.happening.kind == "above-40"]
    recent = max(breaches, default=0) - _DAY / 2
    for seen in found:
        lots = [each.lot for each in looking.event(context, seen.happening.id).waiting]
        if lots and (seen.happening.place == CABINET or seen.happening.start < recent):
            choices = {lot: Choice(Decision.KEEP) for lot in lots}
            deciding.decide(context, seen.happening.id, choices, reason="short, and the mean stayed at 22 °C", sign=pen)


def _radiator(context: Context, end: datetime) -> tuple[_Spell, ...]:
    """Leave a radiator on for half an hour while the last batches waited for their release, each time one of them."""
    earliest = end.timestamp() - (DAYS - 3) * _DAY
    with context.store.reading() as work:
        stood = work.whereabouts.of(work.whereabouts.candidates(QUARANTINE, earliest))
    waited = sorted(
        (each.start, each.end)
        for one in stood
        for each in one.presences
        if each.place == QUARANTINE and earliest < each.start and each.end < end.timestamp() - _DAY / 4
    )
    middles = [(end.timestamp() - (start + stop) / 2) / _DAY for start, stop in waited[-2:]]
    shapes = ((0.01, 41.3), (0.06, 34.0))
    return tuple(_Spell(days + around, days - around, warm) for days in middles for around, warm in shapes)


def _series(end: datetime, mean: float, spells: tuple[_Spell, ...], chance: random.Random, *, lit: bool) -> Series:
    """Return readings that go up and down with the day."""
    seconds, celsius, lux = array("d"), array("d"), array("d")
    last = end.timestamp() - end.timestamp() % _STEP
    for number in range(DAYS * _DAY // _STEP):
        moment = last - DAYS * _DAY + (number + 1) * _STEP
        days = (last - moment) / _DAY
        usual = mean + cos(2 * pi * (days - 0.35))
        spell = next((each for each in spells if each.holds(days)), None)
        value = usual if spell is None else spell.celsius
        if value is None:
            continue
        seconds.append(moment)
        celsius.append(round(value + chance.uniform(-0.2, 0.2), 2))
        lux.append(round(chance.uniform(180, 320)) if lit and _LIT.holds(days) else round(chance.uniform(0, 2)))
    return Series(seconds, celsius, None, lux)


def _bring(context: Context, logger: str, place: str, series: Series, end: datetime) -> None:
    printed = [f"{datetime.fromtimestamp(each, UTC):%Y-%m-%d %H:%M}" for each in series.seconds]
    rows = zip(printed, series.celsius, series.lux or (), strict=True)
    text = "Time,Temperature (°C),Light (lux)\n" + "\n".join(f"{at},{value},{lux}" for at, value, lux in rows)
    file = Incoming(
        file=f"{logger.split(' (', maxsplit=1)[0].lower().replace(' ', '-')}-{end:%Y-%m-%d}.csv",
        content=text.encode(),
        series=series,
        printed=printed,
    )
    bring_in(context, file, place=place, logger=logger, zone=ZONE)


def _by_hand(context: Context, chance: random.Random) -> None:
    """Let somebody read a thermometer on most open days; one was forgotten."""
    closed = context.settings.closed_days
    days = [day for back in range(20, 0, -1) if (day := context.today() - timedelta(days=back)).weekday() not in closed]
    for number, day in enumerate(days):
        if number == len(days) - 3:
            continue
        low = round(20.4 + chance.uniform(0, 1), 1)
        daily.read(
            context,
            BY_HAND,
            lowest=low,
            highest=round(low + chance.uniform(1.5, 3.2), 1),
            now=round(low + 1, 1),
            day=day,
        )
