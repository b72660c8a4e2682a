"""What `extract` tells a person about one text."""

from click.testing import CliRunner

from monitor.cli.root import cli

TEXT = 'The ministers meet on Wednesday. "We will not sign that," Ann Roy said of NAFTA.'
HINT = "give it with --published"


def told(*options: str) -> str:
    done = CliRunner().invoke(cli, ["extract", *options, "-"], input=TEXT)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_text_without_its_day_says_what_that_day_would_give() -> None:
    assert HINT in told()
    with_day = told("--published", "2018-03-26")
    assert HINT not in with_day
    assert "2018-03-28" in with_day
