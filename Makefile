# Two commands matter: make run, make test. GNU make 3.81 (macOS) is enough.

PORT ?= 8000
VENV := .venv
PYTHON := $(VENV)/bin/python
TEMPLATES := find templates initiative resources committee partners -name '*.html'
# The W3C's checker of HTML, from the npm package vnu-jar.
VNU_VERSION := 26.9.27
VNU := var/tools/vnu-$(VNU_VERSION).jar
# An environment with requirements-optional.txt, which has an older version of one thing.
OPTIONAL := var/tools/optional
OBSERVATORY_VERSION := 1.4.8
OBSERVATORY := var/tools/observatory-$(OBSERVATORY_VERSION)
LIGHTHOUSE_VERSION := 12.8.2
LIGHTHOUSE := var/tools/lighthouse-$(LIGHTHOUSE_VERSION)/node_modules/.bin/lighthouse
# For make test: more arguments for pytest, as in make test ARGS="-k library"
ARGS ?=
export PORT

.DEFAULT_GOAL := help
.PHONY: help run dev test test-postgresql test-browser reference-pictures test-browser-full screenshots test-language test-s3 test-api faults bench fmt lint released messages migrations requirements upgrade clean validate lighthouse
.PHONY: production-like outage security drill prove-image point-in-time scaled nodes bench-library bench-pages bench-front bench-capacity crashes sbom soak fuzz deploying audit observatory full-disk

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' Makefile

run: $(VENV)/runtime.stamp ## Serve the site on http://localhost:8000 (PORT=8001 make run for another port)
	@exec $(PYTHON) manage.py serve --port "$(PORT)"

production-like: $(VENV)/runtime.stamp ## As in production, on http://localhost:8080: nginx, gunicorn, worker, PostgreSQL, Redis (docs/operations.md)
	@$(PYTHON) -m deploy.stack $(ARGS)

dev: $(VENV)/development.stamp ## The same, for developers: reloads changed code, shows errors and the debug toolbar
	@DEBUG=1 exec $(PYTHON) manage.py serve --dev --port "$(PORT)"

test: $(VENV)/development.stamp ## All tests that need no server, on SQLite
	@$(PYTHON) -m pytest -n auto --dist loadfile $(ARGS)

test-postgresql: $(VENV)/development.stamp ## The same tests on PostgreSQL: DATABASE_URL, or a private one started for this run
	@if [ -n "$$DATABASE_URL" ]; then $(PYTHON) -m pytest -n auto --dist loadfile $(ARGS); \
	else .ci/with-postgresql $(PYTHON) -m pytest -n auto --dist loadfile $(ARGS); fi

test-browser: $(VENV)/development.stamp ## The tests in Chromium (CHROMIUM=/path/to/chromium)
	@$(PYTHON) -m pytest -m browser -n auto $(ARGS)

reference-pictures: $(VENV)/development.stamp ## Take the pictures anew that test-browser compares components with; then look at them
	@RENEW_PICTURES=1 $(PYTHON) -m pytest -m pictures $(ARGS)

test-browser-full: $(VENV)/development.stamp ## Every screen in Chromium, in each language, light and dark, narrow and wide (long)
	@$(PYTHON) -m pytest -m browser_full $(ARGS)

screenshots: $(VENV)/development.stamp ## Pictures of every screen, in var/screenshots; ARGS="--languages ar --widths 390" for fewer
	@$(PYTHON) -m tests.browser.screenshots $(ARGS)

test-language: $(VENV)/development.stamp ## Add Portuguese to a copy of the project, by the steps of docs/i18n.md (minutes)
	@$(PYTHON) -m pytest -m language $(ARGS)

test-s3: $(OPTIONAL)/stamp ## The site with its files in a bucket, which runs on this machine (docs/operations.md)
	@$(OPTIONAL)/bin/python .ci/with-bucket $(OPTIONAL)/bin/python -m pytest -m "bucket or not (browser or browser_full or language or made_up or valid)" \
	    tests/test_bucket.py tests/resources/services tests/partners/intake tests/initiative/test_share_pictures.py tests/initiative/test_health.py $(ARGS)

test-api: $(VENV)/development.stamp ## Two thousand requests to the API that Schemathesis makes up
	@$(PYTHON) -m pytest -m made_up -n auto $(ARGS)

