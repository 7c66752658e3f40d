"""Commands for people: added, renamed, retired, with PINs that are never written on a command line."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ldninv.cli import output
from ldninv.cli.options import app
from ldninv.cli.session import Session, secret
from ldninv.domain.people import Role, name_key
from ldninv.domain.refusal import Refused
from ldninv.services import people
from ldninv.services.context import Context

Name = Annotated[str, typer.Argument(help="The person's name, or one they had.")]

users_app = typer.Typer(help="People: who acts, who signs.", no_args_is_help=True)
app.add_typer(users_app, name="users")


@users_app.command("list", epilog="Example: ldninv users list")
def list_people(
    context: typer.Context,
    everybody: Annotated[bool, typer.Option("--all", help="Also those who left.")] = False,
) -> None:
    """List who works here."""
    session: Session = context.obj
    with session.context() as here:
        _say(session, here, everybody=everybody)


@users_app.command("add", epilog='Example: LDNINV_NEW_PIN=… ldninv users add "Mara Lind" --role pharmacist')
def add_person(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The person's name.")],
    role: Annotated[Role, typer.Option(help="What they are here.")],
) -> None:
    """Add a person, with a PIN from LDNINV_NEW_PIN or typed; the first is a pharmacist or an admin."""
    session: Session = context.obj
    pin = _new_pin(name)
    with session.context(create=True) as here:
        first = not people.everybody(here)
        people.add(here, name, role, pin)
        _say(session, here)
    if first:
        output.say(
            [
                "From now on writing asks who acts (--user NAME and LDNINV_PIN), and releases are signed.",
                "Add another pharmacist or admin soon: only they can give a new PIN to who forgot theirs.",
            ]
        )


@users_app.command("rename", epilog='Example: ldninv users rename "Ana Ruiz" --to "Ana Weber"')
def rename(context: typer.Context, name: Name, to: Annotated[str, typer.Option(help="The new name.")]) -> None:
    """Let a person go by another name; they stay the same person."""
    session: Session = context.obj
    with session.context() as here:
        people.rename(here, name, to)
        _say(session, here)


@users_app.command("role", epilog='Example: ldninv users role "Ben Okoye" pharmacist')
def role(context: typer.Context, name: Name, role: Annotated[Role, typer.Argument(help="What they become.")]) -> None:
    """Make a person something else."""
    session: Session = context.obj
    with session.context() as here:
        people.set_role(here, name, role)
        _say(session, here)


@users_app.command("retire", epilog='Example: ldninv users retire "Ben Okoye" --reason "moved away"')
def retire(context: typer.Context, name: Name, reason: Annotated[str | None, typer.Option(help="Why.")] = None) -> None:
    """Let a person leave; all they did stays."""
    session: Session = context.obj
    with session.context() as here:
        people.retire(here, name, reason)
        _say(session, here)


@users_app.command("return", epilog='Example: LDNINV_NEW_PIN=… ldninv users return "Ben Okoye"')
def bring_back(context: typer.Context, name: Name) -> None:
    """Let a person who left come back, with a new PIN."""
    session: Session = context.obj
    pin = _new_pin(name)
    with session.context() as here:
        people.bring_back(here, name, pin)
        _say(session, here)


@users_app.command("pin", epilog='Example: ldninv users pin "Ana Ruiz"')
def pin(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Whose, where it is not your own.")] = None,
) -> None:
    """Change your own PIN, or give somebody a new one, which they change before they sign."""
    session: Session = context.obj
    whose = name or session.user
    if not whose:
        raise Refused("Say whose PIN: put --user NAME before the command for your own, or name the person after it.")
    with session.context() as here:
        if session.user and name_key(whose) == name_key(session.user):
            people.change_pin(here, whose, secret("LDNINV_PIN", "Your PIN"), _new_pin(whose))
        else:
            people.reset_pin(here, whose, _new_pin(whose))
    output.one(session.format, {"name": whose}, f"{whose} has a new PIN.")


@users_app.command("badge", epilog='Example: ldninv users badge "Ana Ruiz"')
def badge(
    context: typer.Context,
    name: Name,
    remove: Annotated[bool, typer.Option("--remove", help="Take it away.")] = False,
) -> None:
    """Give a person a badge, from LDNINV_BADGE or scanned."""
    session: Session = context.obj
    text = None if remove else secret("LDNINV_BADGE", "Scan the badge")
    with session.context() as here:
        people.set_badge(here, name, text)
        output.one(session.format, {"name": name}, f"{name} has {'no badge' if remove else 'a new badge'}.")


def _new_pin(name: str) -> str:
    pin = secret("LDNINV_NEW_PIN", f"A new PIN for {name}")
    if sys.stdin.isatty() and sys.stderr.isatty() and secret("LDNINV_NEW_PIN", "The same once more") != pin:
        raise Refused("The two PINs differ. Nothing was changed; try again.")
    return pin


def _say(session: Session, here: Context, *, everybody: bool = False) -> None:
    found = people.everybody(here) if everybody else people.at_work(here)
    facts: list[dict[str, object]] = [{"name": person.name, "role": person.role.value} for person in found]
    columns = {"name": "Name", "role": "Role"}
    if everybody:
        facts = [fact | {"retired": person.retired} for fact, person in zip(facts, found, strict=True)]
        columns |= {"retired": "Left"}
    output.rows(session.format, facts, columns, none="Nobody was added yet.")
