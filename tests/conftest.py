"""What every test stands on: a folder of its own in the user's place, a screen that may be missing, steady examples."""

from __future__ import annotations

import atexit
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from builders import at_work
from ldninv.db import Store, open_store
from ldninv.domain.surroundings import qt_missing
from ldninv.services.context import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

HERE = Path(__file__).parent
NEED_QT = ("ui", "paper")
"""Rooms that draw, here and in the program."""


def _leave_the_user_alone() -> None:
    """Point every folder that the program could take for the user's at one of ours, before anything is opened."""
    for name in [name for name in os.environ if name.startswith("LDNINV_")]:
        del os.environ[name]
    home = tempfile.TemporaryDirectory(prefix="ldninv-tests-", ignore_cleanup_errors=True)
    atexit.register(home.cleanup)
    names = ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"]
    names += ["HOME"] if sys.platform == "darwin" else []
    if sys.platform == "win32":
        names += [f"{prefix}{folder}" for prefix in ("", "WIN_PD_OVERRIDE_") for folder in ("APPDATA", "LOCAL_APPDATA")]
        names += ["LOCALAPPDATA"]
    for name in names:
        os.environ[name] = home.name


def _why_qt_cannot_load() -> str | None:
    try:
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        return str(qt_missing(error))
    return None


def _one_application() -> object:
    from PySide6.QtWidgets import QApplication

    return QApplication.instance() or QApplication(["ldninv-tests"])


_leave_the_user_alone()
if sys.platform == "linux":  # the same windows with a display, without one, or with one that is gone
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
NO_QT = _why_qt_cannot_load()
APPLICATION = _one_application() if NO_QT is None else None
"""Qt allows one a process, and paper alone would make a smaller one that no window can use."""

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


class Unavailable(pytest.Collector):
    """A folder of tests that cannot run on this machine; it is skipped whole, without importing anything of it."""

    def collect(self) -> Iterable[pytest.Item]:
        pytest.skip(str(NO_QT), allow_module_level=True)


def pytest_plugin_registered(plugin_name: str, manager: pytest.PytestPluginManager) -> None:
    """Send pytest-qt away where Qt cannot load, before it is configured and ends the run."""
    if NO_QT and plugin_name == "pytest-qt":
        manager.unregister(name=plugin_name)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "on_both: runs on a file of SQLite and on a server's database")
    config.addinivalue_line("markers", "speaks_sqlite: of those, one that looks into SQLite itself")
    config.addinivalue_line("markers", "needs_qt: opens a window or draws a page; skipped where Qt cannot load")
    if NO_QT:
        rooms = [str(config.rootpath / "ldninv" / room) for room in NEED_QT]
        config.option.ignore = [*(config.option.ignore or []), *rooms]


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if NO_QT and path.parent == HERE and path.name in NEED_QT:
        return Unavailable.from_parent(parent, name=path.name, path=path)
    return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if NO_QT:
        for item in items:
            if item.get_closest_marker("needs_qt"):
                item.add_marker(pytest.mark.skip(reason=NO_QT))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests that are marked so on both kinds of database."""
    test = metafunc.definition
    both = test.get_closest_marker("on_both") and not test.get_closest_marker("speaks_sqlite")
    if both and "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """Which kind of database a test runs on."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def new_database(engine: str) -> Iterator[Callable[[str], Store]]:
    """The one place where tests take their databases from: real ones, made by the real steps, closed afterwards."""
    opened: list[Store] = []
    lent: list[str] = []
    if engine == "postgresql":
        import server  # started for those who ask for it

    def make(place: str = ":memory:") -> Store:
        url = f"sqlite:///{place}"
        if engine == "postgresql" and place == ":memory:":
            url = server.fresh_address()
            lent.append(url)
        opened.append(open_store(url, create=True))
        return opened[-1]

    yield make
    for store in opened:
        store.close()
    for url in lent:
        server.give_back(url)


@pytest.fixture
def store(new_database: Callable[[str], Store]) -> Store:
    """A database in memory."""
    return new_database(":memory:")


@pytest.fixture
def context(store: Store) -> Context:
    """Somebody at work on 22 November 2026, on the database of `store`."""
    return at_work(store)


@pytest.fixture
def shared_url(engine: str, tmp_path: Path) -> Iterator[str]:
    """The address of a database that several open at once: a file, or a server's."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'batches.db'}"
        return
    import server

    url = server.fresh_address()
    yield url
    server.give_back(url)


@pytest.fixture
def shared(shared_url: str) -> Iterator[Context]:
    """Somebody at work on it."""
    store = open_store(shared_url, create=True)
    yield at_work(store)
    store.close()


@pytest.fixture
def filed(tmp_path: Path) -> Iterator[Context]:
    """Somebody at work on a database in a file, for what only files can do."""
    store = open_store(f"sqlite:///{tmp_path / 'batches.db'}", create=True)
    yield at_work(store)
    store.close()
