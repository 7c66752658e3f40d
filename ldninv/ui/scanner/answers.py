"""What the window does with a scan that no field asked for: a card, or a line above the page that says why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ldninv.domain.refusal import Refused, Surroundings
from ldninv.domain.scan import Reading
from ldninv.domain.signs import Tone
from ldninv.services import lookup, people
from ldninv.services.batches import Card
from ldninv.services.context import Context
from ldninv.services.lookup import Answer, Kind
from ldninv.ui.banner import Action, Banner
from ldninv.ui.overlay import Overlay, dismiss_dialogs
from ldninv.ui.scanner import says
from ldninv.ui.scanner.says import Heard, Sound

if TYPE_CHECKING:
    from ldninv.ui.window import MainWindow


@dataclass(frozen=True, slots=True)
class Ways:
    """Where one can go from an answer that is no batch."""

    search: Callable[[str], None]
    open: Callable[[Card, str | None], object]
    """Shows a batch, and what does not fit about the code."""
    read: Callable[[Answer, Reading], Answer]
    """Says what one reading means, which was chosen among several."""
    goods: Goods | None = None
    """The page of component lots; None where there is none to go to."""


class Goods(Protocol):
    """Where goods are taken in."""

    def receive(self, answer: Answer) -> None:
        """Take in the goods that were scanned."""

    def link(self, answer: Answer) -> None:
        """Let the code stand for a product or a batch."""

    def show_component(self, name: str, lot: str) -> None:
        """Show a component lot."""


def take(context: Context, window: MainWindow, text: str) -> Heard:
    """Answer a scan in the window, and return what is said of it. A page is left for a batch alone."""
    try:
        answer = lookup.scan(context, text)
        if not answer.names and people.of_badge(context, text) is not None:
            window.door.ask()
            return window.door.panel.take_scan(text) or says.heard(answer)
    except (Refused, Surroundings) as why:
        window.page.banner.tell_error(why)
        return Heard(str(why), Sound.STOP)
    for each in window.findChildren(Overlay):
        if each.isVisible():
            each.give_way()
    dismiss_dialogs(window)
    if answer.card is not None:
        return _show(window, answer.card, answer.warning) or says.heard(answer)
    if window.page is window.batches:
        window.batches.show_sign(*says.sign(answer))
    tell(window.page.banner, answer, ways(context, window))
    return says.heard(answer)


def ways(context: Context, window: MainWindow) -> Ways:
    """Return where one can go in the window."""
    return Ways(
        search=window.look_for,
        open=lambda card, warning: _show(window, card, warning),
        read=partial(lookup.of_reading, context),
        goods=window.errands,
    )


def _show(window: MainWindow, card: Card, warning: str | None) -> Heard | None:
    """Show a batch; where a form with something in it would be lost, offer it there, and return what is said then."""
    window.go_to(window.batches)
    return None if window.batches.show_scanned(card, warning) else says.waiting(card)


def tell(banner: Banner, answer: Answer, ways: Ways) -> None:
    """Say inside the page what a code is that names no batch, and what can be done."""
    match answer.kind:
        case Kind.INVALID:
            banner.tell(answer.error or says.heard(answer).line, Tone.STOP)
        case Kind.CHOOSE:
            _choose(banner, answer, ways)
        case _:
            banner.tell(says.unknown(answer), Tone.LOOK, _offers(banner, answer, ways))


def _offers(banner: Banner, answer: Answer, ways: Ways) -> list[Action]:
    """Return what can be done with a code that names no batch: open its lots, receive, link, search."""
    sought = answer.lot or answer.scan.text
    search = (banner.tr("Search for “{text}”").format(text=sought), lambda: ways.search(sought))
    goods = ways.goods
    if goods is None or (answer.kind is Kind.UNKNOWN and answer.warning is not None):
        return [search]
    offers: list[Action] = [
        (
            banner.tr("Open {name} {lot}").format(name=part.name, lot=part.lot),
            partial(goods.show_component, part.name, part.lot),
        )
        for part in {part.name.casefold(): part for part in answer.components}.values()
    ]
    offers.append((banner.tr("Receive goods"), lambda: goods.receive(answer)))
    if answer.kind is not Kind.COMPONENT and answer.product is None:
        offers.append((banner.tr("Link to a product"), lambda: goods.link(answer)))
    return [*offers, search]


def _choose(banner: Banner, answer: Answer, ways: Ways) -> None:
    """Ask which reading is right; the arrows go from one to the other, Enter takes one."""
    before = banner.window().focusWidget()
    offers: list[Action] = [
        (says.candidate(each), partial(_chosen, banner, replace(answer, candidates=(each,)), ways, before))
        for each in answer.candidates
    ]
    banner.tell(says.choosing(answer), Tone.LOOK, offers)
    for button in banner.offers:
        button.setAutoDefault(True)
    banner.offers[0].setFocus(Qt.FocusReason.OtherFocusReason)


def _chosen(banner: Banner, answer: Answer, ways: Ways, before: QWidget | None) -> None:
    """Go on with the one reading that is left, and with the focus where it was."""
    chosen = answer.candidates[0]
    if before is not None and isValid(before) and before.isVisible():
        before.setFocus(Qt.FocusReason.OtherFocusReason)
    if chosen.card is not None:
        ways.open(chosen.card, banner.tr("A separator was missing in the code, and you chose the lot."))
    else:
        tell(banner, ways.read(answer, chosen.reading), ways)
