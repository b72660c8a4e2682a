"""``nafta-monitor packs``: which packs there are, what is in one, and what is wrong with one."""

from typing import Any

import click

from config.packs import Pack, check_pack, load_packs, shipped_packs
from config.packs.ambiguity import shared_terms
from monitor.cli.context import format_option, print_rows, settings_of

# The parts of a pack in the order of its files.
_PARTS = ("parties", "people", "organisations", "issues", "milestones", "clocks", "feeds")


@click.group("packs", epilog="Example: nafta-monitor packs list")
def packs_command() -> None:
    """Look at packs (the facts of a negotiation), or check one of your own."""


@packs_command.command("list", epilog="Example: nafta-monitor packs list --format json")
@format_option
@click.pass_context
def list_packs(ctx: click.Context, form: str) -> None:
    """List the packs that come with the program and those that the settings name."""
    used = settings_of(ctx).extract.packs
    rows = [_summary(name, name in used) for name in dict.fromkeys([*shipped_packs(), *used])]
    print_rows(rows, ("pack", "version", "in_use", "title", "issues", "people", "feeds"), form)


def _summary(name: str, in_use: bool) -> dict[str, Any]:
    (pack,) = load_packs([name])
    return {
        "pack": name,
        "version": pack.version,
        "in_use": in_use,
        "title": _in_english(pack.title),
        **{part: len(getattr(pack, part)) for part in _PARTS},
    }


@packs_command.command("show", epilog="Example: nafta-monitor packs show nafta issues")
@click.argument("name")
@click.argument("part", type=click.Choice(_PARTS), default="issues")
@format_option
def show(name: str, part: str, form: str) -> None:
    """Show one PART of the pack NAME (a shipped pack or a folder); its issues unless you say."""
    (pack,) = load_packs([name])
    rows = [_ROWS[part](entry) for entry in getattr(pack, part)]
    print_rows(rows, list(rows[0]) if rows else [], form)


@packs_command.command("check", epilog="Example: nafta-monitor packs check ./my-pack")
@click.argument("name", metavar="FOLDER|NAME")
def check(name: str) -> int:
    """Say what is wrong with a pack, each fault with its file and line; exit status 1 if any.

    Terms that stand for two issues at once are told as well; they are no fault.
    """
    faults = check_pack(name)
    for fault in faults:
        click.echo(fault)
    if faults:
        return 1
    (pack,) = load_packs([name])
    for warning in shared_terms(pack):
        click.echo(f"warning: {warning}", err=True)
    click.echo(f"{name}: the pack is right ({_counted(pack)}).", err=True)
    return 0


def _counted(pack: Pack) -> str:
    return ", ".join(f"{len(getattr(pack, part))} {part}" for part in _PARTS)


def _in_english(texts: Any) -> str:
    """The English text, or the first in another language."""
    return str(texts.get("en") or next(iter(texts.values()), ""))


def _person(person: Any) -> dict[str, Any]:
    office = person.office_on(None)
    return {
        "id": person.id,
        "name": person.name,
        "party": person.party,
        "title": _in_english(office.title) if office else None,
        "from": office.start if office else None,
        "until": office.end if office else None,
    }


def _clock(clock: Any) -> dict[str, Any]:
    return {
        "id": clock.id,
        "length": f"{clock.length} {clock.unit} {clock.direction}",
        "anchor": _in_english(clock.anchor),
        "source": clock.source,
    }


def _named(*columns: str) -> Any:
    def row(entry: Any) -> dict[str, Any]:
        names = getattr(entry, "names", None) or getattr(entry, "what", None)
        plain = {column: getattr(entry, column) for column in columns}
        return plain | ({"name": _in_english(names)} if names else {})

    return row


_ROWS: dict[str, Any] = {
    "parties": _named("id", "zone"),
    "people": _person,
    "organisations": _named("id", "party"),
    "issues": _named("id", "group"),
    "milestones": _named("id", "kind", "start", "end"),
    "clocks": _clock,
    "feeds": _named("outlet", "lang", "party", "url"),
}
