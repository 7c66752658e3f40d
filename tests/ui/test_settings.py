import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from ldninv.domain.expiry import DAYS_360
from ldninv.domain.places import Light, Place, PlaceKind
from ldninv.domain.settings import Settings
from ldninv.services import places, preferences
from ldninv.ui import appearance, theme
from ldninv.ui.appearance import Appearance, Scheme
from ldninv.ui.colours import DARK, LIGHT
from ldninv.ui.running import Running


@pytest.fixture
def page(window):
    window.go_to(window.settings)
    return window.settings


def write(field, text):
    field.selectAll()
    field.insert(text)
    field.textEdited.emit(text)


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_what_is_kept_is_shown_and_nothing_waits_to_be_saved(page, stocked):
    preferences.change(stocked, Settings(pharmacy="North", policy=DAYS_360, buffer=2, with_components=False))
    page.refresh()
    form = page.pharmacy

    assert (form.name.text(), form.buffer.text()) == ("North", "2")
    assert not form.with_components.isChecked()
    assert not form.save.isEnabled()
    assert not form.dirty


def test_saving_keeps_everything_at_once_and_every_page_hears_of_it(qtbot, window, page, stocked):
    heard = []
    window.news.changed.connect(heard.append)
    write(page.pharmacy.name, "North Pharmacy")
    write(page.pharmacy.buffer, "5")
    write(page.pharmacy.reason, "inspection")
    press(qtbot, page.pharmacy.save)

    assert stocked.settings == Settings(pharmacy="North Pharmacy", buffer=5)
    assert page.banner.text.startswith("Saved.")
    assert len(heard) == 1
    with stocked.store.reading() as work:
        event = work.trail.last("settings")
    assert event.reason == "inspection"


def test_what_the_page_does_not_show_stays_as_it_is_kept(qtbot, page, stocked):
    preferences.change(stocked, Settings(idle_minutes=9, witness_needed=False))
    page.refresh()
    write(page.pharmacy.name, "North")
    press(qtbot, page.pharmacy.save)

    assert stocked.settings == Settings(pharmacy="North", idle_minutes=9, witness_needed=False)


def test_the_tick_of_the_reminder_is_kept_only_when_it_is_saved(qtbot, page, stocked):
    assert not page.pharmacy.reminder.isChecked()
    press(qtbot, page.pharmacy.reminder)
    assert not stocked.settings.reminder_tick
    press(qtbot, page.pharmacy.save)

    assert stocked.settings.reminder_tick
    page.refresh()
    assert page.pharmacy.reminder.isChecked()


def test_what_somebody_else_changed_meanwhile_stays(qtbot, page, stocked):
    write(page.pharmacy.name, "North")
    preferences.change(stocked, Settings(buffer=7))
    page.refresh()
    assert page.pharmacy.name.text() == "North"
    press(qtbot, page.pharmacy.save)

    assert stocked.settings == Settings(pharmacy="North", buffer=7)
    assert page.pharmacy.buffer.text() == "7"


def test_discarding_shows_what_is_kept(qtbot, page):
    write(page.pharmacy.name, "North")
    assert page.pharmacy.dirty
    press(qtbot, page.pharmacy.discard)

    assert (page.pharmacy.name.text(), page.pharmacy.dirty) == ("", False)


@pytest.mark.parametrize(
    ("buffer", "says"), [("many", "“many” is no number of days"), ("400", "400 days is no buffer")]
)
def test_a_refusal_is_a_calm_line_and_what_was_typed_stays(qtbot, page, stocked, buffer, says):
    write(page.pharmacy.buffer, buffer)
    press(qtbot, page.pharmacy.save)

    assert says in page.banner.text
    assert page.pharmacy.buffer.text() == buffer
    assert stocked.settings == Settings()


def listed(form, name):
    texts = (form.list.item(row).text() for row in range(form.list.count()))
    return next(text for text in texts if text.startswith(name))


def test_a_place_is_added_with_kind_light_and_limit(qtbot, window, page, stocked):
    form = page.places
    press(qtbot, form.adding)
    write(form.task.name, "Cupboard")
    press(qtbot, form.task.kept.kind.button(PlaceKind.QUARANTINE))
    press(qtbot, form.task.kept.light.button(Light.SHADED))
    write(form.task.kept.lux, "2500")
    press(qtbot, form.task.enter)

    assert Place("Cupboard", PlaceKind.QUARANTINE, Light.SHADED, 2500) in places.places(stocked)
    assert listed(form, "Cupboard") == (
        "Cupboard – quarantine, shaded, controlled room temperature, light above 2\u202f500 lux\nno logger watches it"
    )
    press(qtbot, form.adding)
    write(form.task.name, "cupboard")
    form.task.name.setFocus()
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Return)
    assert "There is a place Cupboard already" in form.task.banner.text
    form.put_away()


