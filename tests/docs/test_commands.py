"""Every command line in the documents is one that the program takes."""

import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from monitor.cli.root import cli
from tests.docs.documents import all_documents, blocks

PROGRAM = "nafta-monitor"
# A file of the reader's that is named in an example is not there when it is tried.
_MISSING = ("No such file", "does not exist")


def _lines() -> Iterator[tuple[Path, str]]:
    for path in all_documents():
        text = path.read_text(encoding="utf-8")
        for block in (*blocks(text, "sh"), *blocks(text, "bash"), *blocks(text, "console")):
            for line in block.replace("\\\n", " ").splitlines():
                yield path, line


def _calls() -> Iterator[tuple[Path, list[str]]]:
    """The arguments of each call of the program, up to a pipe or redirection."""
    for path, line in _lines():
        words = shlex.split(line, comments=True)
        for place, word in enumerate(words):
            runs = word == PROGRAM or word.endswith(f"/bin/{PROGRAM}")
            if runs and _may_stand_before(words[:place]):
                rest = words[place + 1 :]
                stops = [at for at, part in enumerate(rest) if part in {"|", ">", "<", "&&", ";"}]
                yield path, rest[: stops[0]] if stops else rest


def _may_stand_before(words: list[str]) -> bool:
    """Whether these words only set the program up: nothing, variables, or what runs it."""
    return all("=" in word for word in words) or words[-1] in {"--", "monitor"}


CALLS = list(_calls())


def _parse(command: click.Command, args: list[str]) -> None:
    with command.make_context(command.name, args) as context:
        if isinstance(command, click.Group):
            _, found, rest = command.resolve_command(
                context, [*context._protected_args, *context.args]
            )
            assert found is not None
            _parse(found, rest)


def test_there_are_command_lines() -> None:
    assert len(CALLS) > 15


@pytest.mark.parametrize(
    ("path", "args"), CALLS, ids=[f"{path.name}-{' '.join(args)}" for path, args in CALLS]
)
def test_command_line_is_taken(path: Path, args: list[str]) -> None:
    try:
        _parse(cli, args)
    except click.BadParameter as error:
        if not any(said in error.format_message() for said in _MISSING):
            raise
    except click.exceptions.Exit:
        assert "--help" in args or "-h" in args or "--version" in args
