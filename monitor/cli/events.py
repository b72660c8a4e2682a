"""Listing what is stored: events, quotes, deadlines, issues, positions, articles, stories."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from monitor.cli.context import format_option, open_store, print_rows, settings_of
from monitor.errors import UsageError
from storage.queries import (
    BadFilterError,
    Filters,
    filters_of,
    since_of,
    until_of,
)
from storage.streaming import stream_rows

F = TypeVar("F", bound=Callable[..., Any])

_HELP = {
    "type": "quote, deadline or issue_mention.",
    "speaker": "Part of the speaker's name.",
    "actor": "A person or organisation, by the pack's id.",
    "party": "A party: CA, US, MX, …",
    "issue": "An issue, by the pack's id.",
    "stance": "demands, opposes, concedes, concern, open, agreed or neutral.",
    "kind": "The kind of quote, deadline or article.",
    "lang": "Language: en, fr or es.",
    "outlet": "Part of the outlet's name.",
    "status": "active, passed or withdrawn.",
    "search": 'Words that all occur; also a "phrase" or the beginning of a word: negoc*.',
    "story": "A story, by its id.",
    "topic": "A change's topic.",
    "event": "An event, by its id.",
}
_DATES = {
    "since": "Published on or after this day.",
    "until": "Published on or before this day.",
    "due_since": "Due on or after this day.",
    "due_until": "Due on or before this day.",
}


def filter_options(view: str, limit: int | None = 50) -> Callable[[F], F]:
    """The options of the filters that make sense for *view*, with ``--limit``."""

    def add(command: F) -> F:
        for name in reversed(filters_of(view)):
            option = f"--{name.replace('_', '-')}"
            if name in _DATES:
                kind = click.DateTime(["%Y-%m-%d"])
                command = click.option(option, type=kind, help=_DATES[name])(command)
            else:
                command = click.option(option, metavar="TEXT", help=_HELP[name])(command)
        return click.option(
            "--limit", type=click.IntRange(min=1), default=limit, show_default=limit == 50
        )(command)

    return add


def filters_from(options: Mapping[str, Any]) -> Filters:
    """The filters that command-line *options* ask for; those that are no filters are ignored."""
    values: dict[str, Any] = {}
    for item in fields(Filters):
        given = options.get(item.name)
        if given is None:
            continue
        if item.name in _DATES:
            day: date = given.date()
            values[item.name] = _BOUNDS[item.name](day)
        else:
            values[item.name] = given
    return Filters(**values)


def _next_day(day: date) -> date:
    return date.fromordinal(min(day.toordinal() + 1, date.max.toordinal()))


_BOUNDS: dict[str, Callable[[date], Any]] = {
    "since": lambda day: since_of(day.isoformat()),
    "until": lambda day: until_of(day.isoformat()),
    "due_since": lambda day: day,
    "due_until": _next_day,
}


def stream(
    ctx: click.Context, view: str, filters: Filters, limit: int | None, order: str = "newest"
) -> Iterator[dict[str, Any]]:
    """Up to *limit* rows of *view* that pass *filters*, in flat memory however many there are.

    Raises :class:`UsageError` for a filter's value that cannot be used.
    """
    try:
        yield from stream_rows(open_store(ctx), view, filters, limit=limit, order=order)
    except BadFilterError as error:
        raise UsageError(str(error)) from error


def all_rows(
    ctx: click.Context, view: str, filters: Filters, limit: int, order: str = "newest"
) -> list[dict[str, Any]]:
    """The rows of :func:`stream` as a list."""
    return list(stream(ctx, view, filters, limit, order))


def _listing(name: str, view: str, columns: str, about: str, example: str) -> click.Command:
    """The command that lists *view*; a table shows *columns*."""

    @click.command(name, help=f"{about}\n\nExample: nafta-monitor {example}")
    @filter_options(view)
    @format_option
    @click.pass_context
    def command(ctx: click.Context, /, form: str, limit: int, **options: Any) -> None:
        rows = stream(ctx, view, filters_from(options), limit)
        print_rows(rows, columns.split(), form)

    return command


events_command = _listing(
    "events",
    "events",
    "event_id type status published_at party sightings outlet text",
    "List events of all types, newest first.",
    "events --issue dairy-supply-management --format jsonl",
)
quotes_command = _listing(
    "quotes",
    "quotes",
    "event_id published_at speaker_name party kind sightings outlet text",
    "List statements: who said what, newest first.",
    "quotes --speaker Verheul --since 2018-01-01",
)
issues_command = _listing(
    "issues",
    "issue_mentions",
    "event_id published_at issue party stance sightings outlet text",
    "List positions on issues as stories gave them, newest first.",
    "issues --party US --stance demands",
)
positions_command = _listing(
    "positions",
    "positions",
    "issue party stance since previous_stance event_id text",
    "List where each party stands on each issue now.",
    "positions --issue sunset-review",
)
articles_command = _listing(
    "articles",
    "articles",
    "article_id published_at lang outlet relevance kind title",
    "List articles, newest first.",
    "articles --outlet Ledger",
)
stories_command = _listing(
    "stories",
    "stories",
    "story_id first_published_at lang articles outlets title",
    "List stories: clusters of articles that are copies of one text.",
    "stories --search tariffs",
)


@click.command("deadlines")
@filter_options("deadlines")
@click.option("--upcoming", is_flag=True, help="Only those ahead, soonest first.")
@click.option("--clock", metavar="RULE", help="Reckon a legal clock of the pack instead.")
@click.option(
    "--anchor", type=click.DateTime(["%Y-%m-%d"]), help="With --clock: the day that it runs from."
)
@click.option("--backwards", is_flag=True, help="With --clock: from the act back to the anchor.")
@click.option(
    "--sitting-days",
    type=click.Path(path_type=Path),
    help="With --clock: a file of the days on which the body sits, ISO dates.",
)
@format_option
@click.pass_context
def deadlines_command(
    ctx: click.Context,
    /,
    form: str,
    limit: int,
    upcoming: bool,
    clock: str | None,
    anchor: datetime | None,
    backwards: bool,
    sitting_days: Path | None,
    **options: Any,
) -> None:
    """List dates by which something is due, newest first; or reckon a legal clock.

    Example: nafta-monitor deadlines --upcoming

    Example: nafta-monitor deadlines --clock tpa-notice-sign --anchor 2018-11-29
    """
    if clock is not None:
        from monitor.cli.clock import print_clock

        if anchor is None:
            raise UsageError("--clock needs --anchor DATE, the day that the clock runs from.")
        print_clock(
            settings_of(ctx), clock, anchor.date(), backwards=backwards, sitting=sitting_days
        )
        return
    if anchor is not None or backwards or sitting_days is not None:
        raise UsageError("--anchor, --backwards and --sitting-days belong to --clock RULE.")
    if upcoming:
        options["status"] = options.get("status") or "active"
    rows = stream(ctx, "deadlines", filters_from(options), limit, "due" if upcoming else "newest")
    columns = "event_id due_from due_to kind certainty set_by_party moves sightings what"
    print_rows(rows, columns.split(), form)
