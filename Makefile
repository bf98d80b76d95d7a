PYTHON ?= python

.PHONY: check format test checkpoint scores
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

checkpoint: ## train the bundled checkpoint again: half an hour on two idle cores
	$(PYTHON) -m train fit --preset base --output runs/base
	$(PYTHON) -m train export --run runs/base

DATA ?= data
scores: ## score and time the bundled checkpoint, and write the tables; DATA holds the jsonl files
	for mode in teacher student; do \
	  $(PYTHON) -m train evaluate --data heldout --max-steps 3 --limit 500 --mode $$mode --output assets/results/heldout-$$mode.json && \
	  for set in multiarith svamp gsm8k_test; do \
	    $(PYTHON) -m train evaluate --data $(DATA)/$$set.jsonl --mode $$mode --output assets/results/$$set-$$mode.json || exit 1; \
	  done || exit 1; \
	done
	$(PYTHON) -m train benchmark --questions 50 --output assets/results/speed.json
	$(PYTHON) -m train card --scores assets/results/*.json
