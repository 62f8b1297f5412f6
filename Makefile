# Everything a developer does, without root, Docker, Node or a PostgreSQL of one's own. `make` lists the commands.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv/bin
DEVELOPMENT := SMARTSOCIETY_DEBUG=true SMARTSOCIETY_SITE_URL=http://localhost:$(PORT)
# What production must say for itself; made up, for `check --deploy`.
PRODUCTION := SMARTSOCIETY_DEBUG=false SMARTSOCIETY_SECRET_KEY=only-for-this-check-abcdefghijklmnopqrstuvwxyz-0123456789 \
	SMARTSOCIETY_ALLOWED_HOSTS=www.example.nl SMARTSOCIETY_SITE_URL=https://www.example.nl \
	SMARTSOCIETY_EMAIL_URL=submission://user:password@smtp.example.nl:587 SMARTSOCIETY_FROM_EMAIL=portal@example.nl
MANAGE := $(DEVELOPMENT) $(VENV)/python manage.py
NPM = $(or $(shell command -v npm),$(CURDIR)/$(VENV)/npm)
TEMPLATES = $$(find templates -name '*.html')
COMPILE := $(VENV)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
PIP_INSTALL := $(VENV)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --requirement

SHELL := bash
export PATH := $(CURDIR)/$(VENV):$(PATH)
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup venv packages styles texts run port-is-free test check fix bench messages requirements stop clean

# $(call when-changed,STAMP,FILES,COMMAND,MADE): COMMAND, unless FILES are what they were when it last went well and MADE is
# still there. By content: git gives files a new time at every switch of branch.
define when-changed
	@sum="$$(cksum $(2))" || exit 1; if [ "$$sum" != "$$(cat $(1) 2>/dev/null)" ] || [ ! -e $(or $(4),$(1)) ]; then \
		{ $(3); } && mkdir -p $(dir $(1)) && echo "$$sum" > $(1); fi
endef

help: ## list these commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | while IFS='|' read -r name what; do \
		printf '  make %-14s%s\n' "$$name" "$$what"; done

setup: packages styles texts ## install what is needed; the commands below do it by themselves

# A virtual environment whose Python is gone (an upgrade of the machine) is made anew.
venv:
	@$(VENV)/python -c '' 2>/dev/null || { \
		$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
			echo 'Python 3.11 or newer is needed. Is it there under another name? Then: make PYTHON=python3.12 …'; exit 1; }; \
		$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
			echo 'This Python lacks its venv part. On Debian and Ubuntu: apt-get install python3-venv'; exit 1; }; \
		echo 'Making .venv'; $(PYTHON) -m venv --clear .venv; }

packages: venv
	$(call when-changed,.venv/stamps/packages,requirements-dev.txt,echo 'Installing Python packages' && $(PIP_INSTALL) requirements-dev.txt)

# npm only fetches files here: no script of a package runs. Without npm on PATH it comes from a Python package.
node_modules/.stamp: packages
	@test -x "$(NPM)" || { echo 'Installing npm in .venv' && $(PIP_INSTALL) requirements-node.txt; }
	$(call when-changed,$@,package-lock.json .npmrc,echo 'Fetching the parts of the stylesheet' && "$(NPM)" ci --ignore-scripts --silent)
.PHONY: node_modules/.stamp

# Classes that no template or component names are left out of the stylesheet, so those count as sources too.
styles: node_modules/.stamp
	$(call when-changed,build/styles.stamp,package-lock.json $$(find styles templates smartsociety/core -name '*.css' -o -name '*.html' -o -name '*.py' | sort),$(MANAGE) build_assets)

texts: packages
	$(call when-changed,build/texts.stamp,locale/nl/LC_MESSAGES/django.po,$(VENV)/python -m smartsociety.core.messages compile,locale/nl/LC_MESSAGES/django.mo)

run: port-is-free setup ## start the portal on http://localhost:8000 with sample data (make run PORT=8001 for another port)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_sample --once
	@$(DEVELOPMENT) PYTHONUNBUFFERED=1 honcho start --port $(PORT) || test $$? -eq 130 # Ctrl-C

port-is-free: venv
	@$(VENV)/python -c 'import socket, sys; sys.exit(not socket.socket().connect_ex(("127.0.0.1", $(PORT))))' || { \
		echo 'Port $(PORT) is taken. Stop what uses it, or choose another one: make run PORT=8001'; exit 1; }

test: setup ## run the tests (make test args="-k signature" for some of them)
	@pytest --numprocesses auto $(args)

check: setup ## see whether all is well, without changing anything
	ruff format --check .
	ruff check .
	@djade --check --target-version 5.2 $(TEMPLATES)
	djlint --quiet --lint templates
	python -m smartsociety.core.messages check
	$(MANAGE) makemigrations --check --dry-run
	$(PRODUCTION) python manage.py check --deploy --fail-level WARNING

fix: setup ## format the code and mend what can be mended by itself
	ruff check --fix-only --exit-zero .
	ruff format .
	@djade --target-version 5.2 $(TEMPLATES) || true # it exits with 1 when it changed something

bench: setup ## measure how fast the pages are
	python benchmarks/pages.py $(args)

messages: packages ## bring the Dutch texts up to date with the source; fill the empty ones in locale/nl
	python -m smartsociety.core.messages update
	python -m smartsociety.core.messages compile
	python -m smartsociety.core.messages check

requirements: packages ## pin the packages of pyproject.toml (args=--upgrade for newer ones)
	$(COMPILE) $(args) pyproject.toml --output-file requirements.txt
	$(COMPILE) $(args) pyproject.toml --group dev --output-file requirements-dev.txt
	$(COMPILE) $(args) --group node --output-file requirements-node.txt

stop: ## stop the embedded PostgreSQL
	@test ! -x $(VENV)/python || $(VENV)/python -m smartsociety.core.postgres stop

clean: stop ## remove all that these commands made, the development database too
	rm -rf .venv .local build node_modules .pytest_cache .ruff_cache test-results
	find . -name __pycache__ -prune -exec rm -rf {} + -o -name '*.mo' -exec rm -f {} +
