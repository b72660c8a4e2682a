"""Makes a headless Chromium available to the tests, where that is possible.

Run as ``python -m tests.browser_setup``. With Chromium and its driver on the machine nothing is
done. As root on a Debian they are installed by apt. Elsewhere the browser tests are skipped, with
the reason. The accessibility checker axe-core is fetched too (:mod:`tests.axe_setup`).
"""

import os
import shutil
import subprocess
import sys

from tests import axe_setup

PACKAGES = ("chromium", "chromium-driver")
_MINUTES = 5


def browser() -> tuple[str, str] | None:
    """The paths of Chromium and of its driver, or None."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    driver = shutil.which("chromedriver")
    return (chromium, driver) if chromium and driver else None


def install() -> str | None:
    """Install them where that is possible; returns why not, or None."""
    if browser():
        return None
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return "no Chromium, and no right to install one (apt as root)"
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (("update",), ("install", "--no-install-recommends", "-y", *PACKAGES)):
        try:
            done = subprocess.run(
                ["apt-get", "-q", *arguments],
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_MINUTES * 60,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return f"apt-get {arguments[0]} took over {_MINUTES} minutes"
        if done.returncode:
            return f"apt-get {arguments[0]} failed with status {done.returncode}"
    return None if browser() else "apt installed no Chromium"


if __name__ == "__main__":
    reason = install()
    if reason:
        sys.stderr.write(f"The browser tests will be skipped: {reason}.\n")
    missing = axe_setup.install()
    if missing:
        sys.stderr.write(f"The browser tests with axe-core will be skipped: {missing}.\n")
