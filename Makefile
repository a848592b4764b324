# What a person types; `make help` lists it. Everything runs from .venv, made from the hashed lock files.
.DEFAULT_GOAL := help
.PHONY: help run example test check fix bench docs lock soak mutate clean

EXAMPLE := examples/support/terms.yaml tickets=examples/support/tickets.csv calls=examples/support/calls.csv \
	--reported examples/support/reported.yaml --adjustments examples/support/adjustments.yaml \
	--period 2026-03 --as-of 2026-04-05T12:00:00Z
BIN := .venv/bin

help: ## list what can be typed
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

run: ## serve Handfast on this machine, with two sample engagements
	@sh tools/environment.sh run
	@sh tools/frontend.sh
	@$(BIN)/handfast migrate
	@if $(BIN)/handfast --help | grep -qw samples; then $(BIN)/handfast samples --once; fi
	@$(BIN)/handfast serve

example: ## compute and print the example statement
	@sh tools/environment.sh run
	@$(BIN)/handfast statement $(EXAMPLE)

test: ## lint, types, contracts, documents, and the tests on both databases and in a browser, each timed
	@sh tools/environment.sh test
	@$(BIN)/python tools/test.py

check: ## the same without the tests of behaviour: lint, format, types, contracts, sizes, dependencies
	@sh tools/environment.sh test
	@$(BIN)/python tools/test.py lint types contracts deps docs house

fix: ## let the linter mend and format what it can
	@sh tools/environment.sh test
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: ## measure the speed and write docs/reference/benchmarks.md; ONLY=pages measures one part
	@sh tools/environment.sh bench
	@$(BIN)/python -m tools.bench $(ONLY)

docs: ## write the generated pages of docs/ again
	@sh tools/environment.sh test
	@$(BIN)/python -m tools.docs --write

lock: ## resolve requirements/*.in again into hashed lock files
	@sh tools/lock.sh

soak: ## the long runs, on both databases
	@sh tools/environment.sh soak
	@$(BIN)/python tools/test.py soak soak-postgresql

mutate: ## open each guard in turn and name those that no test misses; ROOM=people tries one room
	@sh tools/environment.sh test
	@$(BIN)/python -m tools.mutate $(ROOM)

clean: ## remove what was made: .venv, caches, var
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build var
	@find src tests tools benchmarks -type d -name __pycache__ -prune -exec rm -rf {} +
	@rm -rf node_modules src/handfast/foundation/static
