# Two commands do everything on a fresh machine: `make demo` and `make test`.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
PIPENV_VERSION := 2026.10.3
ENV ?= staging
PORT ?= 5755

PIPENV := .make/pipenv-$(PIPENV_VERSION)/bin/pipenv
VENV := .venv/bin
RUN := $(VENV)/python
BROWSER := (command -v chromium || command -v chromium-browser || command -v google-chrome)
export PIPENV_VENV_IN_PROJECT := 1
export PIPENV_IGNORE_VIRTUALENVS := 1
export PIPENV_NOSPIN := 1

.PHONY: help setup demo test check emulator synth plan drift deploy destroy settle outputs snapshots docs lock bench mutants mutants-code test-network clean .make/browser

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | column -t -s '|'

# The stamps lie in what they stand for: whoever deletes .venv or node_modules has it made again.
# Compiled here, programs start in half the time also where PYTHONDONTWRITEBYTECODE is set.
setup: .venv/.installed node_modules/.installed ## install everything the lock files name
	@$(RUN) -m compileall -q environments modules stacks planproof fastsynth delivery emulator

$(PIPENV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "$(PYTHON) is Python %d.%d, and 3.11 or newer is needed: install one, and run make with PYTHON=python3.11" % sys.version_info[:2])'
	@mkdir -p .make
	@($(PYTHON) -m venv .make/pipenv-$(PIPENV_VERSION) && .make/pipenv-$(PIPENV_VERSION)/bin/pip install -q --disable-pip-version-check pipenv==$(PIPENV_VERSION)) > .make/pipenv.log 2>&1 || (tail -20 .make/pipenv.log; exit 2)

.venv/.installed: Pipfile Pipfile.lock pyproject.toml $(PIPENV)
	@echo "installing the Python packages of Pipfile.lock"
	@$(PIPENV) sync --dev > .make/pipenv.log 2>&1 || (tail -20 .make/pipenv.log; exit 2)
	@touch $@

node_modules/.installed: package.json package-lock.json .venv/.installed
	@echo "installing the CDKTF command line of package-lock.json"
	@$(RUN) -m delivery.npm ci --no-audit --no-fund --loglevel=error > .make/npm.log 2>&1 || (tail -20 .make/npm.log; exit 2)
	@touch $@

demo: setup ## staging of a payment platform, deployed for real to an account on this machine
	@$(RUN) -m delivery demo

check: setup ## format, lint, types, contracts and the fast tests: under two minutes
	@$(VENV)/ruff format --check -q .
	@$(VENV)/ruff check -q .
	@$(VENV)/mypy
	@$(VENV)/lint-imports --no-logo
	@$(RUN) -m pytest -n 2 -m "not deploy and not slow and not browser"

.make/browser: # how pytest chooses its tests: without a browser and the right to install one, it leaves some out and says so
	@mkdir -p .make
	@$(BROWSER) > /dev/null || test "$$(id -u)" != 0 || (echo "installing Debian's chromium for the tests of the HTML pages" \
		&& (apt-get update -q && apt-get install -y -q --no-install-recommends chromium) > .make/browser.log 2>&1) || true
	@($(BROWSER) > /dev/null && : > $@) || (echo "not browser" > $@ && echo "left out: the tests of the HTML pages, for there is no chromium here")

test: setup .make/browser ## everything that CI runs
	@$(PIPENV) verify > /dev/null || (echo "Pipfile.lock does not fit Pipfile: run make lock"; exit 2)
	@$(VENV)/ruff format --check -q .
	@$(VENV)/ruff check -q .
	@$(VENV)/mypy
	@$(VENV)/lint-imports --no-logo
	@$(RUN) -m pytest -n 4 --dist loadgroup --cov --cov-report= -m "$$(cat .make/browser)"
	@$(VENV)/coverage report --skip-covered --include='environments/*,modules/*,stacks/*,emulator/*' --fail-under=95
	@$(VENV)/coverage report --skip-covered --include='planproof/*,fastsynth/*,delivery/*' --fail-under=95 | tail -1

test-network: setup ## the connectivity engine against the kernel of this machine
	@$(RUN) -m pytest tests/network -n 0

emulator: setup ## an AWS account on this machine, until Ctrl-C: make emulator [PORT=5755]
	@$(RUN) -m emulator --port $(PORT)

synth: setup ## Terraform JSON of every environment, judged
	@$(RUN) main.py

plan: setup ## what a deployment would do, reviewed: make plan ENV=staging [TARGET=emulator] [LOCK=off]
	@$(RUN) -m delivery plan $(ENV)

drift: setup ## what was changed behind Terraform's back: make drift ENV=staging [TARGET=emulator] [LOCK=off]
	@$(RUN) -m delivery drift $(ENV)

deploy: setup ## make deploy ENV=staging [TARGET=emulator]
	@$(RUN) -m delivery deploy $(ENV)

destroy: setup ## make destroy ENV=staging [TARGET=emulator]
	@$(RUN) -m delivery destroy $(ENV)

settle: setup ## take what AWS made into the state, and write the outputs: make settle ENV=staging [TARGET=emulator]
	@$(RUN) -m delivery settle $(ENV)

outputs: setup ## what the last deployment said
	@$(RUN) -m delivery outputs

snapshots: setup ## accept what would be deployed now
	@$(RUN) -m pytest tests/test_snapshots.py --update-snapshots -n 0

docs: setup ## write what is generated: the schema and the rule pages
	@$(RUN) -m environments.schema
	@$(VENV)/planproof rules --format markdown --output docs/rules.md

bench: setup ## measure everything side by side into docs/benchmarks.md
	@$(RUN) -m benchmarks $(BENCH)

mutants: setup ## break everything once and print how much of it planproof sees
	@$(RUN) -m tests.proofs

mutants-code: setup ## change planproof's own core in small ways and print what its tests miss [PART=packets]
	@$(RUN) -m tests.planproof.core_mutants $(PART)

lock: setup ## resolve the versions anew
	@$(PIPENV) lock
	@$(RUN) -m delivery.clean_lock
	@$(RUN) -m delivery.npm install --package-lock-only --no-audit --no-fund --loglevel=error
	@$(PIPENV) verify

clean: ## remove what was made here, but not the state of real accounts
	@rm -rf .make .venv node_modules cdktf.out cfn-outputs .mypy_cache .ruff_cache .pytest_cache
