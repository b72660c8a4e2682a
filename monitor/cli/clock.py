"""Reckoning a legal clock for ``nafta-monitor deadlines --clock``."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from config.settings import Settings
from monitor.errors import MonitorError, UsageError

if TYPE_CHECKING:
    from config.packs.types import ClockRule


def print_clock(
    settings: Settings, rule_id: str, given: date, *, backwards: bool, sitting: Path | None
) -> None:
    """Print the day that the rule *rule_id* gives from *given*, and how it was reckoned.

    Raises :class:`UsageError` for a rule or a file of sitting days that is none.
    """
    from extractors.reckoning import UnreckonableError, reckon

    rule = _rule(settings, rule_id)
    try:
        found = reckon(rule, given, backwards=backwards, sitting_days=_days(sitting))
    except UnreckonableError as error:
        raise MonitorError(str(error)) from error
    click.echo(found.day.isoformat())
    for step in found.steps:
        click.echo(f"  {step}")


def _rule(settings: Settings, rule_id: str) -> "ClockRule":
    from difflib import get_close_matches

    from config.packs import load_packs

    rules = {rule.id: rule for pack in load_packs(settings.extract.packs) for rule in pack.clocks}
    if rule_id in rules:
        return rules[rule_id]
    near = get_close_matches(rule_id, rules, n=1)
    hint = f"did you mean {near[0]!r}?" if near else "`packs show nafta clocks` lists them."
    raise UsageError(f"There is no clock {rule_id!r}; {hint}")


def _days(file: Path | None) -> list[date]:
    if file is None:
        return []
    try:
        lines = file.read_text(encoding="utf-8").split()
        return [date.fromisoformat(line) for line in lines]
    except (OSError, ValueError) as error:
        raise UsageError(f"{file} must hold ISO dates, one a line ({error}).") from error
