"""Master formulas in the settings: every version of each, and the way to another one, signed (R26)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QPlainTextEdit, QWidget

from ldninv.domain.expiry import FILLER, Container
from ldninv.domain.formulas import LONGEST_NAME, Approved, Formula, Ingredient
from ldninv.domain.quantities import Strength
from ldninv.domain.refusal import Refused
from ldninv.domain.signing import Meaning
from ldninv.domain.weights import mass, plain
from ldninv.services import formulas
from ldninv.services.context import Context
from ldninv.ui import icons, theme, words
from ldninv.ui.acting.fields import Choices, Field
from ldninv.ui.settings.task import Task
from ldninv.ui.settings.task_panel import SignedTask, TaskPanel
from ldninv.ui.typed import read

_CONTAINERS = {Container.LIGHT_RESISTANT: "Light-resistant", Container.CLEAR: "Clear"}
_TYPED = ("number", "name", "strength", "capsule_size", "filler", "fill")
_KEY = int(Qt.ItemDataRole.UserRole)


class FormulasForm(TaskPanel):
    """The list shows every version, and below it what the chosen one says."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(
            parent.tr("Master formulas"),
            parent.tr("How each strength is made. A version never changes: a new one is begun as its copy."),
            parent,
        )
        self._context = context
        self._approved: tuple[Approved, ...] = ()
        self.says = self.line()
        self.says.setForegroundRole(self.foregroundRole())
        self.new = self.way(self.tr("New formula"), "flask-plus", lambda: Write(context, None, self))
        self.copy = self.way(self.tr("New version"), "content-copy", self._another_version)
        self.fields.insertWidget(self.fields.indexOf(self.says), self.list)
        for part in (self.banner, self.bar):
            self.fields.addWidget(part)
        self.list.currentRowChanged.connect(lambda _row: self._say())

    @property
    def chosen(self) -> Approved | None:
        """The version that is chosen."""
        item = self.list.currentItem()
        key = None if item is None else item.data(_KEY)
        return next((each for each in self._approved if each.formula.id == key), None)

    def home(self) -> QWidget:
        """Return the list, or the way to the first one."""
        return self.list if self._approved else self.new

    def refresh(self) -> None:
        """Read again; a task that is open stays open."""
        chosen = self.chosen
        self._approved = tuple(formulas.formulas(self._context))
        self.list.clear()
        numbers: set[str] = set()
        for each in self._approved:
            latest = each.formula.number not in numbers
            numbers.add(each.formula.number)
            text = f"{each.formula}: {each.formula.name}, {each.formula.strength} mg"
            text = text if latest else self.tr("{formula} (superseded)").format(formula=text)
            item = QListWidgetItem(icons.icon("check" if latest else "archive"), text, self.list)
            item.setData(_KEY, each.formula.id)
        keys = [each.formula.id for each in self._approved]
        self.list.setCurrentRow(keys.index(chosen.formula.id) if chosen and chosen.formula.id in keys else 0)
        self.fit()
        self._say()

    def _another_version(self) -> Task:
        chosen = self.chosen
        latest = next(
            (each for each in self._approved if chosen and each.formula.number == chosen.formula.number), None
        )
        return Write(self._context, None if latest is None else latest.formula, self)

    def _say(self) -> None:
        chosen = self.chosen
        self.says.setText(self.tr("No formulas yet.") if chosen is None else _about(chosen))
        self.copy.setVisible(chosen is not None)
        self.new.set_first(chosen is None)
        self.bar.updateGeometry()


