"""Codes a scanner sends, parsed: what the house reads out of them beside what `biip` alone does."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from datetime import date

import biip
from timing import Figure, in_turn

from ldninv.domain.scan import parse

TODAY = date(2026, 11, 22)
CODE = "]d2010034733532683321100012345678\x1d1728033110AB1234"
"""A package with product, serial number, expiry and lot, as a scanner sends it."""
OTHERS = (
    ("the label of a batch", "]Q1LDN260117001M"),
    ("a maker's code that lost its separator", "0100347335326833211000123456781728033110AB1234"),
)
AT_ONCE = 500


def parsed(turns: int) -> Iterator[Figure]:
    """Measure how many codes a second are parsed."""
    for what, code in (("a maker's code", CODE), *OTHERS):
        floor, times = in_turn(_many(lambda: biip.parse(CODE)), *[_many(lambda code=code: parse(code, TODAY))] * turns)
        reached = statistics.median(times)
        yield Figure(
            f"{what}, parsed",
            "",
            floor / reached,
            None,
            floor="`biip.parse` alone of a maker's code",
            said=f"{_a_second(reached)}; {_a_second(floor)}",
            at_least=True,
        )


def _many(act: Callable[[], object]) -> Callable[[], None]:
    def acts() -> None:
        for _ in range(AT_ONCE):
            act()

    return acts


def _a_second(seconds: float) -> str:
    return f"{round(AT_ONCE / seconds, -2):.0f} a second"