validate: $(VENV)/development.stamp $(VNU) ## Is the HTML of every page of the site map valid? (needs Java 17; fetches the checker by npm)
	@VNU=$(VNU) $(PYTHON) -m pytest -m valid $(ARGS)

faults: ## All trials of faults, one after the other (an hour; with FULL=1 as long as they can be): crashes, outage, deploying, full-disk, drill, scaled, nodes (docs/operations.md)
	@$(MAKE) --no-print-directory ARGS= crashes
	@$(MAKE) --no-print-directory ARGS="$(if $(FULL),--seconds 600)" outage
	@$(MAKE) --no-print-directory ARGS="$(if $(FULL),--requests 100000)" deploying
	@if [ "$$(id -u)" = 0 ]; then $(MAKE) --no-print-directory ARGS= full-disk; else echo "full-disk is left out: it needs root."; fi
	@$(MAKE) --no-print-directory ARGS= drill scaled nodes

crashes: $(VENV)/development.stamp ## What crowds and kill -9 do to applications; what becomes of 500 addresses (docs/partners.md, docs/operations.md)
	@$(PYTHON) -m tests.faults $(ARGS)
	@.ci/with-postgresql $(PYTHON) -m tests.faults $(ARGS)
	@$(PYTHON) -m tests.faults.crash
	@$(PYTHON) -m tests.faults.addresses

outage: $(VENV)/development.stamp ## What readers meet while Redis, PostgreSQL or the application is away, behind nginx (docs/operations.md)
	@$(PYTHON) -m tests.faults.outage $(ARGS)

security: $(VENV)/development.stamp ## What is tried at the server in front: smuggled requests, poisoned pages, secret files, slow senders (docs/operations.md)
	@$(PYTHON) -m tests.faults.hostile $(ARGS)

observatory: $(VENV)/development.stamp $(OBSERVATORY)/node_modules ## Mozilla's HTTP Observatory on the site as in production, with TLS (needs npm, Node 20, openssl)
	@$(PYTHON) -m tests.faults.observatory $(OBSERVATORY)

scaled: $(VENV)/development.stamp ## What readers meet with a replica that follows, stands still or is away, through PgBouncer (docs/operations.md)
	@$(PYTHON) -m tests.faults.scaled $(ARGS)

nodes: $(OPTIONAL)/stamp ## Two applications behind one nginx, with files in a bucket: what both show, and one that is killed or restarted (docs/operations.md)
	@$(OPTIONAL)/bin/python .ci/with-bucket $(OPTIONAL)/bin/python -m tests.faults.nodes $(ARGS)

point-in-time: $(VENV)/development.stamp ## PostgreSQL archives its log, is lost after a mistake, and comes back as before it (needs pgBackRest; docs/operations.md)
	@$(PYTHON) -m tests.faults.point_in_time

prove-image: $(VENV)/development.stamp ## Every step of the Dockerfile run, and what comes out started, without Docker (root on Debian; docs/operations.md)
	@$(PYTHON) -m deploy.prove_image $(ARGS)

drill: $(VENV)/development.stamp ## A whole site is backed up, lost and restored; rows, files and pages compared (docs/operations.md)
	@$(PYTHON) -m tests.faults.drill

full-disk: $(VENV)/development.stamp ## A disk that is full or read only, and three damaged files among 10,000; as root (docs/operations.md)
	@$(PYTHON) -m tests.faults.storage $(ARGS)

deploying: $(VENV)/development.stamp ## New versions with migrations while readers ask; ARGS="--requests 100000" for the whole (docs/operations.md)
	@$(PYTHON) -m tests.faults.deploying $(ARGS)

soak: $(VENV)/development.stamp ## An hour of everyday life on the site as in production: does memory grow? ARGS="--minutes 5" for haste (docs/operations.md)
	@$(PYTHON) -m tests.faults.soak $(ARGS)

fuzz: $(VENV)/development.stamp ## Made-up requests, nearly right, to the site as in production; ARGS="--count 100000" for the whole (docs/operations.md)
	@$(PYTHON) -m tests.nonsense.fuzz $(ARGS)

bench-pages: $(VENV)/development.stamp ## How quick pages are, kept and cold, on PostgreSQL, beside nginx (bench/README.md)
	@.ci/with-postgresql $(PYTHON) -m bench.pages $(ARGS)

bench-front: $(VENV)/development.stamp ## How quick pages are that nginx in front keeps, and how soon the site is there (bench/README.md)
	@$(PYTHON) -m bench.front $(ARGS)

