# make run    try it:  http://127.0.0.1:8000/
# make test   every check there is
# make help   the rest

PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
ADDRESS ?= 127.0.0.1:8000
SOURCES := manage.py ownyourstory clients programs invoicing tests

# What pages are drawn with (WeasyPrint), what translations are compiled with, and
# what backs up PostgreSQL.
DEBIAN := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 gettext postgresql-client
BREW := pango gettext libpq

# What the tests need beside that: a browser.
DEBIAN_FOR_TESTS := chromium

.DEFAULT_GOAL := help
.PHONY: help setup system run test lint types contracts migrations pytest lock messages clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 14

setup: system .venv/.installed .venv/.translated ## Install what is missing; nothing else

system:
	@command -v $(PYTHON) >/dev/null || { echo "Install Python 3.11 or newer first."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 …"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	    || { echo "Python lacks venv; on Debian: sudo apt-get install --yes python3-venv"; exit 1; }
	@if command -v dpkg >/dev/null; then \
	    missing=$$(for p in $(DEBIAN); do dpkg -s $$p 2>/dev/null | grep -q '^Status: install ok installed' || echo $$p; done); \
	    [ -z "$$missing" ] && exit 0; \
	    if [ "$$(id -u)" = 0 ]; then sudo=; elif sudo -n true 2>/dev/null; then sudo=sudo; \
	    else echo "Install these first, then call make again:"; \
	        echo "  sudo apt-get update && sudo apt-get install --yes $$missing" | tr '\n' ' '; echo; exit 1; fi; \
	    echo "Installing" $$missing; \
	    $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -qq --yes $$missing >/dev/null; \
	elif command -v brew >/dev/null; then \
	    for p in $(BREW); do brew list --versions $$p >/dev/null || { \
	        echo "Install these first, then call make again:"; echo "  brew install $(BREW)"; exit 1; }; done; \
	elif ! command -v msgfmt >/dev/null; then \
	    echo "Install Pango, HarfBuzz and gettext with your package manager, then call make again."; exit 1; \
	fi

.venv/.installed: requirements-dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing Python packages"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

.venv/.translated: .venv/.installed $(wildcard locale/*/LC_MESSAGES/*.po)
	@for po in $(wildcard locale/*/LC_MESSAGES/*.po); do msgfmt --check -o $${po%.po}.mo $$po || exit 1; done
	@touch $@

run: export DEBUG := true
run: setup ## Try it, with demo data, on http://127.0.0.1:8000/
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo --once --address $(ADDRESS)
	@# The worker beside the server, and neither without the other.
	@$(MANAGE) db_worker --no-reload --verbosity 0 & worker=$$!; \
	    $(MANAGE) runserver --verbosity 0 $(ADDRESS) & server=$$!; \
	    trap 'kill $$worker $$server 2>/dev/null' EXIT INT TERM; \
	    wait $$server

test types contracts migrations pytest messages: export DEBUG := true
test: DEBIAN += $(DEBIAN_FOR_TESTS)
test: setup lint types contracts migrations pytest ## Run every check

lint:
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/djlint --quiet --check --lint templates

types:
	@$(BIN)/mypy $(SOURCES)

contracts:
	@$(BIN)/lint-imports

migrations:
	@$(MANAGE) makemigrations --check --dry-run --verbosity 1
	@DEBUG=false SECRET_KEY=$$(head -c 64 /dev/urandom | base64 | tr -d '\n') ALLOWED_HOSTS=example.com \
	    DATABASE_URL=$${DATABASE_URL:-sqlite:///:memory:} $(MANAGE) check --deploy --fail-level WARNING

pytest:
	@$(BIN)/python -m pytest

messages: setup ## Collect the texts to translate into locale/
	@$(MANAGE) makemessages --locale nl --locale fr --no-wrap --no-obsolete --add-location file \
	    --ignore .venv --ignore build --ignore data --ignore tests

lock: ## Pin and hash what pyproject.toml asks for
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    pyproject.toml --group dev -o requirements-dev.txt

clean: ## Take away what setup made; the data stays
	rm -rf .venv build .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
