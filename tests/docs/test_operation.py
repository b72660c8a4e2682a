"""What operators watch is told as it is."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from prometheus_client import Counter

from config.settings import load_settings
from monitor.metrics import Metrics
from tests.docs.documents import ROOT, bare, blocks, document, section, table_rows

TEXT = document("operation.md")
DOCUMENTED = {bare(row[0]): row[1] for row in table_rows(section(TEXT, "## Metrics"))}
METRICS = [metric for metric in vars(Metrics()).values() if hasattr(metric, "_labelnames")]


def _public_name(metric: object) -> str:
    name = getattr(metric, "_name")  # noqa: B009 — the client's own
    return f"{name}_total" if isinstance(metric, Counter) else name


@pytest.mark.parametrize("metric", METRICS, ids=[_public_name(metric) for metric in METRICS])
def test_metric_is_documented_with_its_labels(metric: object) -> None:
    labels = DOCUMENTED[_public_name(metric)]
    assert all(f"`{name}`" in labels for name in getattr(metric, "_labelnames"))  # noqa: B009


def test_no_metric_is_documented_that_is_not_there() -> None:
    assert set(DOCUMENTED) == {_public_name(metric) for metric in METRICS}


def test_metric_that_nothing_fills_is_told_as_empty() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "monitor").rglob("*.py"))
    told = {bare(row[0]): row[2] for row in table_rows(section(TEXT, "## Metrics"))}
    for name, metric in vars(Metrics()).items():
        if metric in METRICS:
            assert ("empty" in told[_public_name(metric)]) != (f"metrics.{name}." in code)


def test_log_messages_are_those_of_the_code() -> None:
    said = re.compile(r"log\.(?:debug|info|warning|error|exception)\(\s*\"([^\"]+)\"")
    files = (ROOT / "monitor").rglob("*.py")
    in_code = {name for file in files for name in said.findall(file.read_text(encoding="utf-8"))}
    rows = " ".join(row[0] for row in table_rows(section(TEXT, "## Logs")))
    assert set(re.findall(r"`([^`]+)`", rows)) == in_code


def test_compose_steps_are_those_of_the_file() -> None:
    told = blocks(section(TEXT, "## In a container"), "sh")[0].splitlines()
    file = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    steps = [line.removeprefix("#").strip() for line in file.splitlines() if line.startswith("# ")]
    assert [step for step in steps if step.startswith(("mkdir", "printf", "openssl"))] == told[:4]


def test_unit_is_valid(tmp_path: Path) -> None:
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("systemd-analyze is not installed")
    unit = tmp_path / "nafta-monitor.service"
    text = blocks(TEXT, "ini")[0]
    unit.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE))
    done = subprocess.run([tool, "verify", str(unit)], capture_output=True, text=True, check=False)
    assert unit.name not in done.stderr


def test_settings_example_is_valid(tmp_path: Path) -> None:
    file = tmp_path / "nafta-monitor.toml"
    file.write_text(blocks(TEXT, "toml")[0], encoding="utf-8")
    url = load_settings(file, environ={}).database.url.get_secret_value()
    assert url.startswith("sqlite:////var/lib/nafta-monitor/")
