"""The settings: defaults, then the file, then the environment; wrong ones all told at once."""

import difflib
import ipaddress
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
)
from pydantic_core import ErrorDetails

PREFIX = "NAFTA_MONITOR_"
DEFAULT_FILE = Path("nafta-monitor.toml")
SECRETS = frozenset({("database", "url"), ("web", "token"), ("webhooks", "secret_key")})

Seconds = Annotated[float, Field(gt=0, le=31_536_000)]
Count = Annotated[int, Field(ge=1)]
NotNegative = Annotated[int, Field(ge=0)]


def _networks_or_places(value: bool | tuple[str, ...]) -> bool | tuple[str, ...]:
    for item in () if isinstance(value, bool) else value:
        host, _, port = item.rpartition(":")
        if host and port.isdecimal():
            continue
        try:
            ipaddress.ip_network(item, strict=False)
        except ValueError as error:
            raise ValueError(
                f"{item!r} is neither a network (10.1.0.0/16) nor a host:port pair"
            ) from error
    return value


AllowPrivate = Annotated[bool | tuple[str, ...], AfterValidator(_networks_or_places)]


class SettingsError(Exception):
    """Settings that cannot be used; the message has a line for each fault, with its place."""

    exit_code = 2

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class DatabaseSettings(_Section):
    """The keys of ``[database]``."""

    url: SecretStr


class FetchSettings(_Section):
    """The keys of ``[fetch]``."""

    user_agent: Annotated[str, Field(min_length=1, pattern=r"^[\x20-\x7e]+$")]
    contact: Annotated[str, Field(pattern=r"^[\x20-\x7e]*$")]
    timeout: Seconds
    max_bytes: Count
    connections: Count
    host_connections: Count
    host_delay: Annotated[float, Field(ge=0)]
    robots: bool
    articles: bool
    allow_private: AllowPrivate


class FeedsSettings(_Section):
    """The keys of ``[feeds]``."""

    min_interval: Count
    max_interval: Count
    first_poll_articles: NotNegative
    max_age_days: Count


class ExtractSettings(_Section):
    """The keys of ``[extract]``."""

    workers: NotNegative
    time_limit: Seconds
    memory_limit_mb: Annotated[int, Field(ge=128)]
    languages: tuple[Literal["en", "fr", "es"], ...]
    packs: Annotated[tuple[str, ...], Field(min_length=1)]
    min_relevance: Annotated[float, Field(ge=0, le=1)]


class DeadlinesSettings(_Section):
    """The keys of ``[deadlines]``."""

    remind_days: tuple[NotNegative, ...]
    time_zone: str

    @field_validator("time_zone")
    @classmethod
    def _is_a_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("must name a zone such as America/Toronto") from error
        return name


class WebSettings(_Section):
    """The keys of ``[web]``."""

    host: str
    port: Annotated[int, Field(ge=0, le=65535)]
    token: SecretStr
    allowed_hosts: tuple[str, ...]
    rate_limit: NotNegative


class WebhooksSettings(_Section):
    """The keys of ``[webhooks]``."""

    retry_schedule: Annotated[tuple[Annotated[float, Field(ge=0)], ...], Field(min_length=1)]
    timeout: Seconds
    connections: Count
    allow_private: AllowPrivate
    secret_key: SecretStr


class RetentionSettings(_Section):
    """The keys of ``[retention]``."""

    articles_days: NotNegative
    deliveries_days: NotNegative
    keep_raw: bool


class LogSettings(_Section):
    """The keys of ``[log]``."""

    format: Literal["text", "json"]
    level: Literal["debug", "info", "warning", "error"]


class Settings(_Section):
    """All settings, checked."""

    database: DatabaseSettings
    fetch: FetchSettings
    feeds: FeedsSettings
    extract: ExtractSettings
    deadlines: DeadlinesSettings
    web: WebSettings
    webhooks: WebhooksSettings
    retention: RetentionSettings
    log: LogSettings


@dataclass(frozen=True, slots=True)
class _Source:
    """Where each value came from, for messages: (section, key) → place."""

    values: dict[str, dict[str, Any]]
    places: dict[tuple[str, ...], str]
    faults: list[str]


def default_text() -> str:
    """The commented file of all settings with their defaults."""
    return files("config").joinpath("defaults.toml").read_text(encoding="utf-8")


def load_settings(
    file: Path | None = None,
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[tuple[str, str], Any] | None = None,
) -> Settings:
    """The settings of *file* (default: ``./nafta-monitor.toml`` if it is there) and *environ*.

    *overrides* ((section, key) → value) come from the command line and win. Raises
    :class:`SettingsError` with every fault, each with its place.
    """
    source = _Source(tomllib.loads(default_text()), {}, [])
    _merge_file(source, file)
    _merge_environment(source, os.environ if environ is None else environ)
    for (section, key), value in (overrides or {}).items():
        source.values[section][key] = value
        source.places[section, key] = "the command line"
    settings = _validate(source)
    if source.faults or settings is None:
        raise SettingsError(source.faults)
    return settings


