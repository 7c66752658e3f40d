"""A process that opens a window, says when it is painted and how much memory it holds, and ends.

begin.py empty
begin.py today DATABASE      the page that a day begins with
begin.py counted DATABASE    the same, with its counts
begin.py list DATABASE       the list of batches, where the window was left
begin.py loaded DATABASE     the same, with all batches in memory
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def memory() -> float:
    """Return what this process holds of memory, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 2**20)


def end() -> None:
    """Say what was reached and leave at once: ending is not measured."""
    print(f"painted {memory():.1f}", flush=True)
    os._exit(0)


def empty():
    """Open a bare window of the same size, with an empty table in it."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    application = QApplication(["empty"])
    window = QMainWindow()
    table = QTableView(window)
    window.setCentralWidget(table)
    window.resize(1280, 720)
    return application, window, table.viewport(), lambda: True


def ours(kind: str, database: str):
    """Open the program's window on a database, in the order in which the program does it."""
    from ldninv.app import application, load_before_qt

    load_before_qt()
    started = application()
    from PySide6.QtCore import QSettings
    from shelves import TODAY, at_work

    from ldninv.ui.window import MainWindow

    context = at_work(Path(database))
    memory = QSettings(f"{tempfile.mkdtemp()}/window.ini", QSettings.Format.IniFormat)
    if kind in {"list", "loaded"}:
        memory.setValue("window/page", "batches")
        memory.setValue("window/day", TODAY.isoformat())
    window = MainWindow(context, database, memory)
    window.resize(1280, 720)
    seen = window.batches.table.viewport() if kind in {"list", "loaded"} else window.today
    ready = {
        "counted": lambda: window.today.today is not None,
        "loaded": lambda: window.batches.table.finder.ready and window.batches.chips[0].count is not None,
    }
    return started, window, seen, ready.get(kind, lambda: True)


def main() -> None:
    """Open what is asked for."""
    kind, *rest = sys.argv[1:]
    sys.path.insert(0, str(Path(__file__).parent))
    application, window, seen, ready = empty() if kind == "empty" else ours(kind, rest[0])
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.Paint:
                QTimer.singleShot(0, wait)
            return super().eventFilter(watched, event)

    def wait() -> None:
        if ready():
            end()
        QTimer.singleShot(5, wait)

    watch = Watch()
    seen.installEventFilter(watch)
    window.show()
    application.exec()


main()
