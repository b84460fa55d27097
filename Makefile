# Two commands do everything from a bare clone: `make report` and `make test`.
# They need Python 3.11 or newer, git and make; all else comes from requirements.lock.

PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help report test lint format strip lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

report: $(READY) ## build the report; prints the paths of its HTML and PDF
	@$(BIN)/umbrella build

test: $(READY) ## run the linters, the type checker and all tests
	@$(BIN)/python tools/check.py

lint: $(READY) ## run the linters and the type checker alone
	@$(BIN)/python tools/check.py --no-tests

format: $(READY) ## format the code
	@$(BIN)/ruff check --quiet --fix src tests tools benchmarks
	@$(BIN)/ruff format src tests tools benchmarks

strip: $(READY) ## strip outputs from the notebooks
	@$(BIN)/nbstripout notebooks/*.ipynb examples/*/*.ipynb

lock: $(READY) ## renew requirements.lock
	@$(BIN)/python tools/lock.py

clean: $(READY) ## remove what a build generates
	@$(BIN)/umbrella clean

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] + "; name another one: make report PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked dependencies into $(VENV) (once; a few minutes)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)
