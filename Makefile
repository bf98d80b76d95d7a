PYTHON ?= python

.PHONY: check format test
check: ## what CI runs: format, lint, types, tests
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(PYTHON) -m pytest

format: ## rewrite files in the project's format
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

test: ## tests only
	$(PYTHON) -m pytest
