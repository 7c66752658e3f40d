"""The section of a Q-tag's file that holds its readings: every line of it is one, and no reading stands elsewhere."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from ldninv.domain.batch_list import Remark
from ldninv.domain.refusal import Refused
from ldninv.importers.sheets import quoted

BEGINS = re.compile(r"^Data:[ \t]*\r?\n", re.MULTILINE)
_ENDS = re.compile(r"^(?:Cert|Sig(?: Cert)?):", re.MULTILINE)
_READING = re.compile(
    r"^[\s;,\"]*(?:[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}|[0-9]{1,2}[-./][0-9]{1,2}[-./][0-9]{4})[ T]+"
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?[\s;,\"]+[+−-]?[0-9]"
)
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Section:
    """What stands between the line that begins the readings and the certificate."""

    text: str
    """With blank lines for those that hold no reading."""
    before: int
    """Lines of the file before it."""
    aside: tuple[Remark, ...]
    """The lines that hold no reading."""
    whole: bool
    """Whether its last line has an end."""


def cut_out(name: str, text: str, data: re.Match[str]) -> Section:
    """Return the section of readings that `data` begins.

    Raises:
        Refused: a reading stands before it or after it.
    """
    found = _ENDS.search(text, data.end())
    end = found.start() if found is not None else len(text)
    before = text.count("\n", 0, data.end())
    for first, part in ((1, text[: data.start()]), (text.count("\n", 0, end) + 1, text[end:])):
        for line, words in enumerate(io.StringIO(part), first):
            if _READING.match(words):
                raise Refused(
                    f"{name}, line {line}: a reading stands outside the section of readings, {quoted(words.strip())}. "
                    "Lines were moved or put in; read the device out again."
                )
    kept, aside = [], []
    for line, words in enumerate(io.StringIO(text[data.end() : end], newline=""), before + 1):
        good = words.startswith("\t") or not words.strip()
        kept.append(words if good else words[len(words.rstrip("\r\n")) :])
        if not good:
            aside.append(Remark(line, f"{quoted(words.strip()[:_SHOWN])} stands among the readings and is none"))
    return Section("".join(kept), before, tuple(aside), found is not None or text.endswith("\n"))
