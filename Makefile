# Dateline: `make run` for a first look, `make dev` for the UI, `make help` for the rest.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
export DATELINE_HOME ?= $(CURDIR)/.dateline
export DAGSTER_HOME := $(DATELINE_HOME)/dagster
PORT ?= 3000

.DEFAULT_GOAL := help
.PHONY: help install run retag dev test lint check sql export bench bench-cleaning bench-tagging bench-hostile bench-coverage clean

help:      ## show this list
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1	\2/' | expand -t 24

install: $(VENV)/.installed   ## install everything that is locked into .venv
$(VENV)/.installed: requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Dateline needs Python 3.11: install it, or say where it is with make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: install   ## land, clean, tag, count and publish; DAYS=2022-02-20...2022-04-10 names the days
	@$(BIN)/python -m pipelines.run $(if $(DAYS),--days $(DAYS))

retag: install   ## tag DAYS=a...b again by the present rules, and list the counts that moved
	@$(BIN)/python -m pipelines.retag --days $(or $(DAYS),$(error say which days: make retag DAYS=2022-02-20...2022-04-10))

dev: install   ## the Dagster UI with schedule and inbox sensor, on PORT=3000
	@$(BIN)/python -m pipelines.prepare
	$(BIN)/dagster dev --workspace workspace.yaml --port $(PORT)

test: install   ## the tests
	$(BIN)/python -m pytest

lint: install   ## style
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

check: install   ## the definitions and the configuration
	@$(BIN)/python -m pipelines.prepare
	$(BIN)/dg check defs
	$(BIN)/dagster definitions validate --workspace workspace.yaml

sql: $(VENV)-sql/.installed   ## a terminal SQL client on the published file
	@test -f $(DATELINE_HOME)/dateline.duckdb || { echo "nothing published yet: make run"; exit 1; }
	$(VENV)-sql/bin/harlequin --read-only $(DATELINE_HOME)/dateline.duckdb
$(VENV)-sql/.installed:
	$(PYTHON) -m venv $(VENV)-sql
	$(VENV)-sql/bin/pip install --quiet --disable-pip-version-check harlequin==2.17.0
	@touch $@

export: install   ## copy the published file to TO=folder; FORMATS=parquet,csv,ninjs
	@test -n "$(TO)" || { echo "say where to: make export TO=folder"; exit 1; }
	@$(BIN)/python -m pipelines.export $(TO) $(if $(FORMATS),--formats $(FORMATS))

bench: install   ## the chain on 5,000 generated articles, beside the script named by DATELINE_BENCH_BASELINE
	$(BIN)/python -m bench.chain

bench-cleaning: install   ## how right and how fast cleaning is; DATELINE_BENCH_DATA names the corpora
	$(BIN)/python -m bench.cleaning

bench-tagging: install   ## how right and how fast tagging is; DATELINE_BENCH_DATA names the corpora
	$(BIN)/python -m bench.tagging

bench-coverage: install   ## the warehouse on generated facts: a rebuild, a day more, the same in pandas
	$(BIN)/python -m bench.coverage

bench-hostile: install   ## hostile input through ingestion and cleaning; DATELINE_BENCH_DATA names the data
	$(BIN)/python -m bench.hostile

clean:     ## remove the environment and caches; data in DATELINE_HOME stay
	rm -rf $(VENV) $(VENV)-sql *.egg-info .pytest_cache .ruff_cache .hypothesis
