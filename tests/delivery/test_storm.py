"""Whatever a receiver does and whenever the daemon is killed, every change arrives in order."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "storm.py"


@pytest.fixture
def storm(monkeypatch: pytest.MonkeyPatch) -> Any:
    spec = importlib.util.spec_from_file_location("storm", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "storm", module)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_nothing_is_missing_or_out_of_order_after_a_storm(storm: Any, tmp_path: Path) -> None:
    came = storm.run_storm(tmp_path, changes=160, kills=2, failures=0.3, limit=60)
    assert came.missing == 0
    assert came.out_of_order == 0
    assert (came.two_ids, came.two_bodies, came.forged) == (0, 0, 0)
    assert came.without_reason == 0
    assert sum(count for fate, count in came.fates.items() if fate != "ok") > 20