bench-capacity: $(VENV)/development.stamp ## What an answer that nobody keeps costs, and how many a second each step of scaling gives (bench/README.md)
	@$(PYTHON) -m bench.capacity $(ARGS)

bench: ## Tables of speed, one after the other: bench-library, bench-pages, bench-front; Lighthouse's is make lighthouse (bench/README.md)
	@$(MAKE) --no-print-directory ARGS= bench-library bench-pages bench-front

bench-library: $(VENV)/development.stamp ## How quick the library is with 100,000 resources, on both databases (bench/README.md)
	@$(PYTHON) -m bench.library $(ARGS)
	@.ci/with-postgresql $(PYTHON) -m bench.library $(ARGS)

sbom: $(VENV)/runtime.stamp ## What the site is made of, for whoever has to know: sbom.json (CycloneDX)
	@$(PYTHON) tools/sbom.py > sbom.json && echo "Written: sbom.json"

audit: $(VENV)/development.stamp ## Is a known hole in what the site is made of? (pip-audit, fetched by uv; needs PyPI itself)
	@$(VENV)/bin/uv tool run --quiet pip-audit@2.10.0 --requirement requirements.txt --disable-pip --require-hashes --strict --progress-spinner off

lighthouse: $(VENV)/development.stamp $(LIGHTHOUSE) ## Lighthouse as on a phone, on nine pages (needs Node 18.16 and Chromium; bench/README.md)
	@LIGHTHOUSE=$(LIGHTHOUSE) $(PYTHON) -m bench.lighthouse $(ARGS)

fmt: $(VENV)/development.stamp ## Put Python and templates into form
	@$(VENV)/bin/ruff check --quiet --fix-only .
	@$(VENV)/bin/ruff format --quiet .
	@$(TEMPLATES) | xargs $(VENV)/bin/djade
	@$(TEMPLATES) | xargs $(VENV)/bin/djhtml --tabwidth 2

lint: $(VENV)/development.stamp ## Form, mistakes, import contracts, missing migrations, and those that the version before can't live with
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(TEMPLATES) | xargs $(VENV)/bin/djade --check
	@$(TEMPLATES) | xargs $(VENV)/bin/djhtml --check --tabwidth 2
	@$(VENV)/bin/lint-imports
	@$(PYTHON) manage.py check --fail-level WARNING
	@$(PYTHON) manage.py makemigrations --check --dry-run
	@$(PYTHON) -m tools.lint_migrations

released: $(VENV)/development.stamp ## A release has all migrations that are there now: what comes later has to let it live (docs/operations.md)
	@$(PYTHON) -m tools.lint_migrations --released

messages: $(VENV)/development.stamp ## Collect the sentences to translate into locale/ (needs gettext)
	@command -v xgettext >/dev/null || { echo "make messages needs gettext (apt install gettext, brew install gettext); nothing else does."; exit 1; }
	@locales=$$(DJANGO_SETTINGS_MODULE=initiative.settings $(PYTHON) -c \
	    'from initiative.base.messages import wanted_locales as wanted; print(*(f"--locale {name}" for name in wanted()))') && \
	$(PYTHON) manage.py makemessages $$locales --add-location file --no-wrap --no-obsolete \
	    --ignore "$(VENV)" --ignore var --ignore tests --ignore bench
	@$(PYTHON) manage.py compile_translations

migrations: $(VENV)/development.stamp ## Write the migrations for changed models
	@$(PYTHON) manage.py makemigrations

# Local wheel folders and private indexes have hashes that nobody else has.
COMPILE := env -u UV_FIND_LINKS -u UV_EXTRA_INDEX_URL -u UV_INDEX $(VENV)/bin/uv pip compile --quiet --no-config \
    --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements"

requirements: $(VENV)/development.stamp ## Compile requirements*.in to pinned, hashed .txt files
	@$(COMPILE) $(UPGRADE) requirements.in --output-file requirements.txt
	@$(COMPILE) $(UPGRADE) --constraints requirements.txt requirements-dev.in --output-file requirements-dev.txt
	@# As what all sites have, but for what boto3 wants older.
	@mkdir -p var && for name in requirements requirements-dev; do \
	    sed '/^python-dateutil==/,/[^\\]$$/d' $$name.txt > var/$$name-older.txt; done
	@$(COMPILE) $(UPGRADE) --constraints var/requirements-older.txt requirements-optional.in --output-file requirements-optional.txt
	@$(COMPILE) $(UPGRADE) --constraints var/requirements-dev-older.txt --constraints requirements-optional.txt \
	    requirements-optional-dev.in --output-file requirements-optional-dev.txt

