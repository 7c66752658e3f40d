"""The command line: the same verbs without a window. Data on standard output, words on standard error."""

from __future__ import annotations

import os
import sys

from ldninv.domain.refusal import Refused, Surroundings

INTERRUPTED = 130
STOPPED = "Stopped. Nothing was half-written."


def main() -> int:
    """Run the command line and return its exit status: 0 done, 1 refused or findings, 2 wrong usage."""
    from ldninv.cli.commands import app

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app(prog_name="ldninv")
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            print(STOPPED, file=sys.stderr)
        raise
    except (Refused, Surroundings) as said:
        typed = f"({said.typed})" if isinstance(said, Refused) and said.typed else ""
        print(" ".join(f"{said} {typed}".split()), file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        print(STOPPED, file=sys.stderr)
        return INTERRUPTED
    return 0
