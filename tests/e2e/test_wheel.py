"""The built wheel works in an environment of its own, from any folder."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (
    '"We will not accept a sunset clause in NAFTA," Canada\'s minister Chrystia Freeland said. '
    "The United States has set a deadline of May 1 for an answer.\n"
)


def uv(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "uv", "--quiet", *arguments], cwd=ROOT, check=True)


def tracked_files() -> list[str]:
    """All that the four packages hold, but for what Python makes of it."""
    return [
        str(path.relative_to(ROOT))
        for package in ("monitor", "extractors", "storage", "config")
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]


@pytest.mark.slow
def test_the_wheel_holds_all_that_it_needs(tmp_path: Path) -> None:
    uv("build", "--wheel", "--out-dir", str(tmp_path))
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        missing = set(tracked_files()) - set(archive.namelist())
    assert not missing
    home = tmp_path / "environment"
    uv("venv", "--python", sys.executable, str(home))
    lock = str(ROOT / "requirements.lock")
    uv("pip", "install", "--python", str(home), "--constraint", lock, str(wheel))

    def call(*arguments: str, input: str = "") -> str:
        return subprocess.run(
            [str(home / "bin" / "nafta-monitor"), *arguments],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
            input=input,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    assert call("--version").startswith("nafta-monitor")
    call("packs", "check", "nafta")
    call("db", "upgrade")
    call("run", "--help")
    extracted = call("extract", "--published", "2018-03-28", "-", input=TEXT)
    assert "Chrystia Freeland" in extracted
    assert "2018-05-01" in extracted
    assert "sunset-review" in extracted
