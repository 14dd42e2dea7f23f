# Two commands: `make run` and `make test`. The logic is in chatbot/embedded (Python).

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; done; echo python3)
WITHIN = $(PYTHON) -I chatbot/embedded/install.py
WITHIN_DEV = $(WITHIN) --dev

.PHONY: run dev test check bench faults translations clean

run: ## start everything and print the addresses
	@$(WITHIN) -m chatbot.embedded run

dev: ## the same with DEBUG, restarted when code changes
	@$(WITHIN) -m chatbot.embedded run --dev

test: ## the whole suite against real services, and `check` beside it
	@$(WITHIN_DEV) -m chatbot.embedded test -- $(ARGS)

check: ## what CI checks besides the tests
	@$(WITHIN_DEV) -m chatbot.embedded check

bench: ## the figures of docs/figures.md
	@$(WITHIN_DEV) -m benchmarks.streaming
	@$(WITHIN_DEV) -m benchmarks.search_speed
	@$(WITHIN_DEV) -m benchmarks.retrieval --folder var/bench $(ARGS)

faults: ## the long fault tests
	@$(WITHIN_DEV) -m pytest -m "slow or not slow" tests/faults tests/conversations $(ARGS)

translations: ## collect and compile the texts of both languages
	@$(WITHIN_DEV) -m chatbot.embedded translations

clean: ## remove what a run leaves behind, the database included
	@$(PYTHON) -I chatbot/embedded/clean.py
