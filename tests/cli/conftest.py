"""The command line, called in this process as a shell would call it."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from typing import Any

import pytest

from ldninv.cli import main


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Its one JSON document."""
        return json.loads(self.out)


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run `ldninv` on a database of its own, on 22 November 2026 unless told otherwise."""
    monkeypatch.setenv("LDNINV_DATABASE", f"sqlite:///{tmp_path / 'batches.db'}")
    monkeypatch.setenv("LDNINV_TODAY", "2026-11-22")
    monkeypatch.setenv("COLUMNS", "300")

    def go(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "argv", ["ldninv", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        try:
            status = main()
        except SystemExit as left:
            status = left.code
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return Said(status or 0, said.out, said.err)

    return go


@pytest.fixture
def kept(run, tmp_path):
    """A pharmacy with the American list, and how to ask it for JSON."""
    rows = ["Lot,Strength,Made,Expires,Quantity,On hand,Location"]
    rows += [
        "LDN260117001M,4.5,2026-01-17,2027-01-17,300,120,Cabinet A",
        "OLD-1,3,2025-08-30,2026-08-30,100,35,Shelf 3",
    ]
    rows += ["SOON-2,4.5,2025-12-20,2026-12-20,300,300,Cabinet A", "GONE-3,1.5,2026-01-17,2027-01-17,200,0,Shelf 3"]
    path = tmp_path / "list.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    assert run("import", "batches", path).status == 0
    return lambda *arguments, **how: run("--format", "json", *arguments, **how)
