"""The two ways a request ends without being a bug: the rules say no, or the surroundings fail."""

from __future__ import annotations

from typing import Self


class Refused(Exception):
    """The rules say no. The text names what, which rule and the way out, and is fit to show."""

    typed: str = ""
    """The way out as it is typed on the command line; no other door shows it."""

    def when_typed(self, way: str) -> Self:
        """Return it with its way out on the command line."""
        self.typed = way
        return self


class Surroundings(Exception):
    """Disk, file, lock or screen fail. The text says what to do about it, and is fit to show."""


class Damaged(Surroundings):
    """A database's file was spoilt. What is in it cannot be asked, not even who may decide on it."""
