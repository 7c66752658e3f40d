"""What goes on paper, drawn once for printer, preview, PDF and picture.

Importing it needs Qt's system libraries; where they are missing it says which packages to install.
"""

from __future__ import annotations

from ldninv.domain.surroundings import qt_missing

try:
    from PySide6 import QtGui as _QtGui  # noqa: F401 - only whether it loads
except ImportError as error:
    raise qt_missing(error) from error
