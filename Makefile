# lienthong: everything a newcomer needs is `make run` and `make test`.
#
#   make run     install what is missing, build for release, start the demo and play its story
#   make test    install what is missing, check the style, build both ways, run every test
#   make bench   build for release and measure line, queue, backlog and translation on this machine, beside other programs
#   make soak    build for release and look for broken promises in simulated worlds, ten million steps
#   make kill    kill the built daemon 200 times on each store under load, and compare the books
#   make contract  have schemathesis examine the running gateway against its OpenAPI description, some thousands of requests
#   make lint    check the style only
#   make clean   remove what was built
#
# The Debian packages are listed in Deploy/debian/*.txt; nothing else is installed and nothing is downloaded besides, except by
# `make contract`: its tool is in no Debian release and comes from the Python package index into .build.

SHELL := /bin/bash
.DEFAULT_GOAL := help
SWIFT ?= swift
BUILD_PACKAGES := $(shell cat Deploy/debian/build-packages.txt)
TEST_PACKAGES := $(BUILD_PACKAGES) $(shell cat Deploy/debian/test-packages.txt)
# They keep every core busy for minutes, and tests that wait for a deadline would miss it beside them.
LONG_PROOFS := WorkbenchTests|MappingsTests|EngineSimulationTests|ConformanceTests
# They kill what they test and wait for it: beside the proofs above each would hold one of the few threads that tests have.
KILLING_PROOFS := FailoverTests|KillRoundsTests|KillTakeOverTests|DiskFaultTests
# A test's time limit runs from its start: of a thousand started at once the last would miss it, waiting for a core.
TESTS_AT_ONCE := 16
LINTED := Package.swift Sources Tests
# Of `make kill`; the chance is another one each time.
ROUNDS ?= 200
SEED ?= $(shell date +%s)

.PHONY: help run test bench soak kill contract lint clean build-packages test-packages release

help:
	@sed -n 's/^#   /  /p' Makefile

build-packages:
	@Deploy/debian/install-missing $(BUILD_PACKAGES)

test-packages:
	@Deploy/debian/install-missing $(TEST_PACKAGES)

# With Swift's own libraries inside: the programs run where no Swift is installed.
release: build-packages
	$(SWIFT) build -c release --static-swift-stdlib

run: release
	@Deploy/demo/play

lint:
	$(SWIFT) format lint --strict --parallel --recursive $(LINTED)

# Built for release as well: whole modules at once are compiled by stricter rules, and `make run` must not be the first to meet them.
test: test-packages lint release
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	@set -o pipefail; rm -f .build/test-output.txt; status=0; \
	for part in '--skip $(LONG_PROOFS)|$(KILLING_PROOFS)' '--filter $(LONG_PROOFS)' '--filter $(KILLING_PROOFS)'; do \
	  $(SWIFT) test --skip-build $$part --experimental-maximum-parallelization-width $(TESTS_AT_ONCE) 2>&1 | tee -a .build/test-output.txt \
	    | grep -vE '(Suite|Test|Test case) .* started\.' || status=1; \
	done; Deploy/debian/test-totals .build/test-output.txt; exit $$status

bench: release
	@Deploy/debian/install-missing $(shell cat Deploy/debian/bench-packages.txt)
	@for part in line 'line --beside script' queue isolation backlog translate; do \
	  echo; echo "lienthong-bench $$part"; .build/release/lienthong-bench $$part || exit 1; \
	done

soak: release
	@.build/release/lienthong-bench soak

kill: test-packages
	$(SWIFT) build --build-tests
	KILL_ROUNDS=$(ROUNDS) KILL_SEED=$(SEED) $(SWIFT) test --skip-build --filter 'KillRoundsTests|KillTakeOverTests' --no-parallel

contract: build-packages
	@Deploy/debian/install-missing curl python3 python3-venv
	$(SWIFT) build --product lienthong
	@Deploy/contract/examine

clean:
	rm -rf .build
