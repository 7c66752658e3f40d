"""How PINs are kept: as argon2id hashes, slow on purpose, from which no PIN can be read back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher


@dataclass(frozen=True)
class Pins:
    """Hashes PINs and compares them; what it costs is what a thief of the file pays for every guess."""

    passes: int = 3
    memory_kib: int = 65536
    lanes: int = 4

    def hashed(self, pin: str) -> str:
        """Return the hash of a PIN, with a salt of its own."""
        return self._hasher.hash(pin)

    def fits(self, pin: str, kept: str) -> bool:
        """Whether `pin` is the one that `kept` is the hash of."""
        if not (pin.isascii() and pin.isdigit()):
            return False
        from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 - only where a PIN is asked

        try:
            return self._hasher.verify(kept, pin)
        except (VerificationError, InvalidHashError):
            return False

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher  # noqa: PLC0415 - the same

        return PasswordHasher(time_cost=self.passes, memory_cost=self.memory_kib, parallelism=self.lanes)
