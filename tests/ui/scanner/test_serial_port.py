"""A serial scanner: whole codes however the bytes are torn, and no end of it when it is unplugged."""

import os
import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldninv.domain.scan.plain import GS
from ldninv.ui.scanner import serial_port
from ldninv.ui.scanner.frames import Frames
from ldninv.ui.scanner.serial_port import FRAMINGS, SPEEDS, Link, SerialPort


def cut(whole, places):
    """Return bytes in pieces."""
    ends = sorted({min(place, len(whole)) for place in places} | {0, len(whole)})
    return [whole[begin:end] for begin, end in pairwise(ends)]


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=1), max_size=6),
    st.sampled_from(["\r", "\n", "\r\n"]),
    st.lists(st.integers(0, 200)),
)
def test_codes_come_whole_however_they_are_torn(codes, end, places):
    frames = Frames()
    sent = "".join(code + end for code in codes).encode()

    assert [code for piece in cut(sent, places) for code in frames.feed(piece)] == codes


@given(st.lists(st.binary(max_size=50), max_size=30))
def test_no_bytes_whatever_make_it_stumble(pieces):
    frames = Frames()
    for piece in pieces:
        assert all(isinstance(code, str) and code for code in frames.feed(piece))


def test_noise_without_an_end_is_not_kept_for_ever():
    frames = Frames()
    for _ in range(100):
        assert frames.feed(b"\xff" * 1_000) == []
    assert len(frames.feed(b"\r")[0]) <= 4_000


class Line:
    """A serial scanner that can be unplugged: a port's name, and the far end of whatever is plugged in there."""

    def __init__(self, folder):
        self.name, self._aside = folder / "scanner", folder / "plugged in"
        self.far = None

    def plug_in(self):
        self.far, near = os.openpty()
        self._aside.symlink_to(os.ttyname(near))
        self._aside.replace(self.name)
        os.close(near)

    def unplug(self):
        self.name.unlink()
        os.close(self.far)
        self.far = None

    def send(self, *pieces):
        for piece in pieces:
            os.write(self.far, piece)


@pytest.fixture
def line(tmp_path):
    if sys.platform == "win32":
        pytest.skip("this system has no pairs of terminals to plug together")
    pytest.importorskip("serial", reason="serial scanners need the extra serial")
    line = Line(tmp_path)
    yield line
    if line.far is not None:
        os.close(line.far)


@pytest.fixture
def read(qtbot):
    """Opens a port, and keeps what it says."""
    opened = []

    def port(name, **how):
        port = SerialPort(str(name), again_s=0.01, **how)
        port.codes, port.links = [], []
        port.scanned.connect(port.codes.append)
        port.linked.connect(port.links.append)
        opened.append(port)
        port.start()
        return port

    yield port
    for each in opened:
        each.leave()


def test_a_code_in_pieces_and_two_in_one_are_whole(qtbot, line, read):
    line.plug_in()
    port = read(line.name)
    qtbot.waitUntil(lambda: port.links == [Link.OPEN])
    line.send(b"0100347335326833211000", b"12345678\x1d17280331", b"10AB1234", b"\r", b"\nLDN260117001M\r\nAB-1\r\n")
    qtbot.waitUntil(lambda: len(port.codes) == 3)

    assert port.codes == [f"010034733532683321100012345678{GS}1728033110AB1234", "LDN260117001M", "AB-1"]


def test_a_scanner_that_is_unplugged_and_plugged_in_again_goes_on(qtbot, line, read):
    line.plug_in()
    port = read(line.name)
    qtbot.waitUntil(lambda: port.links == [Link.OPEN])
    line.send(b"half a co")
    line.unplug()
    qtbot.waitUntil(lambda: Link.AWAY in port.links)
    line.plug_in()
    qtbot.waitUntil(lambda: port.links[-1] is Link.OPEN)
    line.send(b"LDN260117001M\r")
    qtbot.waitUntil(lambda: port.codes == ["LDN260117001M"])


def test_a_port_that_is_not_there_yet_is_waited_for(qtbot, line, read):
    port = read(line.name)
    qtbot.waitUntil(lambda: port.links == [Link.AWAY])
    line.plug_in()
    qtbot.waitUntil(lambda: port.links[-1] is Link.OPEN)


@pytest.mark.parametrize("speed", SPEEDS)
def test_the_port_is_opened_at_the_speed_that_was_chosen(qtbot, line, read, speed):
    import termios

    line.plug_in()
    port = read(line.name, speed=speed)
    qtbot.waitUntil(lambda: port.links == [Link.OPEN])
    line.send(b"LDN260117001M\r")
    qtbot.waitUntil(lambda: port.codes == ["LDN260117001M"])

    assert termios.tcgetattr(line.far)[4:6] == [getattr(termios, f"B{speed}")] * 2


@pytest.mark.parametrize("framing", FRAMINGS)
def test_the_port_is_opened_with_every_framing_that_can_be_chosen(qtbot, line, read, framing):
    line.plug_in()
    port = read(line.name, framing=framing)
    qtbot.waitUntil(lambda: port.links == [Link.OPEN])
    line.send(b"LDN260117001M\r")
    qtbot.waitUntil(lambda: port.codes == ["LDN260117001M"])


def test_the_reader_ends_when_it_is_left(qtbot, line, read):
    line.plug_in()
    port = read(line.name)
    qtbot.waitUntil(lambda: port.links == [Link.OPEN])
    port.leave()
    assert not port._thread.is_alive()


def test_the_ports_of_this_computer_can_be_listed():
    assert all(port.name for port in serial_port.ports())


def test_without_the_package_it_says_so(qtbot, monkeypatch, read):
    monkeypatch.setitem(sys.modules, "serial", None)
    port = read("COM1")
    qtbot.waitUntil(lambda: port.links == [Link.MISSING])
    assert "pip install" in serial_port.MISSING
    assert serial_port.ports() == []
