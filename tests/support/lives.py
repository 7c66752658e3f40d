"""What may happen to batches, drawn at random: for laws that hold whatever happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from builders import a_batch
from ldninv.domain import ledger
from ldninv.domain.batch import Batch
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.ledger import Entry, Kind
from ldninv.domain.quantities import Strength

NEAR = date(2026, 11, 22)
"""The day around which random dates lie, near enough that every band and state comes up."""

DAYS = st.integers(-200, 200).map(lambda days: NEAR + timedelta(days=days))
PLACES = ("Cabinet A", "shelf b", "Bin_100%", "Ätzraum")
REASONS = st.none() | st.sampled_from(("", "chipped", "41 °C"))
CHANGING = (Kind.DISPENSED, Kind.WASTED, Kind.SAMPLED, Kind.COUNTED, Kind.DESTROYED, Kind.RETURNED)
STANDING = tuple(kind for kind in Kind if kind not in {*CHANGING, Kind.MADE, Kind.VOIDED})


@st.composite
def batches(draw: st.DrawFn, number: int = 1) -> Batch:
    """Draw a batch with a lot of its own."""
    prepared = draw(DAYS)
    components = draw(st.lists(st.sampled_from((ComponentLot("MCC", "mc-1"), ComponentLot("Drug", "NX%2", NEAR)))))
    return replace(
        a_batch(beyond_use=draw(DAYS)),
        lot=f"{draw(st.sampled_from(('LDN', 'ldn', 'ß', 'A_', 'Z%')))}{number:03d}",
        strength=Strength(draw(st.sampled_from((500, 1500, 4500)))),
        prepared=prepared,
        made=draw(st.integers(1, 5)),
        components=tuple(components),
    )


@st.composite
def lives(draw: st.DrawFn, batch: Batch) -> list[Entry]:
    """Draw entries that a ledger could hold: any order of things, and never less than nothing on hand."""
    place = draw(st.none() | st.sampled_from(PLACES))
    entries, on_hand, back = [ledger.made(batch, place, batch.prepared)], batch.made, 0
    for kind in draw(st.lists(st.sampled_from((*CHANGING, *STANDING)), max_size=8)):
        change = -draw(st.sampled_from((0, 1, on_hand))) if kind in CHANGING and on_hand else 0
        change = draw(st.integers(1, 3)) if kind is Kind.RETURNED else change
        returned = change if kind is Kind.RETURNED else -min(back, -change)
        on_hand, back = on_hand + change, back + returned
        entries.append(
            Entry(
                kind=kind,
                day=draw(DAYS),
                capsules=change,
                returned=returned,
                reason=draw(REASONS),
                place=draw(st.sampled_from(PLACES)) if kind is Kind.MOVED else None,
            )
        )
    return entries


@st.composite
def pharmacies(draw: st.DrawFn, most: int = 6) -> list[tuple[Batch, list[Entry]]]:
    """Draw some batches, each with a life of its own."""
    found = [draw(batches(number=number)) for number in range(draw(st.integers(1, most)))]
    return [(batch, draw(lives(batch))) for batch in found]
