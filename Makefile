# Two commands matter: `make run` (the demo university on this machine) and `make test` (everything).
.DEFAULT_GOAL := help
.PHONY: help install run test check bench

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# uv is faster where it is there; plain pip does the same.
INSTALL = $(if $(shell command -v uv 2>/dev/null),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet --disable-pip-version-check)
# The demo's own name; an installation sets its own (README, settings).
export SURVEY_ORGANISATION_ZH ?= 江城理工大学工会
export SURVEY_ORGANISATION_EN ?= JUT Trade Union
export SURVEY_CONTACT_ZH ?= 教工活动中心 203 室，内线 8203
export SURVEY_CONTACT_EN ?= Staff Centre room 203, ext. 8203

help: ## show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=python3.12, say."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.service: requirements.txt | $(BIN)/python
	@echo "Installing the service into $(VENV) (a minute the first time) ..."
	$(INSTALL) --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.tests: tests/requirements.txt $(VENV)/.service
	@echo "Installing the test tools into $(VENV) ..."
	$(INSTALL) --require-hashes -r tests/requirements.txt
	@touch $@

$(VENV)/.bench: benchmarks/requirements.txt $(VENV)/.tests
	@echo "Installing what is measured against into $(VENV) ..."
	$(INSTALL) --require-hashes -r benchmarks/requirements.txt
	@touch $@

install: $(VENV)/.service ## make .venv and install the service

run: $(VENV)/.service ## the demo university on http://127.0.0.1:8000
	@$(BIN)/flask --app wsgi serve --demo

check: $(VENV)/.tests ## ruff, mypy and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(VENV)/.tests ## every test, with a real PostgreSQL and a real Chromium
	@$(BIN)/python -m tests.machine
	$(BIN)/python -m pytest -n 2 --dist loadfile

bench: $(VENV)/.bench ## figures as ratios to a floor measured in the same run
	@for each in answer_check tally answering page analysis assessment demo_release release dashboard designer reports tickets tickets_served simulations; do echo "== $$each"; $(BIN)/python -m benchmarks.$$each || exit 1; done
