# `make run` and `make test` are all that a fresh checkout needs: both make their own environment first.
# Variables: PYTHON (interpreter), VENV (environment, .venv), CONSTRAINTS (pip constraints file), ARGS (for pytest, bench),
# JOBS (processes for pytest, 2).

VENV ?= .venv
CONSTRAINTS ?=
ARGS ?=
JOBS ?= 2
export VENV CONSTRAINTS PYTHON
BIN = "$(VENV)/bin"

.DEFAULT_GOAL := help
.PHONY: help run demo test lint format bench screenshots translations wheel clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1|/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{printf "%-16s%s\n", $$1, $$2}'

run: ## open the live application; without a screen, draw ten seconds of it into out/live.png
	@packaging/bootstrap gui
	@packaging/run-live $(BIN) $(ARGS)

demo: ## find cracks in generated walls and the example pictures; overlays go to out/demo
	@packaging/bootstrap
	@$(BIN)/crackinspector demo --out out/demo

test: ## run the tests
	@packaging/bootstrap dev,gui,train
	@$(BIN)/python -m pytest --numprocesses $(JOBS) --dist loadfile $(ARGS)

lint: ## check style, types and the direction of imports
	@packaging/bootstrap dev,gui
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: ## put the code into its one format
	@packaging/bootstrap dev
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

bench: ## measure analyze and the live application against bare loops, the models against seed 000's, and the library
	@packaging/bootstrap dev,gui,train
	@$(BIN)/python -m tests.benchmarks.analyze $(ARGS)
	@$(BIN)/python -m tests.benchmarks.invoke
	@$(BIN)/python -m tests.benchmarks.live
	@$(BIN)/python -m tests.benchmarks.library index
	@$(BIN)/python -m tests.benchmarks.library import
	@$(BIN)/python -m tests.benchmarks.library kill --rounds 20
	@$(BIN)/python -m tests.benchmarks.gallery
	@$(BIN)/python -m tests.benchmarks.review
	@$(BIN)/python -m tests.benchmarks.reinspection
	@$(BIN)/python -m tests.benchmarks.live_gui

screenshots: ## make the pictures of every page in docs/screenshots and the recording for the README
	@packaging/bootstrap gui
	@$(BIN)/python packaging/screenshots.py $(ARGS)
	@$(BIN)/python packaging/screenshots.py --recording docs/images/live.webp

translations: ## collect what is to be translated, and compile what is
	@packaging/bootstrap gui
	@packaging/translations $(BIN)

wheel: ## build the wheel into dist/
	@packaging/bootstrap dev
	@$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean: ## remove everything that these commands made
	rm -rf $(VENV) out dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