def _merge_file(source: _Source, file: Path | None) -> None:
    path = file or DEFAULT_FILE
    if file is None and not path.exists():
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
        found = tomllib.loads(text)
    except OSError as error:
        source.faults.append(f"{path}: the settings file cannot be read ({error.strerror}).")
        return
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        source.faults.append(f"{path}: this is not valid TOML: {error}.")
        return
    lines = _line_numbers(text)
    for section, keys in found.items():
        place = f"{path}:{lines.get((section,), 1)}"
        if section not in source.values:
            source.faults.append(_unknown(place, f"section [{section}]", section, source.values))
        elif not isinstance(keys, dict):
            source.faults.append(f"{place}: {section} must be a section, written [{section}].")
        else:
            for key, value in keys.items():
                _put(source, f"{path}:{lines.get((section, key), 1)}", section, key, value)


def _merge_environment(source: _Source, environ: Mapping[str, str]) -> None:
    for name, value in sorted(environ.items()):
        if not name.startswith(PREFIX):
            continue
        section, _, key = name[len(PREFIX) :].lower().partition("__")
        text = value
        if key.endswith("_file") and (section, key[:-5]) in SECRETS:
            key = key[:-5]
            try:
                text = Path(value).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                source.faults.append(f"{name}: the file {value} cannot be read.")
                continue
        if section not in source.values or not key:
            known = [f"{PREFIX}{s}__{k}".upper() for s, keys in source.values.items() for k in keys]
            source.faults.append(_unknown(name, "setting", name, known))
        else:
            _put(source, name, section, key, _from_text(source, section, key, text))


def _from_text(source: _Source, section: str, key: str, text: str) -> Any:
    """A list may be given as TOML or by commas; all else is left to the validation."""
    default = source.values[section].get(key)
    listed = isinstance(default, list) or (key == "allow_private" and text.lower() not in _BOOLEANS)
    if not listed:
        return text
    if text.lstrip().startswith("["):
        try:
            return tomllib.loads(f"value = {text}")["value"]
        except tomllib.TOMLDecodeError:
            return text
    return [part.strip() for part in text.split(",") if part.strip()]


_BOOLEANS = frozenset({"true", "false", "1", "0", "yes", "no", "on", "off"})


def _put(source: _Source, place: str, section: str, key: str, value: Any) -> None:
    if key not in source.values[section]:
        what = f"key {key!r} in [{section}]"
        source.faults.append(_unknown(place, what, key, source.values[section]))
        return
    source.values[section][key] = value
    source.places[section, key] = place


def _unknown(place: str, what: str, name: str, known: Mapping[str, Any] | list[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(sorted(known))}."
    return f"{place}: the {what} is unknown; {hint}"


def _line_numbers(text: str) -> dict[tuple[str, ...], int]:
    """The lines on which sections and keys of a plain TOML file begin."""
    lines: dict[tuple[str, ...], int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[([^\[\]]+)\]", line):
            section = header[1].strip()
            lines.setdefault((section,), number)
        elif key := re.match(r"\s*([A-Za-z0-9_.\"-]+)\s*=", line):
            name = key[1].strip('"')
            path = (section, name) if section else tuple(name.split("."))
            lines.setdefault(path, number)
            lines.setdefault(path[:1], number)
    return lines


def _validate(source: _Source) -> Settings | None:
    try:
        settings = Settings.model_validate(source.values)
    except ValidationError as error:
        source.faults.extend(
            dict.fromkeys(_describe(source, details) for details in error.errors())
        )
        return None
    if settings.feeds.min_interval > settings.feeds.max_interval:
        place = source.places.get(("feeds", "min_interval"), "[feeds] min_interval")
        source.faults.append(f"{place}: min_interval must not be longer than max_interval.")
    return settings


def _describe(source: _Source, details: ErrorDetails) -> str:
    section, key = str(details["loc"][0]), str(details["loc"][1])
    place = source.places.get((section, key), "the defaults")
    message = details["msg"].removeprefix("Value error, ")
    message = re.sub(r"^(Input|Value|Tuple|String)", "it", message)
    return f"{place}: [{section}] {key} is wrong: {message}."


def masked(settings: Settings) -> dict[str, dict[str, Any]]:
    """The settings as plain values with secrets (and the database's password) masked."""
    shown: dict[str, dict[str, Any]] = settings.model_dump()
    for section, key in SECRETS:
        secret: SecretStr = shown[section][key]
        value = secret.get_secret_value()
        if (section, key) == ("database", "url"):
            shown[section][key] = re.sub(r"(://[^:/@]*:)[^@]*@", r"\1***@", value)
        else:
            shown[section][key] = "***" if value else ""
    return shown
