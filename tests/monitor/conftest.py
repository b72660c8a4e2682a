"""A pause that is none, for tests of what happens after an error."""

import pytest

from monitor import scheduling


@pytest.fixture
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """Go on at once after an error."""
    monkeypatch.setattr(scheduling, "_PAUSE_AFTER_ERROR", 0.0)
