"""Bought goods, what stands for them and what happened to them, held against the trail (R35)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial

from ldninv.db import Transaction
from ldninv.domain.amounts import Measure, written_amount
from ldninv.domain.audit import Event
from ldninv.domain.entries import Kind
from ldninv.domain.expiry import ComponentLot
from ldninv.domain.goods import Kind as What
from ldninv.domain.goods import Product
from ldninv.domain.policies import same_component
from ldninv.services.codes import LINKED, UNLINKED
from ldninv.services.goods import COUNTED, DISPOSED, RECEIVED
from ldninv.services.proving.holding import Row, Told, differing, held, lying, missing, written_by

_KINDS = {RECEIVED: What.RECEIVED, COUNTED: What.COUNTED, DISPOSED: What.DISPOSED}


def faults(work: Transaction) -> list[str]:
    """Return where goods are not what the trail says, in words; empty where all agrees."""
    products = {row["id"]: row for row in lying(work, "product")}
    goods = {row["id"]: row for row in lying(work, "goods")}
    aliases, moved = list(lying(work, "alias")), list(lying(work, "goods_movement"))
    lots = {row["id"]: row["lot"] for row in lying(work, "batch")}
    words = {
        key: Product(name=row["name"], supplier=row["supplier"], measure=Measure(row["measure"])).words
        for key, row in products.items()
    }
    moves = _Moves(work, goods, products, words)
    return [
        *held(work, "product", partial(_product, words), lambda row: words[row["id"]], rows=products.values()),
        *held(work, "alias", partial(_alias, words, lots), lambda row: f"The code {row['text']}", rows=aliases),
        *held(work, "goods", partial(_goods, words), lambda row: f"The received lot {row['lot']}", rows=goods.values()),
        *held(work, "goods_movement", moves.judge, moves.called, rows=moved),
        *missing(work, _KINDS, (row["event_id"] for row in moved), "goods"),
        *missing(work, [LINKED, UNLINKED], (row["event_id"] for row in aliases), "code"),
    ]


def _product(words: dict[int, str], row: Row, event: Event, told: Told) -> Iterator[str]:
    says = told.get("product") if event.action == RECEIVED else told.get("for") if event.action == LINKED else None
    if says != words[row["id"]]:
        yield "name or supplier"
    yield from differing(row, told, measure="measure")


def _alias(words: dict[int, str], lots: dict[int, str], row: Row, event: Event, told: Told) -> Iterator[str]:
    stands_for = words.get(row["product_id"]) if row["product_id"] else None
    if stands_for is None and row["batch_id"]:
        stands_for = f"batch {lots.get(row['batch_id'])}"
    received = event.action == RECEIVED
    if row["text"] != (told.get("code") if received else event.subject):
        yield "text"
    says = told.get("product") if received else told.get("for")
    if (
        stands_for != says
        or event.action not in {RECEIVED, LINKED, UNLINKED}
        or (row["product_id"] and row["batch_id"])
    ):
        yield "what it stands for"


def _goods(words: dict[int, str], row: Row, event: Event, told: Told) -> Iterator[str]:
    if (event.action, event.subject) != (RECEIVED, row["lot"]):
        yield "lot"
    if told.get("product") != words.get(row["product_id"]):
        yield "product"
    yield from differing(row, told, expires="expires")


class _Moves:
    """What happened to received lots."""

    def __init__(
        self, work: Transaction, goods: Mapping[int, Row], products: Mapping[int, Row], words: Mapping[int, str]
    ) -> None:
        self._goods, self._products, self._words = goods, products, words
        self._parts: dict[int, tuple[ComponentLot, ...]] = work.batches.components() if goods else {}
        self._lots = {row["id"]: row["lot"] for row in lying(work, "batch")} if goods else {}
        self._taken: defaultdict[tuple[int, int], int] = defaultdict(int)
        """What is taken of a lot into a batch so far."""

    def called(self, row: Row) -> str:
        """Return what a row is called."""
        there = self._goods.get(row["goods_id"])
        return f"Movement {row['id']} of goods {there['lot'] if there else 'that are not there'}"

    def judge(self, row: Row, event: Event, told: Told) -> Iterator[str]:
        """Yield what of a movement is not what its event says."""
        yield from written_by(row, event)
        there = self._goods.get(row["goods_id"])
        product = None if there is None else self._products.get(there["product_id"])
        if there is None or product is None:
            yield "lot"
        elif event.action in {Kind.MADE, Kind.VOIDED}:
            yield from self._used(row, event, told, there, product)
        else:
            if (
                event.subject != there["lot"]
                or told.get("product", self._words[product["id"]]) != self._words[product["id"]]
            ):
                yield "lot"
            if row["kind"] != _KINDS.get(event.action) or row["batch_id"] is not None:
                yield "kind"
            if row["reason"] != event.reason:
                yield "reason"
            facts = {"code": None, "serial": None} | dict(told)
            yield from differing(row, facts, quantity="quantity", day="day", code="code", serial="serial")

    def _used(self, row: Row, event: Event, told: Told, there: Row, product: Row) -> Iterator[str]:
        batch = row["batch_id"]
        if row["kind"] != What.USED:
            yield "kind"
        if batch is None or self._lots.get(batch) != event.subject:
            yield "batch"
            return
        if row["reason"] is not None or row["code"] is not None or row["serial"] is not None:
            yield "reason, code or serial"
        yield from differing(row, told, day="day")
        key = (row["goods_id"], batch)
        part = same_component(ComponentLot(product["name"], there["lot"]))
        weighed = {
            -amount.quantity
            for each in self._parts.get(batch, ())
            if same_component(each) == part and (amount := written_amount(each.amount, Measure(product["measure"])))
        }
        if row["quantity"] not in (weighed if event.action == Kind.MADE else {-self._taken[key]}):
            yield "quantity"
        self._taken[key] += row["quantity"]
