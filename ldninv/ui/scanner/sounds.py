"""Four short sounds, made here and played by what the system has, never in the window's way."""

from __future__ import annotations

import io
import math
import shutil
import struct
import subprocess
import sys
import threading
import wave
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ldninv.ui.scanner.says import Sound

_RATE = 22_050
_LOUD = 0.35
_PLAYERS = (("paplay",), ("pw-play",), ("afplay",), ("aplay", "-q"))
_PATIENCE = 5
"""Seconds."""

Player = tuple[str, ...]
"""A command, to which the file is added."""

_NOTES: dict[Sound, tuple[tuple[int, int], ...]] = {
    Sound.GOOD: ((1320, 60), (1760, 90)),
    Sound.LOOK: ((880, 90), (0, 40), (880, 90)),
    Sound.STOP: ((220, 380),),
    Sound.UNKNOWN: ((660, 110), (440, 160)),
}
"""Hertz and milliseconds; 0 is a pause. They differ in length and direction, not in height alone."""


@cache
def tone(sound: Sound) -> bytes:
    """Return a sound as a WAV file."""
    whole = io.BytesIO()
    with wave.open(whole, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(_RATE)
        for hertz, milliseconds in _NOTES[sound]:
            out.writeframes(_note(hertz, milliseconds))
    return whole.getvalue()


def _note(hertz: int, milliseconds: int) -> bytes:
    count, edge = _RATE * milliseconds // 1_000, _RATE // 100
    levels = (
        _LOUD * min(1, at / edge, (count - at) / edge) * math.sin(2 * math.pi * hertz * at / _RATE)
        for at in range(count)
    )
    return struct.pack(f"<{count}h", *(round(32_767 * level) for level in levels))


class Sounds:
    """Plays one at a time, and after it the last that came meanwhile; the window waits for none."""

    def __init__(self, beep: Callable[[], None], player: Player | None) -> None:
        """Play by a command that takes a file; `beep` is what is left where the system has none."""
        self._beep = beep
        self._player = player
        self._folder: TemporaryDirectory[str] | None = None
        self._playing: threading.Thread | None = None
        self._lock = threading.Lock()
        self._next: Sound | None = None
        self._busy = False

    def play(self, sound: Sound) -> None:
        """Play a sound: now, or as soon as the one that is heard has ended."""
        if self._player is None:
            self._beep()
            return
        with self._lock:
            self._next = sound
            if self._busy:
                return
            self._busy = True
        self._playing = threading.Thread(target=self._play_all, args=(self._player,), daemon=True)
        self._playing.start()

    def leave(self) -> None:
        """Wait for what is playing, and clean up."""
        with self._lock:
            self._next = None
        if self._playing is not None:
            self._playing.join(_PATIENCE)
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _play_all(self, player: Player) -> None:
        while True:
            with self._lock:
                sound, self._next = self._next, None
                self._busy = sound is not None
            if sound is None:
                return
            self._play(sound, player)

    def _play(self, sound: Sound, player: Player) -> None:
        if sys.platform == "win32":
            import winsound  # noqa: PLC0415 - only there

            winsound.PlaySound(tone(sound), winsound.SND_MEMORY)
            return
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="ldninv-", ignore_cleanup_errors=True)
        file = Path(self._folder.name) / f"{sound}.wav"
        if not file.exists():
            file.write_bytes(tone(sound))
        with suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(  # noqa: S603 - what the system plays sounds with
                [*player, str(file)],
                check=False,
                timeout=_PATIENCE,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )


def player() -> Player | None:
    """Return the command that plays a file; empty on Windows, which needs none; None where there is none."""
    if sys.platform == "win32":
        return ()
    for name, *options in _PLAYERS:
        found = shutil.which(name)
        if found is not None:
            return (found, *options)
    return None
