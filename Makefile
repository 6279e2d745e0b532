# What people type: `make run` and `make test`. Both install what is missing.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

run: ## Build and open the app (without a display: the same main job on the command line)
	@tools/install.sh run
	@tools/run.sh

test: ## Check and test everything
	@tools/install.sh test
	@tools/test.sh

bundle: ## Build for release and pack a .deb and an AppImage into target/bundle
	@tools/install.sh bundle
	@(cd ui && npm run --silent build)
	cargo build --release --locked -p tapwright-app --features custom-protocol
	cargo build --release --locked -p cli -p appimage
	@tools/bundle.sh target/release target/bundle

bench: ## Measure the command line on a large paged API
	@bench/run.sh

fmt: ## Format the code
	cargo fmt --all

generate: ## Write the generated files anew: the JSON Schema and the page's types
	@tools/install.sh test
	PATH="$(CURDIR)/.tools/bin:$$PATH" UPDATE=1 cargo nextest run -p definition -p api -E 'test(drift) + test(typescript_is_up_to_date)'

.PHONY: help run test bundle bench fmt generate
