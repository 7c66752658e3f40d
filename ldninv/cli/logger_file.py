"""What every command on a logger's file has in common: the file, and the options that say what it leaves open."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from ldninv.domain.batch_list import DateOrder
from ldninv.domain.refusal import Refused
from ldninv.domain.storage.logger_file import AS_PRINTED, Answers, Asked, ClockChange, Question, Unit

File = Annotated[Path, typer.Argument(readable=False, help="What the logger's program exported: CSV, TSV, TXT, XLSX.")]

_OPTIONS: dict[str, Any] = {
    "date_order": Annotated[DateOrder | None, typer.Option(help="How its dates are written, where two orders fit.")],
    "unit": Annotated[Unit | None, typer.Option(help="°C or °F, where the file does not say.")],
    "column": Annotated[
        str | None, typer.Option(help="The temperature's column, by heading or number, where several fit.")
    ],
    "clock": Annotated[
        ClockChange | None,
        typer.Option(help="Whether the logger's clock was changed with its zone's, where that is asked."),
    ],
    "as_printed": Annotated[
        bool | None,
        typer.Option("--as-printed", help="All values stand as they were measured, where columns seem changed."),
    ],
}
_SAY = {
    Question.DATE_ORDER: "--date-order",
    Question.UNIT: "--unit",
    Question.TEMPERATURE: "--column",
    Question.CLOCK: "--clock",
    Question.CHANGED_PLACES: f"--{AS_PRINTED}",
}


def answering(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that answer a file's questions, as its `answers`; what is still asked names its own.

    Typer reads options from a function's signature: the command's own, with these behind them.
    """

    @wraps(command)
    def run(*given: object, **said: Any) -> None:  # noqa: ANN401 - whatever its options are
        answers = Answers(
            date_order=said.pop("date_order"),
            unit=said.pop("unit"),
            temperature=said.pop("column"),
            clock=said.pop("clock"),
            as_printed=bool(said.pop("as_printed")),
        )
        try:
            command(*given, answers=answers, **said)
        except Asked as asked:
            raise _said_how(asked) from None

    own = inspect.signature(command, eval_str=True)
    kept = [each for each in own.parameters.values() if each.name != "answers"]
    more = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=option)
        for name, option in _OPTIONS.items()
    ]
    run.__signature__ = own.replace(parameters=[*kept, *more])  # type: ignore[attr-defined]  # functions have one
    run.__annotations__ = {each.name: each.annotation for each in kept} | _OPTIONS
    return run


def _said_how(asked: Asked) -> Refused:
    """Return a question with the option that answers it."""
    option = _SAY[asked.question]
    values = [choice.value for choice in asked.choices]
    return asked.when_typed(option if option == f"--{values[0]}" else f"{option} {'|'.join(values)}")
