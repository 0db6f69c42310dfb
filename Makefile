# Every command anyone types. `make demo` and `make test` need nothing but Python 3.11, venv, make and git.
# Nothing is installed twice: a small file in the environment says which lock it was made from.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps
BUILT = dekaan/core/static/built/.made
LOOK = $(wildcard package.json package-lock.json dekaan/core/look/* dekaan/core/look/*/*)
WHAT ?= tests
# As many test runs side by side as there are cores, between two and four: the browser and PostgreSQL need room beside.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(min(4, max(2, os.cpu_count() or 2)))')

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | sort | while IFS="$$(printf '\t')" read -r name does; do printf '  make %-10s %s\n' "$$name" "$$does"; done

# --- set-up ------------------------------------------------------------------------------------

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dekaan needs Python 3.11 or newer; say PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.to-run: requirements.txt | $(BIN)/python
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.to-test: requirements-test.txt | $(BIN)/python
	$(PIP) -r requirements-test.txt
	@touch $@ $(VENV)/.to-run

$(BUILT): $(LOOK) | $(BIN)/python
	PIP="$(PIP)" BIN="$(BIN)" .ci/look
	@touch $@

.PHONY: look
look: $(BUILT) ## compile the look from GOV.UK Frontend

# --- for everyone ------------------------------------------------------------------------------

.PHONY: demo
demo: $(VENV)/.to-run $(BUILT) ## an invented trust with three years of history, on http://127.0.0.1:8000/
	$(BIN)/python -m dekaan demo $(ARGS)

.PHONY: run
run: $(VENV)/.to-run $(BUILT) ## web and worker on your own data
	$(BIN)/python -m dekaan serve $(ARGS)

.PHONY: install
install: $(VENV)/.to-run $(BUILT) ## what a service needs, and no more (docs/deploying.md)

# --- before you push ---------------------------------------------------------------------------

.PHONY: test
test: $(VENV)/.to-test $(BUILT) ## SQLite, then PostgreSQL, then the journeys in Chromium (WHAT=tests/people for one area)
	@.ci/chromium >/dev/null
	@.ci/libreoffice >/dev/null
	@.ci/strace
	DEKAAN_TEST_DATABASE=sqlite $(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal -m "not journey" $(WHAT)
	DEKAAN_TEST_DATABASE=postgres $(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal -m "not journey and not once" $(WHAT)
	@if [ "$(WHAT)" = tests ]; then set -x; DEKAAN_CHROMIUM=$$(.ci/chromium) $(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal -m journey tests/journeys; fi

.PHONY: check
check: $(VENV)/.to-test ## style, format, import contracts, types, missing migrations
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/djlint --quiet --lint dekaan
	PYTHONPATH=. $(BIN)/lint-imports --no-logo
	$(BIN)/mypy --no-error-summary dekaan
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run
	@echo "Clean. Exceptions to the import contracts: $$(grep -c '^ignore_imports' pyproject.toml)"

.PHONY: fix
fix: $(VENV)/.to-test ## mend what the tools can mend
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format --quiet .

.PHONY: hostile
hostile: $(VENV)/.to-test $(BUILT) ## 20,000 hostile requests on each database, and the malicious files
	DEKAAN_HOSTILE=20000 DEKAAN_TEST_DATABASE=sqlite $(BIN)/python -m pytest -q --show-capture=no tests/hostile
	DEKAAN_HOSTILE=20000 DEKAAN_TEST_DATABASE=postgres $(BIN)/python -m pytest -q --show-capture=no tests/hostile

# --- now and then ------------------------------------------------------------------------------

.PHONY: map
map: ## the floors of the house, top to bottom
	@cat docs/map.md

.PHONY: lock
lock: $(VENV)/.to-test ## work out the hash-locked requirements again from pyproject.toml
	$(BIN)/python .ci/lock.py

.PHONY: sbom
sbom: $(VENV)/.to-run ## dist/sbom.json: each locked package with its version, hashes and licence
	@mkdir -p dist
	$(BIN)/python .ci/sbom.py >dist/sbom.json

.PHONY: bench
bench: $(VENV)/.to-test $(BUILT) ## speed, as ratios to floors measured in the same run
	DEKAAN_TEST_DATABASE=sqlite $(BIN)/python -m bench $(ARGS)
	DEKAAN_TEST_DATABASE=postgres $(BIN)/python -m bench $(ARGS)

.PHONY: isolation
isolation: $(VENV)/.to-test $(BUILT) ## every address and role, every school, other schools' rows, and sabotage: 0 leaks
	DEKAAN_ISOLATION=whole DEKAAN_TEST_DATABASE=sqlite $(BIN)/python -m pytest -q -n 2 -p no:logging tests/isolation
	DEKAAN_ISOLATION=whole DEKAAN_TEST_DATABASE=postgres $(BIN)/python -m pytest -q -n 2 -p no:logging tests/isolation

.PHONY: faults
faults: $(VENV)/.to-test $(BUILT) ## processes killed, writes failed, PostgreSQL restarted: nothing lost, half done or done twice
	@.ci/strace
	DEKAAN_TEST_DATABASE=sqlite $(BIN)/python -m tests.faults
	DEKAAN_TEST_DATABASE=postgres $(BIN)/python -m tests.faults

.PHONY: tampering
tampering: $(VENV)/.to-test ## a thousand random tamperings with the audit trail, on both databases: each must be found
	DEKAAN_TAMPERINGS=1000 DEKAAN_TEST_DATABASE=sqlite $(BIN)/python -m pytest -q tests/audit/test_tampering.py -k every_tampering
	DEKAAN_TAMPERINGS=1000 DEKAAN_TEST_DATABASE=postgres $(BIN)/python -m pytest -q tests/audit/test_tampering.py -k every_tampering

.PHONY: races
races: $(VENV)/.to-test $(BUILT) ## a thousand roles ended while somebody presses on and on: no press is done after the end
	DEKAAN_RACES=1000 DEKAAN_TEST_DATABASE=postgres $(BIN)/python -m pytest -q tests/access/test_ending_at_once.py -k races

.PHONY: timing
timing: $(VENV)/.to-test $(BUILT) ## whether the time of an answer at sign-in tells who has an account (ARGS=100 for fewer tries)
	DEKAAN_TEST_DATABASE=sqlite $(BIN)/python -m bench.signing_in $(ARGS)
	DEKAAN_TEST_DATABASE=postgres $(BIN)/python -m bench.signing_in $(ARGS)

.PHONY: drill
drill: $(VENV)/.to-test ## ten backups under writes restored and compared; a hundred damaged ones refused; of a hundred erased none back
	DEKAAN_DRILLS=10 DEKAAN_ERASED=100 DEKAAN_TEST_DATABASE=sqlite $(BIN)/python -m pytest -q -s -p no:randomly tests/backups
	DEKAAN_DRILLS=10 DEKAAN_ERASED=100 DEKAAN_TEST_DATABASE=postgres $(BIN)/python -m pytest -q -s -p no:randomly tests/backups

.PHONY: new-area
new-area: $(VENV)/.to-run ## NAME=notices FLOOR=people DOES="E-mails and letters out.": the files of an area, on its floor
	$(BIN)/python .ci/new_area.py "$(NAME)" "$(FLOOR)" "$(DOES)"
