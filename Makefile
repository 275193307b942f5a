# Every command of the portal; Python 3.11+, python3-venv and make are all a machine needs.
# `make help` lists what stands behind the ## signs.

PYTHON ?= python3
WORKERS ?= 2
PYTEST_ARGS ?=
BENCH_ROWS ?= 10000 1000000
BENCH_SYNC_ROWS ?= 100000 1000000
BENCH_CASE_ROWS ?= 10000 1000000
BENCH_ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py

# `check --deploy` judges the settings as a real deployment would hold them.
DEPLOYED := DEBUG=0 SITE_URL=https://portal.example ALLOWED_HOSTS=portal.example \
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
	FIELD_KEYS=first:$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(32))')

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run letter demo install lock fix quality test bench assets messages

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/base.stamp assets messages ## run the whole portal on this machine (PORT=8000); Ctrl-C ends it
	@exec $(BIN)/python -m core.sandbox.launch

letter: $(VENV)/base.stamp ## show the newest letter that the portal wrote to var/outbox
	@$(BIN)/python -m core.sandbox.letter

demo: $(VENV)/base.stamp assets messages ## sample people and records, for a database of one's own
	DEBUG=1 $(MANAGE) migrate --no-input
	DEBUG=1 $(MANAGE) bring_in_rules
	DEBUG=1 $(MANAGE) demo

install: $(VENV)/dev.stamp assets messages ## set up .venv with all locked dependencies, assets, translations

lock: $(VENV)/tools.stamp ## write the lock files anew from requirements/*.in (UPGRADE=1: newest versions)
	@for name in install base dev bench; do \
		$(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate \
			--no-emit-index-url --no-emit-find-links --python-version 3.11 \
			$(if $(UPGRADE),--upgrade) requirements/$$name.in -o requirements/$$name.txt; done

fix: $(VENV)/dev.stamp ## mend what a machine can: layout, imports, templates, translation file
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(MANAGE) translations --write
	@$(MAKE) --no-print-directory quality

quality: $(VENV)/dev.stamp assets messages ## judge everything that needs no running portal
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/lint-imports
	$(DEPLOYED) $(MANAGE) check --deploy --fail-level WARNING
	DEBUG=1 $(MANAGE) makemigrations --check --dry-run
	DEBUG=1 $(MANAGE) translations --check
	DEBUG=1 $(MANAGE) spectacular --validate --fail-on-warn --file /dev/null

test: install ## run every test, browser tests included
	@.ci/chromium var/chromium
	CHROMIUM="$$(cat var/chromium)" $(BIN)/pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder $(PYTEST_ARGS)

bench: $(VENV)/base.stamp assets messages ## measure the portal against its bare limits (BENCH_ROWS="10000 100000" is quick)
	@$(BIN)/python -m core.sandbox.bench --rows $(BENCH_ROWS) --sync-rows $(BENCH_SYNC_ROWS) \
		--case-rows $(BENCH_CASE_ROWS) $(BENCH_ARGS)

# What follows is made once, and again only when its sources change; each step says what it took.
BEGAN := began=$$(date +%s%N);
TOOK = awk -v ns=$$(($$(date +%s%N) - began)) 'BEGIN { printf "  %-32s%6.1f s\n", "$(1)", ns / 1e9 }'

messages: $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po locale/borrowed/*/LC_MESSAGES/*.po))

%.mo: %.po | $(VENV)/base.stamp
	@$(BEGAN) DEBUG=1 $(MANAGE) translations >/dev/null && $(call TOOK,Translations)

assets: $(if $(wildcard package.json),static/dist/stamp)

$(VENV)/tools.stamp: requirements/install.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it: make PYTHON=python3.12 …")'
	@$(BEGAN) test -x $(BIN)/pip || $(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing: apt-get install python3-venv"; exit 1; }; \
		$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $< && $(call TOOK,Virtual environment)
	@touch $@

# uv halves the time of a first install; where it does not reach a registry that pip knows, pip does it.
define install_locked
	@$(BEGAN) { $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1) 2>$(VENV)/uv.log \
		|| $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(1) \
		|| { cat $(VENV)/uv.log; exit 1; }; } && $(call TOOK,$(1))
	@touch $@
endef

$(VENV)/base.stamp: requirements/base.txt $(VENV)/tools.stamp
	$(call install_locked,$<)

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/base.stamp
	$(call install_locked,$<)

node_modules/stamp: package-lock.json $(VENV)/base.stamp
	@$(BEGAN) PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --ignore-scripts --no-audit --no-fund --silent \
		&& $(call TOOK,Front-end packages)
	@touch $@

static/dist/stamp: node_modules/stamp package.json $(shell find assets templates core/web -type f -not -name '*.pyc')
	@$(BEGAN) PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm run --silent build && $(call TOOK,Front-end assets)
	@mkdir -p static/dist && touch $@
