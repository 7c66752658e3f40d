"""What a file leaves open, asked with what each answer would make of it; a mere Enter answers nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ldninv.domain.batch_list import Columns, DateOrder, DateOrderUnclear
from ldninv.domain.quantities import with_minus
from ldninv.domain.storage import logger_file
from ldninv.domain.storage.logger_file import Answers
from ldninv.services.storage.brought import BroughtIn
from ldninv.ui import words
from ldninv.ui.blank import Blank
from ldninv.ui.ring import FocusRing

_SHOWN = 4
"""Contradictions that are told one by one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A file, and what a person said of it."""

    path: Path
    date_order: DateOrder | None = None
    columns: Columns | None = None
    answers: Answers = field(default_factory=Answers)
    """Of a logger's file."""


class Questions(Blank):
    """One question on a file, with a button for each answer; it has the focus itself until one is chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("help-circle-outline", parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        FocusRing(self)

    def ask_order(self, asked: Asked, why: DateOrderUnclear, then: Callable[[Asked], None]) -> None:
        """Ask how a list's dates are written, with what each order makes of one of the file's own."""
        self.say(
            self._titled(self.tr("How are the dates in {file} written?"), asked.path),
            self.tr(
                "They fit more than one order, and nothing is guessed. A line that does not fit is then a problem."
            ),
        )
        self.clear_offers()
        for each in why.readings:
            said = replace(asked, date_order=each.order)
            self.offer(words.date_order(each), "calendar", partial(then, said), large=True)

    def say(self, title: str, text: str) -> None:
        """Ask, and let a screen reader read the question where the focus comes to it."""
        super().say(title, text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def ask_contradicted(self, file: Path, logger: str, brought: BroughtIn, beside: Callable[[], object]) -> None:
        """Show what a file says otherwise than what is kept of a logger, and offer to keep only what is new."""
        number = words.counted(brought.conflicts, self.tr("reading says"), self.tr("readings say"))
        says = self.tr("{number} something else than what is kept of {logger}, which stays. Nothing was written yet.")
        shown = [
            self.tr("{when}: {said} {unit} in the file, {kept} {unit} kept").format(
                when=each.printed, said=f"{each.said:.2f}", kept=f"{each.kept:.2f}", unit=each.unit
            )
            for each in brought.shown[:_SHOWN]
        ]
        more = brought.conflicts - len(shown)
        shown += [self.tr("and {more} more").format(more=words.grouped(more))] if more else []
        self.say(
            self._titled(self.tr("Is {file} a file of {logger}?"), file, logger=logger),
            "\n".join([says.format(number=number, logger=logger), *shown]),
        )
        self.clear_offers()
        if brought.new:
            new = words.counted(brought.new, self.tr("reading that is"), self.tr("readings that are"))
            self.offer(self.tr("Keep only the {new} new").format(new=new), "tray-arrow-down", beside, large=True)

    def ask(self, asked: Asked, why: logger_file.Asked, then: Callable[[Asked], None]) -> None:
        """Ask what a logger's file leaves open, with what each answer would mean for it."""
        put = {
            logger_file.Question.DATE_ORDER: self.tr("How are the dates in {file} written?"),
            logger_file.Question.TEMPERATURE: self.tr("Which column of {file} holds the temperature of the place?"),
            logger_file.Question.UNIT: self.tr("Are the temperatures in {file} °C or °F?"),
            logger_file.Question.CLOCK: self.tr("Was the clock of this logger changed too?"),
            logger_file.Question.CHANGED_PLACES: self.tr("Were the values in {file} measured as they stand?"),
        }
        self.say(
            self._titled(put.get(why.question, self.tr("A question on {file}")), asked.path), with_minus(why.because)
        )
        self.clear_offers()
        for choice in why.choices:
            said = replace(asked, answers=asked.answers.answered(why.question, choice.value))
            text = self.tr("{choice} (likely)") if choice.value == why.likely else "{choice}"
            shown = text.format(choice=choice.text[:1].upper() + choice.text[1:])
            self.offer(shown, "chevron-right", partial(then, said), large=True)

    def _titled(self, question: str, file: Path, **more: str) -> str:
        """Return a question with its file's name, of a long one both ends: a title breaks into lines at words alone."""
        return question.format(file=words.shortened(file.name, 40), **more)
