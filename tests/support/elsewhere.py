"""What another program or another person does at the same time, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOLDING = """
import sqlite3, sys
with_lock = sqlite3.connect(sys.argv[1], isolation_level=None)
with_lock.execute(sys.argv[2])
print("held", flush=True)
sys.stdin.read()
with_lock.close()
"""
AS_NOBODY = """
import contextlib, io, os, statistics, sys
from ldninv.cli import commands, demonstration, main
from ldninv.db import open_store
open_store("sqlite:///:memory:", create=True).close()
from ldninv.db import upgrade
from playhouse.migrations import Migration
steps = Migration.load_directory(str(upgrade.STEPS))
Migration.load_directory = classmethod(lambda cls, folder: steps)  # and so may this checkout
asked = sys.argv
sys.argv = ["ldninv", "--database", "/nonexistent/x.db", "waste", "x", "--capsules", "1", "--reason", "y"]
with contextlib.redirect_stderr(io.StringIO()):
    main()  # loads what a command loads: Python itself may lie where nobody else may look
sys.argv = asked
if os.geteuid() == 0:
    os.setuid(65534)
sys.exit(main())
"""


@contextmanager
def locked(file: Path, statement: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """Have another program hold a lock on a database."""
    how = [sys.executable, "-c", HOLDING, str(file), statement]
    with subprocess.Popen(how, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        yield
        other.communicate()


def python(source: str, *arguments: object, **how: object) -> subprocess.CompletedProcess[str]:
    """Run a few lines of Python in a process of its own."""
    command = [sys.executable, "-c", source, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, **how)  # type: ignore[call-overload,no-any-return]


def as_nobody(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run `ldninv` as somebody who may not write what this person may; the superuser may write everything."""
    return python(AS_NOBODY, *arguments, env=os.environ | {"HOME": "/nonexistent"})
