"""What is said where Qt cannot be loaded."""

from ldninv.domain.surroundings import DEBIAN_PAPER, DEBIAN_WINDOW, WITHOUT_QT, qt_missing


def test_a_missing_library_is_named_with_the_packages_to_install():
    said = str(qt_missing(ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")))

    assert "libEGL.so.1" in said
    assert all(name in said for name in DEBIAN_PAPER + DEBIAN_WINDOW)
    assert said.endswith(WITHOUT_QT)


def test_a_missing_pyside_asks_to_install_the_program_again():
    assert "PySide6-Essentials" in str(qt_missing(ModuleNotFoundError("No module named 'PySide6'")))


def test_any_other_failure_is_passed_on_in_words():
    assert "(DLL load failed)" in str(qt_missing(ImportError("DLL load failed")))
