# Everything runs in .venv, made from requirements.lock; a stamp makes the second time quick.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# The tests' own needs that no wheel brings (a browser) are installed where that is possible.
JOBS ?= auto

.PHONY: setup run demo test check bench lock clean help

help:
	@echo "make run    start the monitor and its page     make demo   the bundled press world, offline"
	@echo "make test   run the tests                      make check  lint, types, import rules"
	@echo "make bench  run the benchmarks                 make setup  only make the environment"

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "nafta-monitor needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $(STAMP)

run: $(STAMP)
	@$(BIN)/nafta-monitor run --demo-if-offline

demo: $(STAMP)
	@$(BIN)/nafta-monitor demo

test: $(STAMP)
	@$(BIN)/python -m tests.browser_setup
	$(BIN)/pytest -n $(JOBS) --dist worksteal

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

# After a change of the dependencies in pyproject.toml.
lock: $(STAMP)
	$(BIN)/uv pip compile --quiet --universal --group dev --extra postgres pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
