"""Running the program as a user does: another process, its output and exit status."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.press import Press

ENVIRONMENT = {
    name: value for name, value in os.environ.items() if not name.startswith("NAFTA_MONITOR_")
}


@dataclass(frozen=True, slots=True)
class Program:
    """nafta-monitor with a settings file and a database of its own, in a folder of its own."""

    folder: Path
    database: str

    def arguments(self, *arguments: str) -> list[str]:
        """The command line of a call."""
        return [sys.executable, "-m", "monitor", "--database", self.database, *arguments]

    def run(self, *arguments: str, status: int = 0, input: str = "") -> str:
        """Call it, require the exit *status*, and return its standard output."""
        return self.call(*arguments, status=status, input=input).stdout

    def call(
        self, *arguments: str, status: int = 0, input: str = ""
    ) -> "subprocess.CompletedProcess[str]":
        """Call it, require the exit *status* and no traceback, and return all of it."""
        done = subprocess.run(
            self.arguments(*arguments),
            cwd=self.folder,
            env=ENVIRONMENT,
            input=input,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stderr}"
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        """The rows of a listing."""
        found: list[dict[str, Any]] = json.loads(self.run(*arguments, "--format", "json"))
        return found


def program_for(folder: Path, database: str, press: Press, **settings: str) -> Program:
    """The program with settings that let it reach *press* and wait for nothing."""
    host = press.base.removeprefix("http://")
    (folder / "nafta-monitor.toml").write_text(
        f"""
[fetch]
allow_private = ["{host}"]
host_delay = 0
host_connections = 4
[feeds]
min_interval = 1
max_interval = 2
max_age_days = 36500
[extract]
workers = 2
[webhooks]
allow_private = ["{host}"]
retry_schedule = [{settings.get("retry_schedule", "0.1, 0.2, 0.5")}]
[log]
level = "warning"
""",
        encoding="utf-8",
    )
    return Program(folder, database)
