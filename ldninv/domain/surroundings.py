"""What to tell a person whose computer lacks something the program stands on."""

from __future__ import annotations

import re

from ldninv.domain.refusal import Surroundings

DEBIAN_PAPER = ("libegl1", "libgl1", "libxkbcommon0", "libfontconfig1", "libdbus-1-3", "libglib2.0-0")
"""What Qt needs to draw pages, by the names of Debian and Ubuntu."""

DEBIAN_WINDOW = ("libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0")
"""What it needs besides to open a window."""

FEDORA_PAPER = ("mesa-libEGL", "mesa-libGL", "libxkbcommon", "fontconfig", "dbus-libs", "glib2")
"""The first list, by the names of Fedora."""

FEDORA_WINDOW = ("libxkbcommon-x11", "xcb-util-cursor", "xcb-util-wm", "xcb-util-keysyms", "libxcb")
"""The second list, by the names of Fedora."""

WITHOUT_QT = (
    "Until then the command line still imports lists, looks up batches and writes reports as CSV, HTML, JSON and XLSX."
)


def qt_missing(error: ImportError) -> Surroundings:
    """Return what to say where Qt cannot be loaded: which part is missing, and how to add it."""
    library = re.search(r"lib[\w.+-]+\.so[\w.]*", str(error))
    if library is not None:
        return Surroundings(
            f"Windows and printed pages need the system library {library[0]}, which is not installed. "
            f"Debian and Ubuntu: sudo apt install {' '.join(DEBIAN_PAPER + DEBIAN_WINDOW)}. "
            f"Fedora: sudo dnf install {' '.join(FEDORA_PAPER + FEDORA_WINDOW)}. {WITHOUT_QT}"
        )
    if isinstance(error, ModuleNotFoundError):
        return Surroundings(
            "Windows and printed pages need PySide6-Essentials, which is not installed. Install the program again with "
            f"its dependencies. {WITHOUT_QT}"
        )
    return Surroundings(
        f"Windows and printed pages need Qt, which this computer cannot load ({error}). Install the program again; on "
        f"Windows also the current Visual C++ runtime. {WITHOUT_QT}"
    )
