"""Settings: defaults, file, environment, secrets; wrong ones told at once with their place."""

from pathlib import Path

import pytest

from config.settings import Settings, SettingsError, default_text, load_settings, masked

NOWHERE = Path("/dev/null")


def settings_from(tmp_path: Path, text: str, **environ: str) -> Settings:
    file = tmp_path / "nafta-monitor.toml"
    file.write_text(text, encoding="utf-8")
    return load_settings(file, environ)


def faults_of(tmp_path: Path, text: str, **environ: str) -> list[str]:
    with pytest.raises(SettingsError) as raised:
        settings_from(tmp_path, text, **environ)
    return raised.value.faults


def test_without_a_file_the_defaults_hold() -> None:
    settings = load_settings(NOWHERE, {})
    assert settings.web.port == 8787
    assert settings.database.url.get_secret_value() == "sqlite:///data/nafta-monitor.db"
    assert settings.deadlines.remind_days == (30, 7, 1)


def test_the_commented_file_holds_the_defaults(tmp_path: Path) -> None:
    assert settings_from(tmp_path, default_text()) == load_settings(NOWHERE, {})


def test_a_file_changes_only_what_it_names(tmp_path: Path) -> None:
    settings = settings_from(tmp_path, "[web]\nport = 9999\n")
    assert settings.web.port == 9999
    assert settings.web.host == "127.0.0.1"


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    settings = settings_from(tmp_path, "[web]\nport = 9999\n", NAFTA_MONITOR_WEB__PORT="8080")
    assert settings.web.port == 8080


@pytest.mark.parametrize("value", ["nafta,eu-mercosur", '["nafta", "eu-mercosur"]'])
def test_a_list_in_the_environment_is_toml_or_commas(value: str) -> None:
    settings = load_settings(NOWHERE, {"NAFTA_MONITOR_EXTRACT__PACKS": value})
    assert settings.extract.packs == ("nafta", "eu-mercosur")


def test_a_secret_can_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("sesame\n", encoding="utf-8")
    settings = load_settings(NOWHERE, {"NAFTA_MONITOR_WEB__TOKEN_FILE": str(secret)})
    assert settings.web.token.get_secret_value() == "sesame"


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "bom.toml"
    file.write_bytes(b"\xef\xbb\xbf[web]\nport = 1234\n")
    assert load_settings(file, {}).web.port == 1234


def test_all_faults_are_told_at_once_with_file_and_line(tmp_path: Path) -> None:
    faults = faults_of(
        tmp_path,
        '[web]\nprot = 1\nport = "high"\n[fetch]\ntimeout = -1\n[feches]\n',
        NAFTA_MONITOR_TYPO="1",
        NAFTA_MONITOR_LOG__LEVEL="loud",
    )
    told = "\n".join(faults)
    for place in (":2:", ":3:", ":5:", ":6:", "NAFTA_MONITOR_TYPO", "NAFTA_MONITOR_LOG__LEVEL"):
        assert place in told
    assert "did you mean 'port'" in told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("[web\n", "not valid TOML", id="syntax"),
        pytest.param("[deadlines]\ntime_zone = 'Mars/Base'", "must name a zone", id="zone"),
        pytest.param("[fetch]\nallow_private = ['x y']", "host:port", id="network"),
        pytest.param("[extract]\nlanguages = ['de']", "languages", id="language"),
        pytest.param("[feeds]\nmin_interval = 9\nmax_interval = 3", "longer", id="interval"),
        pytest.param("web = 1", "must be a section", id="no-section"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, text: str, words: str) -> None:
    assert words in "\n".join(faults_of(tmp_path, text))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path / "none.toml", {})


def test_secrets_are_masked_wherever_settings_are_shown() -> None:
    settings = load_settings(
        NOWHERE,
        {
            "NAFTA_MONITOR_DATABASE__URL": "postgresql://desk:hunter2@db/news",
            "NAFTA_MONITOR_WEB__TOKEN": "sesame",
        },
    )
    shown = f"{masked(settings)} {settings!r}"
    assert "hunter2" not in shown
    assert "sesame" not in shown
    assert masked(settings)["database"]["url"] == "postgresql://desk:***@db/news"
