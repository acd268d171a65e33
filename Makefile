# Targets for people and CI alike; `make` alone lists them.

PACKAGES := libgsl-dev libtorch-dev libopenblas0-openmp zlib1g-dev libturbojpeg0-dev libpng-dev libcmark-dev pkgconf python3-minimal
OUTPUT ?= demo
WORKERS ?=
PREFIX ?= $(HOME)/.local
RELEASE := swift build -c release
DOCUMENTATION := .build/documentation
RELEASED := .build/release
ESPALIER := $(RELEASED)/espalier
workers := $(if $(WORKERS),--workers $(WORKERS))

.PHONY: help demo notebooks install build test check lint format docs bench prerequisites clean

help:
	@echo "make demo    install what is missing, build, run analyses/ablations-digits"
	@echo "make notebooks   build, run what is not up to date of the lessons in notebooks-md"
	@echo "make test    install what is missing, run every test"
	@echo "make check   the gate: format lint, warnings as errors, import check, tests, documentation"
	@echo "make docs    build the documentation into .build/documentation"
	@echo "make install   build, copy programs and completions below PREFIX, ~/.local unless stated"
	@echo "make bench   measure speed beside the machine's limit"
	@echo "make build   build .build/release/espalier"
	@echo "make format  format the sources"
	@echo "make clean   delete what was built"

demo: build
	@echo "Running analyses/ablations-digits: a minute or two on two cores; ^C stops, make demo goes on."
	$(ESPALIER) run analyses/ablations-digits/suite.yaml --output $(OUTPUT) $(workers)
	@echo "The report is $(OUTPUT)/report.md"

notebooks: build
	$(ESPALIER) notebook run --allow-shell $(workers) notebooks-md/[0-9]*.md

build: prerequisites
	@echo "Building: about 6 minutes on two cores the first time, seconds later."
	$(RELEASE) --product espalier
	$(RELEASE) --product espalier-worker
	$(RELEASE) --product espalier-supervisor

# Programs find each other, and what they carry, beside themselves: they and their bundles stay in one folder.
install: build
	install -d "$(PREFIX)/bin" "$(PREFIX)/libexec/espalier" "$(PREFIX)/share/bash-completion/completions"
	install -m 755 $(RELEASED)/espalier $(RELEASED)/espalier-worker $(RELEASED)/espalier-supervisor \
	  "$(PREFIX)/libexec/espalier"
	cp -R $(RELEASED)/espalier_Analyses.resources $(RELEASED)/espalier_Readers.resources \
	   "$(PREFIX)/libexec/espalier"
	ln -sf ../libexec/espalier/espalier "$(PREFIX)/bin/espalier"
	"$(PREFIX)/bin/espalier" --generate-completion-script bash \
	  > "$(PREFIX)/share/bash-completion/completions/espalier"
	@echo "Installed $(PREFIX)/bin/espalier"; \
	case ":$$PATH:" in *":$(PREFIX)/bin:"*) ;; *) echo "Add $(PREFIX)/bin to your PATH." ;; esac

test: prerequisites
	@echo "Building and testing: about 8 minutes on two cores the first time."
	ESPALIER_WARNINGS=error swift build --build-tests
	ESPALIER_WARNINGS=error swift test --skip-build

# docc comes with Swift; where it is not on the PATH the documentation is not checked.
check: lint test $(if $(shell command -v docc),docs)

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests

bench: build
	$(ESPALIER) bench $(workers)

# A warning is an error: a link that leads nowhere, a parameter that is not described.
docs: prerequisites
	ESPALIER_WARNINGS=error swift package dump-symbol-graph --minimum-access-level package \
	  --skip-synthesized-members >/dev/null
	rm -rf $(DOCUMENTATION)
	graphs=$$(dirname $$(swift build --show-bin-path))/symbolgraph; \
	for graph in $$graphs/[A-Z]*.symbols.json; do \
	  room=$$(basename $$graph .symbols.json); \
	  case $$room in *@*|*Tests) continue;; esac; \
	  own=$(DOCUMENTATION)/graphs/$$room; mkdir -p $$own $(DOCUMENTATION)/rooms; \
	  find $$graphs -name "$$room.*" -o -name "$$room@*" | xargs cp -t $$own; \
	  docc convert --warnings-as-errors --fallback-display-name $$room \
	    --fallback-bundle-identifier espalier.$$room --additional-symbol-graph-dir $$own \
	    --output-path $(DOCUMENTATION)/rooms/$$room || exit 1; \
	done
	docc convert --warnings-as-errors --fallback-display-name Espalier \
	  --fallback-bundle-identifier espalier --output-path $(DOCUMENTATION)/guide \
	  Sources/espalier/Espalier.docc
	@echo "Read it by any web server in $(DOCUMENTATION)/guide, from documentation/espalier/ on."

clean:
	swift package clean

# Says what it will install and how much that is before it does; touches nothing when all is there.
prerequisites:
	@command -v swift >/dev/null || { \
	  echo "Swift 6.2 or later is missing: see https://www.swift.org/install"; exit 1; }
	@missing=; \
	if command -v dpkg-query >/dev/null; then \
	  for package in $(PACKAGES); do \
	    dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' \
	      || missing="$$missing $$package"; \
	  done; \
	else \
	  echo "This is no Debian: install GSL, libtorch, zlib, libjpeg-turbo, libpng and cmark yourself (README, Supported systems)."; \
	fi; \
	if [ -n "$$missing" ]; then \
	  sudo=; \
	  if [ "$$(id -u)" -ne 0 ]; then \
	    command -v sudo >/dev/null || { \
	      echo "These packages are missing and you are not root:$$missing"; \
	      echo "Ask an administrator for: apt-get install$$missing"; exit 1; }; \
	    sudo=sudo; \
	  fi; \
	  echo "Installing:$$missing"; \
	  $$sudo apt-get update -qq || echo "apt-get update failed; going on with the lists there are"; \
	  LC_ALL=C apt-get install --no-install-recommends --assume-no $$missing 2>/dev/null \
	    | grep -E 'Need to get|disk space' || true; \
	  echo "One or two minutes, depending on the network."; \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing \
	    >/dev/null || { \
	    echo "The packages could not be installed. Ask an administrator for:"; \
	    echo "  apt-get install$$missing"; exit 1; }; \
	fi
