"""Which printer is offered first: labels and papers have each their own, remembered at this workstation."""

from PySide6.QtPrintSupport import QPrinter

from ldninv.ui.printing import Prints, remember, remembered, usual_printer

THERE = ["Office", "Label printer"]


def test_the_printer_of_labels_is_remembered_apart_from_that_of_papers(memory):
    remember(memory, Prints.LABELS, "Label printer")
    assert (remembered(memory, Prints.LABELS, THERE), remembered(memory, Prints.PAPERS, THERE)) == ("Label printer", "")

    remember(memory, Prints.PAPERS, "Office")
    assert [remembered(memory, each, THERE) for each in (Prints.LABELS, Prints.PAPERS)] == ["Label printer", "Office"]


def test_a_printer_that_is_gone_is_not_offered_and_is_again_once_it_is_back(memory):
    remember(memory, Prints.PAPERS, "Office")

    assert remembered(memory, Prints.PAPERS, ["Another"]) == ""
    assert remembered(memory, Prints.PAPERS, THERE) == "Office"


def test_a_file_is_no_printer_and_leaves_the_last_one_as_it_was(memory):
    remember(memory, Prints.PAPERS, "Office")
    remember(memory, Prints.PAPERS, "")

    assert remembered(memory, Prints.PAPERS, THERE) == "Office"


def test_a_printer_is_offered_in_its_own_dots_also_where_none_was_used_yet(dressed, memory):
    printer = usual_printer(memory, Prints.PAPERS)

    assert printer.resolution() >= QPrinter(QPrinter.PrinterMode.HighResolution).resolution()
