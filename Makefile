# make run      install, make the sample desk if none is there, sync, score, index, serve at http://127.0.0.1:5006
# make test     install what the tests need and run everything
# make install  .venv with what serving needs; then .venv/bin/deskbook is the command
# make lab      JupyterLab on this workspace
# make voila    its pages in Voilà, at http://localhost:8866
# make bench    the benchmarks; make bench ONLY=page runs one
# make pictures  take the pictures again that the tests compare every page with
# make lock     resolve requirements.lock again
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock
TICKETS ?= 20000
SEED   ?= 7
ONLY   ?=

.PHONY: run install test lab voila bench lock clean screenshot pictures
.DEFAULT_GOAL := run

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Deskbook needs Python 3.11 to 3.13; $(PYTHON) is " + sys.version.split()[0] + ". Write: make run PYTHON=python3.12") if not (3, 11) <= sys.version_info[:2] <= (3, 13) else 0'
	@echo "==> Making $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.core: pyproject.toml requirements.lock | $(BIN)/python
	@echo "==> Installing Deskbook (a few minutes the first time)"
	@$(PIP) -e .
	@touch $@

$(VENV)/.test: $(VENV)/.core
	@echo "==> Installing what the tests need"
	@$(PIP) -e '.[ask,chroma,cloud,dev,lab,mcp,model,mysql,oauth,postgres,scale,semantic]'
	@sh .ci/outside.sh $(VENV)
	@touch $@

$(VENV)/.lab: $(VENV)/.core
	@echo "==> Installing JupyterLab and Voilà"
	@$(PIP) -e '.[ask,lab,semantic]'
	@touch $@

$(VENV)/.bench: $(VENV)/.test
	@echo "==> Installing what the benchmarks need"
	@$(PIP) -e '.[bench]'
	@$(PIP) --upgrade --target .bench/dash dash waitress  # apart: it puts plugins into pytest and JupyterLab
	@touch $@

install: $(VENV)/.core

run: install
	@test -f sample/ticket_metrics.parquet || { echo "==> Writing the sample desk ($(TICKETS) tickets)"; $(BIN)/deskbook sample sample --tickets $(TICKETS) --seed $(SEED); }
	@$(BIN)/deskbook up

lab: $(VENV)/.lab
	@DESKBOOK_HOME=$(CURDIR) $(BIN)/jupyter lab --ip=127.0.0.1 --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate $$(test "$$(id -u)" = 0 && echo --allow-root) notebooks

voila: $(VENV)/.lab
	@DESKBOOK_HOME=$(CURDIR) $(BIN)/voila --template=deskbook notebooks

test: $(VENV)/.test
	@sh .ci/browser.sh
	@echo "==> Style"
	@$(BIN)/ruff check src tests
	@$(BIN)/ruff format --check --quiet src tests
	@$(BIN)/nbstripout --verify --keep-metadata-keys deskbook notebooks/*.ipynb
	@echo "==> Types"
	@$(BIN)/mypy
	@echo "==> Layers"
	@$(BIN)/lint-imports --no-cache
	@echo "==> Tests"
	@$(BIN)/python -m pytest -n auto --maxprocesses=4 --max-worker-restart=2 --dist loadfile

bench: $(VENV)/.bench
	@sh .ci/browser.sh
	@$(BIN)/python -m tests.benchmarks $(ONLY)

screenshot: $(VENV)/.test
	@sh .ci/browser.sh
	@PYTHONPATH=. $(BIN)/python docs/screenshot.py

pictures: $(VENV)/.test
	@sh .ci/browser.sh
	@DESKBOOK_PICTURES=renew $(BIN)/python -m pytest -q tests/e2e/test_pictures.py

lock: | $(BIN)/python
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --quiet --universal --all-extras --no-annotate --no-header \
		--no-emit-index-url --no-emit-find-links --upgrade -o requirements.lock

clean:
	rm -rf $(VENV) .deskbook .bench sample
