"""Pictures of the page for the documentation, taken from the demo by a headless Chromium.

Run as ``python -m docs.screenshots`` from the repository; it writes ``docs/page.png``,
``docs/page-dark.png`` and ``docs/page-narrow.png``.
"""

import base64
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from config.packs import load_packs
from monitor.demo.show import BANNER, show_once
from storage.engine import open_database
from tests.web.browsing import Reader, chromium
from tests.web.conftest import serve

_FOLDER = Path(__file__).parent
_LARGEST = 400_000
# The name, the scheme of colours, and how much of the page is seen.
_PICTURES = (
    ("page.png", "light", 1280, 1500),
    ("page-dark.png", "dark", 1280, 1500),
    ("page-narrow.png", "light", 390, 1400),
)


def main() -> None:
    """Play the demo once, and take the pictures of what it left."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/demo.db"
        if not show_once(address, lambda _: None).counts["articles"]:
            raise SystemExit("The demo has read no article.")
        database = open_database(address)
        packs = load_packs(("nafta",))
        values = {
            "banner": BANNER,
            "issue_names": {issue.id: issue.names for pack in packs for issue in pack.issues},
            "party_names": {party.id: party.names for pack in packs for party in pack.parties},
            "version": version("nafta-monitor"),
            "now": lambda: datetime.now(UTC),
        }
        with serve(database, **values) as client, chromium() as driver:
            reader = Reader(driver, str(client.base_url).rstrip("/"))
            for name, scheme, width, height in _PICTURES:
                reader.size(width, height)
                reader.scheme(scheme)
                reader.open("/?ui=en")
                _take(reader, _FOLDER / name)
            driver.get("about:blank")
        database.close()


def _take(reader: Reader, path: Path) -> None:
    shot = reader.cdp("Page.captureScreenshot", format="png", optimizeForSpeed=False)
    picture = base64.b64decode(shot["data"])
    if len(picture) > _LARGEST:
        raise SystemExit(f"{path.name} has {len(picture)} bytes; {_LARGEST} are the most.")
    path.write_bytes(picture)
    print(f"{path.name}: {len(picture):,} bytes")  # noqa: T201


if __name__ == "__main__":
    main()
