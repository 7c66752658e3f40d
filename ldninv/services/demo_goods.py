"""Goods on the shelf of the demo: what its batches are made with now, and one lot that waits."""

from __future__ import annotations

from dataclasses import replace

from ldninv.domain.amounts import Amount, Measure, amount
from ldninv.domain.days import month_end
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.goods import Delivery, Product
from ldninv.domain.scan.elements import checks
from ldninv.domain.signs import GOOD, NEAR_EXPIRY
from ldninv.services import codes, components, goods
from ldninv.services.context import Context

_CAME = {"Naltrexone HCl": amount("50", "g"), "MCC": amount("5", "kg")}
_SHELLS = Amount(10_000, Measure.PIECES)
_LEFT = {"Naltrexone HCl": amount("18.42", "g"), "MCC": amount("2.75", "kg")}
_SHELLS_LEFT = Amount(4_300, Measure.PIECES)
_TEXT = "MCC jar"
"""Stands for the filler: what somebody wrote on a jar."""


def receive(context: Context, technician: str) -> None:
    """Receive what the demo's batches are made with, and count it; the oldest lots are gone and never came in here."""
    here = replace(context, account=technician)
    rows = [row for row in components.shelf(here) if row.sign in {GOOD, NEAR_EXPIRY} and row.batches]
    latest = {row.component.name: row for row in rows}
    short = [row for row in rows if row.sign == NEAR_EXPIRY]
    for number, row in enumerate(latest.values()):
        part = row.component
        _receive(here, part, _code(number))
        left = _LEFT.get(part.name, _SHELLS_LEFT)
        goods.count(here, _product(part), part.lot, left, reason="weighed back")
    for row in short:
        if row not in latest.values():
            _receive(here, row.component, None)
    today = here.today()
    waiting = ComponentLot("Naltrexone HCl", f"NX{today:%y}9", month_end(today.year + 2, 9), "Sample Chemicals")
    _receive(here, waiting, None)
    if "MCC" in latest:
        codes.link(here, _TEXT, product=_product(latest["MCC"].component))


def _receive(context: Context, part: ComponentLot, code: str | None) -> None:
    came = _CAME.get(part.name, _SHELLS)
    goods.receive(context, Delivery(product=_product(part), lot=part.lot, amount=came, expires=part.expires, code=code))


def _product(part: ComponentLot) -> Product:
    return Product(name=part.name, supplier=part.supplier)


def _code(number: int) -> str:
    """Return an invented product number, of those that are for use inside one house."""
    body = f"0020000000{number:03d}"
    return next(f"{body}{last}" for last in range(10) if checks(f"{body}{last}"))
