"""Where the program starts: the window when nothing is asked for, else the command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Open the window, or do what the command line says; each is imported only when it is wanted."""
    if len(sys.argv) > 1:
        from ldninv.cli import main as run

        sys.exit(run())
    else:
        from ldninv.app import main as open_window

        sys.exit(open_window([]))


if __name__ == "__main__":
    main()