upgrade: ## The newest releases that requirements*.in allow; then run the tests
	@$(MAKE) requirements UPGRADE=--upgrade

clean: ## Remove what can be made anew: environment, caches, static build. Never data
	rm -rf $(VENV) .pytest_cache .ruff_cache .import_linter_cache .hypothesis var/static var/static.stamp
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale initiative/wagtail_words -name '*.mo' -exec rm -f {} +

# The environment. Stamps say what is installed: a second run does no work here, and a changed requirements file is noticed.

define INSTALL
@echo "Installing $(1) (a minute or so, this once) …"
@$(PYTHON) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m ensurepip >/dev/null 2>&1 || true
@$(PYTHON) -m pip install --disable-pip-version-check --no-input --progress-bar off --retries 3 \
    --require-hashes -r $(1) >$(VENV)/pip.log 2>&1 || { \
  if grep -Eq 'NewConnectionError|Connection(Timeout|Reset)?Error|NameResolutionError|ReadTimeout|ConnectTimeout|ProxyError|SSLError|Max retries|Could not fetch URL' $(VENV)/pip.log; then \
    echo "The Python package index cannot be reached: check the network (or your proxy), then give the same command again. Details: $(VENV)/pip.log"; \
  else tail -n 5 $(VENV)/pip.log; \
    echo "The requirements cannot be installed: see $(VENV)/pip.log, or begin anew with rm -rf $(VENV)"; fi; exit 1; }
@touch $@
endef

$(VENV)/runtime.stamp: $(PYTHON) requirements.txt
	$(call INSTALL,requirements.txt)

$(VENV)/development.stamp: $(VENV)/runtime.stamp requirements-dev.txt
	$(call INSTALL,requirements-dev.txt)

$(OPTIONAL)/stamp: $(PYTHON) requirements-optional-dev.txt
	@echo "Installing requirements-optional-dev.txt (a minute or so, this once) …"
	@$(PYTHON) -m venv --clear $(OPTIONAL) && $(OPTIONAL)/bin/python -m pip install --disable-pip-version-check --quiet --no-input \
	    --require-hashes -r requirements-optional-dev.txt && touch $@

$(VNU):
	@command -v npm >/dev/null && command -v java >/dev/null || { echo "make validate needs npm and Java 17 (Debian: apt install npm default-jre-headless)."; exit 1; }
	@mkdir -p $(@D) && cd $(@D) && npm pack --silent vnu-jar@$(VNU_VERSION) >/dev/null && \
	    tar -xzf vnu-jar-$(VNU_VERSION).tgz package/build/dist/vnu.jar && \
	    mv package/build/dist/vnu.jar $(@F) && rm -rf package vnu-jar-$(VNU_VERSION).tgz

$(OBSERVATORY)/node_modules:
	@command -v npm >/dev/null || { echo "make observatory needs npm and Node 20 or newer."; exit 1; }
	@npm install --silent --no-audit --no-fund --ignore-scripts --prefix $(OBSERVATORY) @mdn/mdn-http-observatory@$(OBSERVATORY_VERSION)

$(LIGHTHOUSE):
	@command -v npm >/dev/null || { echo "make lighthouse needs npm and Node 18.16 or newer."; exit 1; }
	@npm install --silent --no-audit --no-fund --prefix var/tools/lighthouse-$(LIGHTHOUSE_VERSION) lighthouse@$(LIGHTHOUSE_VERSION)

# Also made anew when the Python it was made with is gone (a broken link counts as missing).
$(PYTHON):
	@found=; python=; \
	for candidate in python3.13 python3.12 python3.11 python3; do \
	  "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	  found=$$candidate; \
	  "$$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1 && { python=$$candidate; break; }; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Python 3.11 or newer is needed and was not found: install it (Debian: apt install python3 python3-venv; macOS: brew install python)."; exit 1; \
	elif [ -z "$$python" ]; then \
	  echo "$$found cannot make environments: install its venv module (Debian: apt install python3-venv)."; exit 1; \
	elif ! "$$python" -m venv --clear $(VENV); then \
	  rm -rf $(VENV); echo "The environment $(VENV) cannot be made with $$python: see the lines above."; exit 1; \
	fi
