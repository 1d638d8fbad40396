"""The documents lead somewhere, and every setting and command that is documented exists."""

import re

import pytest

from tadamun.cli.main import command_files
from tests.house.plan import PACKAGE, ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)|href=\"([^\"]+)\"")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_to_a_file(document):
    text = re.sub(r"```.*?```|`[^`]*`", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = ["".join(found) for found in LINK.findall(text)]
    dead = [
        target
        for target in targets
        if "://" not in target
        and not target.startswith("#")
        and not (document.parent / target.split("#")[0]).exists()
    ]

    assert dead == []


def test_every_setting_read_from_the_environment_is_documented():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "config").glob("*.py"))
    read = set(re.findall(r'(?:environ\.get\(|flag\(|words\(|environment=)"([A-Z_]+)"', code))
    documented = set(
        re.findall(r"`([A-Z][A-Z_]+)`", (ROOT / "docs/operating.md").read_text(encoding="utf-8"))
    )

    assert read - documented == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_documented_command_exists(document):
    named = set(re.findall(r"`(?:\./run )?tadamun ([a-z][a-z-]+)", document.read_text(encoding="utf-8")))

    assert named <= set(command_files())