def test_the_look_is_kept_at_this_computer(memory):
    assert appearance.kept(memory) == Appearance()
    appearance.keep(memory, Appearance(Scheme.DARK, 150))
    assert appearance.kept(memory) == Appearance(Scheme.DARK, 150)
    memory.setValue("look/scheme", "purple")
    memory.setValue("look/text_size", "7000")
    assert appearance.kept(memory) == Appearance()


@pytest.fixture
def typed(window, page):
    """Settings and a place that were typed and not saved."""
    write(page.pharmacy.name, "North")
    page.places.adding.click()
    write(page.places.task.name, "Cupboard")
    yield page
    page.discard()
    page.places.put_away()


def test_the_window_asks_before_it_closes_over_settings_that_are_not_saved(qtbot, window, typed, stocked):
    window.go_to(window.today)
    window.close()
    assert window.isVisible()
    assert window.page is typed
    assert typed.banner.text == "The pharmacy's settings were changed and are not saved yet."
    assert [offer.text() for offer in typed.banner.offers] == ["Save and close", "Close without saving"]
    assert typed.banner.offers[0].hasFocus()

    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert (typed.banner.text, typed.pharmacy.name.text(), window.isVisible()) == ("", "North", True)


def test_saving_at_the_question_saves_all_and_closes(qtbot, window, typed, stocked):
    window.close()
    press(qtbot, typed.banner.offers[0])

    assert not window.isVisible()
    assert stocked.settings.pharmacy == "North"
    assert "Cupboard" in [place.name for place in places.places(stocked)]


def test_what_cannot_be_saved_keeps_the_window_open(qtbot, window, typed, stocked):
    write(typed.pharmacy.buffer, "many")
    window.close()
    press(qtbot, typed.banner.offers[0])

    assert window.isVisible()
    assert "“many” is no number of days" in typed.banner.text
    assert stocked.settings == Settings()


def test_closing_without_saving_leaves_what_is_kept(qtbot, window, typed, stocked):
    window.close()
    press(qtbot, typed.banner.offers[1])

    assert not window.isVisible()
    assert stocked.settings == Settings()


def test_a_place_that_was_typed_and_not_added_is_asked_about_too(qtbot, window, page):
    page.places.adding.click()
    write(page.places.task.name, "Cupboard")
    window.close()
    assert page.banner.text == "“Add a place” was begun and is not done yet."
    press(qtbot, page.banner.offers[0])

    assert not window.isVisible()


@pytest.fixture
def running(qtbot, dressed, stocked, memory):
    """The program with its window; the look of the other tests comes back after it."""
    usual = dressed.font()
    running = Running(dressed, stocked, "batches.db", memory)
    running.window.resize(1280, 720)
    running.show()
    running.window.go_to(running.window.settings)
    qtbot.waitUntil(lambda: not running.window.jobs.busy)
    yield running
    running.leave()
    running.window.deleteLater()
    appearance.colour(dressed, Scheme.SYSTEM)
    dressed.setFont(usual)


def test_colours_change_at_once(qtbot, running):
    look = running.window.settings.look
    press(qtbot, look.scheme.button(Scheme.DARK))
    assert theme.colours_of(QApplication.palette()) is DARK
    press(qtbot, look.scheme.button(Scheme.LIGHT))
    assert theme.colours_of(QApplication.palette()) is LIGHT


def test_the_text_grows_in_a_window_that_is_made_anew_at_the_same_page(qtbot, running, memory):
    before = running.window
    press(qtbot, before.settings.look.text_size.button(200))
    qtbot.waitUntil(lambda: not isValid(before))

    usual = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    assert running.window.font().pointSizeF() == pytest.approx(2 * usual)
    assert running.window.page is running.window.settings
    assert running.window.isVisible()
    assert appearance.kept(memory).text_size == 200
    assert running.window.settings.look.text_size.value == 200


@pytest.mark.parametrize(("answer", "named"), [(0, "North"), (1, "")])
def test_the_text_size_waits_for_the_answer_where_settings_are_not_saved(qtbot, running, stocked, answer, named):
    before = running.window
    page = before.settings
    write(page.pharmacy.name, "North")
    press(qtbot, page.look.text_size.button(150))
    assert running.window is before
    assert page.look.text_size.value == 100
    assert page.banner.text == "The pharmacy's settings were changed and are not saved yet."

    press(qtbot, page.banner.offers[answer])
    qtbot.waitUntil(lambda: not isValid(before))
    assert running.window.settings.look.text_size.value == 150
    assert stocked.settings.pharmacy == named


def test_the_text_waits_for_work_that_would_be_lost(qtbot, running):
    before = running.window
    going = [True]

    def work(progress):
        while going[0]:
            progress(0, 0)

    job = before.jobs.start(work)
    press(qtbot, before.settings.look.text_size.button(150))
    assert "at the next start" in before.settings.banner.text
    assert running.window is before
    with qtbot.waitSignal(job.done):
        going[0] = False
