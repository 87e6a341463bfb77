# Everything a developer or CI does. Each target installs what it needs, can be repeated, and is quick the second time.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

PYTHON := $(firstword $(wildcard /usr/bin/python3) python3)
JOBS ?= $(shell nproc)
DATA ?= run/data
LISTEN ?= 127.0.0.1:8080
SECONDS_EACH ?= 15

export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help
help:  ## Say what can be made
	@awk -F':.*## ' '/^[a-z_-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

.PHONY: packages
packages:
	@tools/install_packages.sh

# Configures once; ninja does so again by itself when a CMake file changes.
build/%/build.ninja: | packages
	cmake --preset $* >build-$*.log 2>&1 || { cat build-$*.log; rm -f build-$*.log; exit 1; }
	@rm -f build-$*.log

.PHONY: build
build: packages web build/release/build.ninja  ## Build the binary that people run: build/release/kith
	ninja -j $(JOBS) -C build/release kith

web/node_modules/.installed: web/package-lock.json
	@tools/npm_ci.sh web

.PHONY: web
web: packages web/node_modules/.installed  ## Build what people see into web/apps/*/dist (only what changed)
	@tools/web.sh build

.PHONY: web-dev
web-dev: packages web/node_modules/.installed  ## Panel, desk and gallery that change as you type (KITH_HOUSE=http://127.0.0.1:8080)
	@tools/web.sh dev

.PHONY: run
run: build  ## Build and start Kith with a sample team (DATA=run/data LISTEN=127.0.0.1:8080)
	@mkdir -p $(DATA)
	@echo "Kith answers at http://$(LISTEN)/ and keeps its data in $(DATA). Stop it with Ctrl-C."
	@exec build/release/kith serve --data $(DATA) --listen $(LISTEN) --sample

.PHONY: test
test: packages  ## Run all tests: units, the binary from outside, races, a few seconds of fuzzing
	@JOBS=$(JOBS) SECONDS_EACH=$(SECONDS_EACH) tools/run_tests.sh

.PHONY: looks
looks: build tests/system/node_modules/.installed  ## Open every screen, ask axe, compare with docs/screens (RENEW=--renew keeps what is seen)
	@tools/web.sh looks $(RENEW)

.PHONY: check
check: packages build/debug/build.ninja tests/system/node_modules/.installed web/node_modules/.installed  ## Check format, layers, sizes, words, the API document and lint
	@JOBS=$(JOBS) PYTHON=$(PYTHON) tools/run_checks.sh

.PHONY: format
format: packages  ## Format every C++ file
	git ls-files -co --exclude-standard '*.cc' '*.h' | xargs -r clang-format-19 -i

.PHONY: bench
bench: packages build/release/build.ninja  ## Measure every promise of the performance table, one line per figure
	ninja -j $(JOBS) -C build/release all
	@bench/run.sh

.PHONY: ledger
ledger: build tests/system/node_modules/.installed  ## Faults strike while everybody writes, then the books are compared (ROUNDS=20)
	@tests/ledger/run.sh --rounds $(or $(ROUNDS),20)

.PHONY: mutants
mutants: build tests/system/node_modules/.installed  ## Prove that the ledger notices: every fault on purpose must be caught
	@ninja -j $(JOBS) -C build/release kith_mutants
	@tests/ledger/run.sh --mutants

.PHONY: soak
soak: packages  ## Hours instead of seconds: long fuzzing, many seeds, repeated kills (MINUTES=60)
	@JOBS=$(JOBS) tools/run_soak.sh

.PHONY: api
api: tests/system/node_modules/.installed  ## Check docs/api.yaml and write its TypeScript types
	@$(PYTHON) tools/check_api.py
	@tools/write_api_types.sh

.PHONY: package
package: build  ## Make the Debian package in build/package/
	@packaging/build_package.sh

.PHONY: clean
clean:  ## Remove what was built; data in run/ stays
	rm -rf build tests/system/node_modules web/node_modules web/apps/*/dist .tools

tests/system/node_modules/.installed: tests/system/package-lock.json
	@tools/npm_ci.sh tests/system
