# Thin over run.py, which runs on machines without make, too: `python3 run.py demo`.
PYTHON ?= python3
# Handed on through the environment, so that quotes survive: make test ARGS='-k "receipt and not late"'
export ARGS

.DEFAULT_GOAL := help
.PHONY: help demo test install lint format lock

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Start everything with demo data; PORT and SINCERELY_HOME are honoured
	@$(PYTHON) run.py demo

test: ## Run every check and test; ARGS="…" goes to pytest
	@$(PYTHON) run.py test

install: ## Put the locked packages into .venv
	@$(PYTHON) run.py install

lint: ## Format, lint, house rules, floors and types, without the tests
	@$(PYTHON) run.py lint

format: ## Lay out the code
	@$(PYTHON) run.py format

lock: ## Resolve the packages again; ARGS="--upgrade" takes newer ones
	@$(PYTHON) run.py lock