class Write(SignedTask):
    """A formula that is begun, or the next version of one: a copy, to be changed."""

    def __init__(self, context: Context, before: Formula | None, parent: QWidget) -> None:
        title = parent.tr("New formula")
        if before is not None:
            title = parent.tr("Version {version} of {number}").format(version=before.version + 1, number=before.number)
        super().__init__(context, title, parent.tr("Put in force"), "check", parent)
        self._before = before
        self.typed = {
            key: Field(parent=self) for key in ("number", "name", "strength", "capsule_size", "filler", "fill")
        }
        self.container: Choices[Container] = Choices(_CONTAINERS, self.tr("Container"), self)
        self.ingredients = self._lines(5)
        self.steps = self._lines(8)
        self.reason = Field(parent=self)
        self._lay_out()
        self.sign_for(Meaning.FORMULA)
        self._show(before or Formula(number="", name="", strength=Strength(4500)))
        self._begun_with = self._said

    def start(self) -> QWidget:
        """Return the number, or the name where the number stands."""
        return self.typed["number" if self._before is None else "name"]

    @property
    def begun(self) -> bool:
        """Whether something was typed that is not in force yet."""
        return self._said != self._begun_with

    def field(self, name: str) -> QWidget:
        """Return the field that a refusal names."""
        return self.typed[name]

    def act_signed(self) -> str:
        """Put it in force."""
        wanted = self._formula()
        reason = self.reason.text().strip() or None
        done = formulas.approve(self.context, wanted, reason=reason, sign=self.signature.pen())
        return " ".join((self.tr("{formula} is in force.").format(formula=done.formula), *done.notices))

    @property
    def _said(self) -> tuple[str, ...]:
        texts = (field.text() for field in (*self.typed.values(), self.reason))
        return (*texts, self.ingredients.toPlainText(), self.steps.toPlainText(), str(self.container.value))

    def _formula(self) -> Formula:
        text = {key: " ".join(field.text().split()) for key, field in self.typed.items()}
        base = self._before or Formula(number=text["number"], name="", strength=Strength(4500))
        return replace(
            base,
            id=0,
            name=text["name"],
            strength=read("strength", lambda: Strength.parse(text["strength"])),
            capsule_size=text["capsule_size"] or None,
            filler=text["filler"] or None,
            container=self.container.value,
            fill_mg=read("fill", lambda: mass(text["fill"], "fill weight")),
            ingredients=_ingredients(self.ingredients.toPlainText()),
            steps=self.steps.toPlainText(),
        )

    def _show(self, formula: Formula) -> None:
        self.typed["number"].setText(formula.number)
        self.typed["name"].setText(formula.name)
        self.typed["strength"].setText(str(formula.strength) if self._before else "")
        self.typed["capsule_size"].setText(formula.capsule_size or "")
        self.typed["filler"].setText(formula.filler or "")
        self.typed["fill"].setText(plain(formula.fill_mg) if formula.fill_mg else "")
        self.container.choose(formula.container)
        parts = formula.ingredients or (Ingredient("Naltrexone HCl"), Ingredient(FILLER), Ingredient("Capsule shells"))
        self.ingredients.setPlainText("\n".join(f"{each.name}: {each.amount}".rstrip(": ") for each in parts))
        self.steps.setPlainText(formula.steps)
        for key in ("number", "strength"):
            self.typed[key].setReadOnly(self._before is not None)

    def _lay_out(self) -> None:
        for key, name in (
            ("number", self.tr("Number (as it is filed)")),
            ("name", self.tr("Name")),
            ("strength", self.tr("Strength, mg")),
            ("capsule_size", self.tr("Capsule size")),
            ("filler", self.tr("Filler")),
            ("fill", self.tr("Contents of a capsule, mg (empty where each batch finds its own)")),
        ):
            self.typed[key].setMaxLength(LONGEST_NAME)
            self.add(name, self.typed[key])
        self.add(self.tr("Container"), self.container)
        self.add(self.tr("Ingredients, one a line, the amount after a colon"), self.ingredients)
        self.add(self.tr("Steps, one a line"), self.steps)
        if self._before is None:
            self.reason.hide()
        else:
            self.add(self.tr("Reason for the new version"), self.reason)

    def _lines(self, number: int) -> QPlainTextEdit:
        field = QPlainTextEdit(self)
        field.setTabChangesFocus(True)
        field.setFixedHeight(field.fontMetrics().lineSpacing() * number + theme.step(self, 4))
        return field


def _ingredients(text: str) -> tuple[Ingredient, ...]:
    r"""Return what stands in the lines; a line without a name says nothing.

    >>> _ingredients("Naltrexone HCl: 4.5 mg each\nMCC")
    (Ingredient(name='Naltrexone HCl', amount='4.5 mg each'), Ingredient(name='MCC', amount=''))
    """
    split = (line.partition(":") for line in text.splitlines())
    found = tuple(Ingredient(name.strip(), amount.strip()) for name, _, amount in split)
    for each in found:
        if each.amount and not each.name:
            raise Refused(f"“{each.amount}” has no ingredient before its colon. Say what it is.")
    return tuple(each for each in found if each.name)


def _about(approved: Approved) -> str:
    """Return what a version says, line by line."""
    formula = approved.formula
    parts = [f"{each.name} {each.amount}".strip() for each in formula.ingredients]
    size = f"capsule size {formula.capsule_size}" if formula.capsule_size else ""
    fill = f"{plain(formula.fill_mg)} mg in a capsule" if formula.fill_mg else ""
    filler = f"filler {formula.filler}" if formula.filler else ""
    container = f"{formula.container} container" if formula.container else ""
    made = ", ".join(part for part in (size, fill, filler, container) if part)
    steps = (f"{number}. {step}" for number, step in enumerate(formula.steps.splitlines(), start=1))
    lines = (
        made[:1].upper() + made[1:],
        "; ".join(parts),
        "\n".join(steps),
        f"Approved by {approved.by} on {words.moment(approved.at)}",
    )
    return "\n".join(line for line in lines if line)
