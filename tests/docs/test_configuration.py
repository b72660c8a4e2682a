"""Every setting is told, with its default as it is."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import PREFIX, SECRETS, Settings, SettingsError, default_text, load_settings
from tests.docs.documents import bare, blocks, document, section, table_rows

TEXT = document("configuration.md")
DEFAULTS = tomllib.loads(default_text())
SETTINGS = [
    (name, key)
    for name, field in Settings.model_fields.items()
    for key in getattr(field.annotation, "model_fields")  # noqa: B009 — pydantic's own
]


def _documented(name: str) -> dict[str, list[str]]:
    rows = table_rows(section(TEXT, f"### `[{name}]`"))
    return {bare(key): rest for key, *rest in rows}


@pytest.mark.parametrize(("name", "key"), SETTINGS)
def test_setting_is_documented_with_its_default(name: str, key: str) -> None:
    default, variable, meaning = _documented(name)[key]
    assert tomllib.loads(f"value = {bare(default)}")["value"] == DEFAULTS[name][key]
    assert bare(variable) == f"{PREFIX}{name}__{key}".upper()
    assert len(meaning.split()) > 3


@pytest.mark.parametrize("name", Settings.model_fields)
def test_no_setting_is_documented_that_is_not_there(name: str) -> None:
    assert set(_documented(name)) == {key for where, key in SETTINGS if where == name}


def test_secrets_that_can_be_files_are_documented() -> None:
    told = {bare(row[0]) for row in table_rows(section(TEXT, "## Secrets from files"))}
    assert told == {f"{PREFIX}{name}__{key}_FILE".upper() for name, key in SECRETS}


@pytest.mark.parametrize("number", range(len(blocks(TEXT, "toml"))))
def test_example_file_is_valid(number: int, tmp_path: Path) -> None:
    file = tmp_path / "nafta-monitor.toml"
    file.write_text(blocks(TEXT, "toml")[number], encoding="utf-8")
    load_settings(file, environ={})


def test_environment_example_is_valid() -> None:
    words = section(TEXT, "## How values are written in the environment").split()
    given = dict(word.split("=", 1) for word in words if word.startswith(PREFIX))
    settings = load_settings(environ=given)
    assert (settings.web.port, settings.extract.languages) == (8080, ("en", "fr"))


def _faulty_file() -> Iterator[str]:
    yield from ("[web]", "prot = 8080", "", "[fetch]", 'timeout = "soon"')


def test_faults_look_as_documented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("nafta-monitor.toml").write_text("\n".join(_faulty_file()), encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        load_settings(environ={f"{PREFIX}WEB__TOKN": "x"})
    told = blocks(section(TEXT, "## When a setting is wrong"), "text")[0]
    assert told.strip() == f"Error: {raised.value}"
    assert raised.value.exit_code == 2
