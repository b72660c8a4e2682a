"""A PostgreSQL server for the tests: the environment's, else one of our own from its binaries."""

import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

from filelock import FileLock

_START_SECONDS = 60


class UnavailableError(Exception):
    """No server can be had; the message says why."""


def server_url(folder: Path) -> str:
    """The address of a running server with a migrated template database.

    The first caller starts it; others, in whatever process, wait for it. A server named by
    ``TEST_POSTGRES_URL`` is used as it is.
    """
    with FileLock(folder.with_suffix(".lock")):
        known = folder / "url"
        if known.exists():
            return known.read_text()
        url = os.environ.get("TEST_POSTGRES_URL") or _start(folder)
        _make_template(url)
        known.write_text(url)
        return url


def stop_server(folder: Path) -> None:
    """Stop the server that :func:`server_url` started in *folder*, if it did."""
    data = folder / "data"
    if (data / "postmaster.pid").exists():
        run([binary("pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop"], data.owner())
    folder.with_suffix(".lock").unlink(missing_ok=True)


def binary(name: str) -> str:
    """The path of a program of PostgreSQL; raises :class:`UnavailableError`."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    path = os.pathsep.join([*(str(place) for place in places), os.environ.get("PATH", "")])
    found = shutil.which(name, path=path)
    if found is None:
        raise UnavailableError(f"{name} is not installed and TEST_POSTGRES_URL is not set")
    return found


def server_user() -> str | None:
    """Who runs the server: root may not, so another user must."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise UnavailableError("root cannot run it and there is no user `nobody`")


def run(command: list[str], user: str | None) -> None:
    """Run *command* as *user*; raises :class:`UnavailableError` where it fails."""
    options: dict[str, Any] = {}
    if user is not None and os.geteuid() == 0:
        account = pwd.getpwnam(user)
        options = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    done = subprocess.run(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd="/",
        timeout=_START_SECONDS,
        check=False,
        text=True,
        **options,
    )
    if done.returncode:
        raise UnavailableError(f"{command[0]} failed: {done.stderr.strip()[-300:]}")


def _start(folder: Path) -> str:
    user = server_user()
    data = folder / "data"
    if user is not None:
        account = pwd.getpwnam(user)
        os.chown(folder, account.pw_uid, account.pw_gid)
    initdb = [binary("initdb"), "-D", str(data), "-U", "tests", "-A", "trust", "-E", "UTF8"]
    run([*initdb, "--locale=C.UTF-8", "--no-sync"], user)
    options = (
        f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off "
        "-c synchronous_commit=off -c full_page_writes=off -c max_connections=300"
    )
    log = str(folder / "log")
    run([binary("pg_ctl"), "-D", str(data), "-l", log, "-o", options, "-w", "start"], user)
    return f"postgresql://tests@/?host={folder}"


def _make_template(url: str) -> None:
    import psycopg

    from storage.engine import open_database
    from storage.migrate import upgrade

    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            with psycopg.connect(f"{url}&dbname=postgres", autocommit=True) as connection:
                connection.execute("DROP DATABASE IF EXISTS nafta_template")
                connection.execute("CREATE DATABASE nafta_template")
            break
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise UnavailableError(str(error)) from error
            time.sleep(0.1)
    template = open_database(url.replace("/?", "/nafta_template?", 1))
    upgrade(template)
    template.close()
