"""The shipped packs, and a folder for one of one's own."""

from pathlib import Path

import pytest

from config.packs import Pack, load_packs, shipped_packs
from tests.config.written import HEAD, PARTIES, WritePack


@pytest.fixture
def write_pack(tmp_path: Path) -> WritePack:
    """A function that writes a small pack; a file is given as ``people="…"``."""

    def write(head: str = HEAD, **files: str) -> Path:
        texts = {"pack": head, "parties": PARTIES} | files
        for name, text in texts.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture(scope="module", params=shipped_packs())
def shipped(request: pytest.FixtureRequest) -> Pack:
    """Each pack that ships, in turn."""
    return load_packs([request.param])[0]


@pytest.fixture(scope="module")
def nafta() -> Pack:
    """The pack of the North American negotiation."""
    return load_packs(["nafta"])[0]
