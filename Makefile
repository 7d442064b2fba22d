# Every target is one line into deploy/, tests/ or benchmarks/. VAR, PORT, DEMO_PORT, DEMO_FILES, CONTACT,
# FORCE and CKAN's own CKAN_*_URL come from the command line or the environment.
VAR ?= var
export VAR PORT DEMO_PORT DEMO_FILES CONTACT FORCE

.PHONY: up live down status logs clean test soak bench corpus
.DEFAULT_GOAL := up

up live down status logs clean test:
	@python3 -m deploy $@
soak:
	@python3 -m deploy test -m soak tests
bench:
	@$(VAR)/venv/bin/python -m benchmarks
corpus:
	@$(VAR)/venv/bin/python -m tests.corpus $(FILES)
