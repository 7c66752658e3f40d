"""A process that opens a window, says when it is painted and how much memory it holds, and ends.

begin.py empty
begin.py window DATABASE [loaded]
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
    return application, window, table, lambda: True


def ours(database: str, loaded: bool):
    """Open the program's window on a database, at the list of batches."""
    from PySide6.QtCore import QSettings
    from shelves import at_work

    from ldninv.app import application
    from ldninv.ui.window import MainWindow

    context = at_work(Path(database))
    started = application()
    folder = tempfile.mkdtemp()
    window = MainWindow(context, database, QSettings(f"{folder}/window.ini", QSettings.Format.IniFormat))
    window.go_to(window.batches)
    window.resize(1280, 720)
    table = window.batches.table
    return started, window, table, lambda: not loaded or (table.finder.ready and window.batches.chips[0].count)


def main() -> None:
    """Open what is asked for."""
    kind, *rest = sys.argv[1:]
    sys.path.insert(0, str(Path(__file__).parent))
    application, window, table, ready = empty() if kind == "empty" else ours(rest[0], "loaded" in rest)
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
    table.viewport().installEventFilter(watch)
    window.show()
    application.exec()


main()
