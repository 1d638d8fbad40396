"""Files: one question each, with a name that says its room."""

import ast

import pytest

from tests.house.plan import PACKAGE, ROOT

LONGEST_FILE = 400
NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "base_utils"}
CODE = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def test_no_file_outgrows_its_question():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in CODE
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }

    assert long == {}


def test_every_file_and_folder_is_named_after_what_it_holds():
    nameless = [str(path.relative_to(ROOT)) for path in PACKAGE.rglob("*") if path.stem in NAMELESS]

    assert nameless == []


def test_every_module_says_what_it_is_for():
    silent = [
        str(path.relative_to(ROOT))
        for path in CODE
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []


@pytest.mark.parametrize("folder", ["foundation", "pillars"])
def test_every_package_can_be_imported(folder):
    without = [
        str(path.relative_to(ROOT))
        for path in (PACKAGE / folder).rglob("*")
        if path.is_dir() and any(path.glob("*.py")) and not (path / "__init__.py").exists()
    ]

    assert without == []
