# Comptoir: `make demo` and `make test` are all one needs. uv and Python are found or set up by tools/uv.

PORT ?= 8000
DATA ?=
WORKERS ?= 2
BIN := .venv/bin
# What only looks at the code must not touch anybody's data.
INERT := COMPTOIR_SECRET_KEY=inert COMPTOIR_DATA_DIR=.venv/inert COMPTOIR_DATABASE_URL=sqlite:///:memory: \
	DJANGO_SETTINGS_MODULE=comptoir.settings
# Compiles once what every start imports, also where the environment forbids Python to keep bytecode.
WARM = PYTHONDONTWRITEBYTECODE= $(INERT) $(BIN)/python -c "import django; django.setup(); import comptoir.urls"
TEMPLATES = find comptoir -name '*.html' -not -path '*/static/*' -print0 | xargs -0 -r

.DEFAULT_GOAL := help
.PHONY: help demo test e2e faults check fmt states catalogues requirements screens coverage clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/.runs ## The whole product with sample organisations (PORT=8000 DATA=folder)
	@exec $(BIN)/comptoir demo --port $(PORT) $(if $(DATA),--data "$(DATA)")

test: .venv/.tests ## The whole suite, on SQLite, on PostgreSQL, and in a browser where there is one
	@WORKERS=$(WORKERS) tools/suite sqlite postgres e2e

e2e: .venv/.tests ## The browser journeys alone
	@tools/suite e2e

faults: .venv/.tests ## The fault tests at the sizes of docs/faults.md (about half an hour)
	COMPTOIR_TEST_FAULTS=full COMPTOIR_TEST_DATABASE=sqlite $(BIN)/pytest -q -s -m fault --ignore=tests/e2e
	COMPTOIR_TEST_FAULTS=full COMPTOIR_TEST_DATABASE=postgres $(BIN)/pytest -q -s -m fault --ignore=tests/e2e

check: .venv/.checks ## Format, lint, types, walls, migrations, generated files
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(TEMPLATES) $(BIN)/djade --check
	$(INERT) $(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-logo
	$(INERT) $(BIN)/django-admin makemigrations --check --dry-run
	$(INERT) $(BIN)/python tools/draw_states.py --check
	PYTHONPATH=. $(BIN)/python tools/catalogues.py --check
	@echo "make check: all is well"

fmt: .venv/.checks ## Put code and templates in their usual form, sentences in the catalogue
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .
	-@$(TEMPLATES) $(BIN)/djade
	@PYTHONPATH=. $(BIN)/python tools/catalogues.py

states: .venv/.checks ## Draw docs/states again from the code
	$(INERT) $(BIN)/python tools/draw_states.py

catalogues: .venv/.checks ## Write the catalogues again (`make fmt` does too); say which sentence has no English
	PYTHONPATH=. $(BIN)/python tools/catalogues.py

requirements: ## Write requirements.txt again (after a change of dependencies)
	tools/uv lock --upgrade --quiet
	tools/uv export --quiet --no-dev --all-extras --no-emit-project --no-header --no-annotate -o requirements.txt

screens: .venv/.tests ## Take the pictures of docs/screens again
	tools/uv sync --quiet --inexact --all-groups --all-extras
	$(INERT) $(BIN)/python tools/screens

coverage: .venv/.tests ## The suite once more, line by line
	$(BIN)/pytest -n $(WORKERS) --ignore=tests/e2e --cov --cov-report=term-missing

clean: ## Remove what was installed and made, but no data
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov test-results dist

# Each mark says that an environment is as pyproject.toml wants it: once made, no network is needed any more.
.venv/.runs: pyproject.toml
	@tools/uv sync --quiet --inexact --no-dev
	@$(WARM) || true
	@touch $@

.venv/.tests: pyproject.toml
	@tools/uv sync --quiet --inexact --group dev --all-extras
	@touch $@ .venv/.runs

.venv/.checks: pyproject.toml
	@tools/uv sync --quiet --inexact --group dev --group lint --all-extras
	@touch $@ .venv/.runs .venv/.tests
