PYTHON ?= python
# Two processes; half of the time of the browser tests is waiting.
PYTEST = $(PYTHON) -m pytest -n 2 --dist worksteal

.PHONY: check format test checkpoint scores studies failures card
check: ## what CI runs: format, lint, types, tests
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	$(PYTEST)

format: ## rewrite files in the project's format
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

test: ## tests only
	$(PYTEST)

DATA ?= data
# RESUME=--resume goes on where it stopped; INIT="--init FOLDER" begins from another checkpoint.
PRESET ?= base
PROCESSES ?= 2
checkpoint: ## train a model from nothing and serve it: about eight hours on two cores; DATA holds the jsonl files
	OMP_NUM_THREADS=1 $(PYTHON) -m torch.distributed.run --standalone --nproc-per-node $(PROCESSES) \
	  -m train fit --preset $(PRESET) --problems $(DATA)/gsm8k_train.jsonl --output runs/$(PRESET) $(INIT) $(RESUME)
	$(PYTHON) -m train export --run runs/$(PRESET)

ANSWERS = runs/answers
ASK = $(PYTHON) -m train evaluate --max-new-tokens 100
# Teacher first, then the student against it, question by question.
define pair
	$(ASK) --data $(2) $(3) --mode teacher --answers $(ANSWERS)/$(1)-teacher.jsonl --output assets/results/$(1)-teacher.json
	$(ASK) --data $(2) $(3) --mode student --answers $(ANSWERS)/$(1)-student.jsonl --against $(ANSWERS)/$(1)-teacher.jsonl --output assets/results/$(1)-student.json

endef
scores: ## score and time the bundled checkpoint
	mkdir -p $(ANSWERS)
	$(call pair,heldout,heldout,--max-steps 3 --limit 1000)
	$(call pair,heldout-5,heldout,--max-steps 5 --limit 1000)
	$(foreach set,multiarith svamp gsm8k_test gsm_hard,$(call pair,$(set),$(DATA)/$(set).jsonl,))
	$(PYTHON) -m train benchmark --limit 50 --max-steps 3 --output assets/results/speed.json
	$(PYTHON) -m train footprint --output assets/results/footprint.json

studies: ## what happens when the bundled checkpoint's thoughts are read, shaken, swapped and erased
	for what in used effects twin trace votes similarity; do \
	  $(PYTHON) -m train inspect --what $$what --max-steps 3 --limit 200 --output assets/results/$$what.json || exit 1; \
	done

failures: ## sort wrong answers by cause; after scores
	for set in multiarith svamp; do \
	  $(PYTHON) -m train failures --answers $(ANSWERS)/$$set-student.jsonl --teacher $(ANSWERS)/$$set-teacher.jsonl --output assets/results/failures-$$set.json || exit 1; \
	done

card: ## write model card and README tables from the results
	$(PYTHON) -m train card --scores assets/results/*.json
