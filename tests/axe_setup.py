"""Makes axe-core, the accessibility checker, available to the browser tests where that is possible.

It is a test tool under the MPL 2.0 and no part of this project: it is fetched by npm from the npm
registry into the environment that runs the tests. Without npm or a network those tests are
skipped, with the reason.
"""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "4.14.1"
_SHA256 = "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745"
_FILE = Path(sys.prefix) / "share" / "axe-core" / VERSION / "axe.min.js"
_SECONDS = 120


def axe() -> str | None:
    """The script, or None where it was not fetched."""
    return _FILE.read_text(encoding="utf-8") if _FILE.exists() else None


def install() -> str | None:
    """Fetch it where that is possible; returns why not, or None."""
    if _FILE.exists():
        return None
    npm = shutil.which("npm")
    if npm is None:
        return "no npm to fetch axe-core with"
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                [npm, "pack", "--silent", f"axe-core@{VERSION}"],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return f"npm took over {_SECONDS} seconds for axe-core"
        packed = Path(folder) / f"axe-core-{VERSION}.tgz"
        if done.returncode or not packed.exists():
            return "npm could not fetch axe-core"
        if hashlib.sha256(packed.read_bytes()).hexdigest() != _SHA256:
            return "the axe-core that npm fetched is not the one that was looked at"
        with tarfile.open(packed) as archive:
            script = archive.extractfile("package/axe.min.js")
            assert script is not None
            _FILE.parent.mkdir(parents=True, exist_ok=True)
            _FILE.write_bytes(script.read())
    return None
