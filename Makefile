.PHONY: setup demo test check docs bench chaos gold shots
BIN := .venv/bin
SOURCES := src tests scripts benchmarks

# Environment, once per lock file.
setup: .venv/.ready
.venv/.ready: requirements.lock pyproject.toml scripts/setup
	@scripts/setup && touch $@
.venv/.ready-dev: requirements-dev.lock pyproject.toml scripts/setup
	@scripts/setup dev && touch $@ .venv/.ready

# The whole product with simulated data: console, public pages, worker.
demo: setup
	@ZHENGGAI_HOME="$${ZHENGGAI_HOME:-$(CURDIR)/var/demo}" $(BIN)/zhenggai demo $(ARGS)

# Everything on SQLite; then the chapters and stories again on a real PostgreSQL.
test: .venv/.ready-dev
	@scripts/test $(ARGS)

check: .venv/.ready-dev
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy src
	$(BIN)/lint-imports
	$(BIN)/zhenggai pack check
	@$(BIN)/python scripts/docs.py

# Pages made from packs and code; fails when a committed page is stale.
docs: .venv/.ready-dev
	@$(BIN)/python scripts/docs.py $(ARGS)

bench: .venv/.ready-dev
	@$(BIN)/python -m benchmarks $(ARGS)

# Kill the worker and the database under load; nothing acknowledged may be lost.
chaos: .venv/.ready-dev
	@$(BIN)/pytest -q -m chaos tests/chaos $(ARGS)
	@$(BIN)/pytest -q tests/stories/test_random_walk.py

# Rewrite golden texts; review them as a diff.
gold: .venv/.ready-dev
	@ZHENGGAI_GOLD=write $(BIN)/pytest -q tests/golden $(ARGS)

# Pictures of every page at 1440 and 390 wide, for people and for the README.
shots: .venv/.ready-dev
	@$(BIN)/python scripts/shots.py $(ARGS)
