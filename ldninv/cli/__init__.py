"""The command line: the same verbs without a window. Data on standard output, words on standard error."""

from __future__ import annotations

import os
import sys

from ldninv.domain.refusal import Refused, Surroundings


def main() -> int:
    """Run the command line and return its exit status: 0 done, 1 refused or findings, 2 wrong usage."""
    from ldninv.cli.commands import app

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app(prog_name="ldninv")
    except (Refused, Surroundings) as said:
        print(" ".join(str(said).split()), file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        print("Stopped. Nothing was half-written.", file=sys.stderr)
        return 1
    return 0
