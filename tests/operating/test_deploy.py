"""The examples for running an instance name commands and settings that exist."""

import re

import pytest

from tadamun.cli.main import command_files
from tests.house.plan import ROOT

DEPLOY = ROOT / "deploy"
EXAMPLES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())


@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("systemd/*.service")), ids=lambda path: path.name)
def test_units_run_commands_that_exist(unit):
    named = re.findall(r"^Exec\w+=.*?run tadamun ([a-z-]+)", unit.read_text(), flags=re.MULTILINE)

    assert named
    assert set(named) <= set(command_files())


def test_the_composition_runs_commands_that_exist():
    named = re.findall(r"command: \[([a-z-]+)", (DEPLOY / "compose.yaml").read_text())

    assert named == ["migrate", "serve", "worker"]
    assert set(named) <= set(command_files())


def test_every_setting_in_the_example_is_documented():
    named = re.findall(
        r"^#?([A-Z][A-Z_]+)=", (DEPLOY / "tadamun.env.example").read_text(), flags=re.MULTILINE
    )
    documented = (ROOT / "docs/operating.md").read_text(encoding="utf-8")

    assert len(named) > 10
    assert [name for name in named if f"`{name}`" not in documented] == []


def test_the_list_of_examples_is_whole():
    listed = re.findall(r"\]\(([^)]+)\)", (DEPLOY / "README.md").read_text())
    there = {path.relative_to(DEPLOY).as_posix() for path in EXAMPLES} - {"README.md"}

    assert there <= set(listed)
    assert all((DEPLOY / target).exists() for target in listed)


@pytest.mark.parametrize("proxy", ["nginx.conf", "Caddyfile"])
def test_proxies_keep_how_work_stands_from_the_outside(proxy):
    text = (DEPLOY / proxy).read_text()

    assert all(re.search(rf"^[^#\n]*{path}\b", text, flags=re.MULTILINE) for path in ("/readyz", "/metrics"))


def test_every_folder_a_unit_may_write_to_is_made_by_the_description():
    described = (ROOT / "docs/operating.md").read_text(encoding="utf-8")
    units = "\n".join(path.read_text() for path in DEPLOY.glob("systemd/*.service"))
    named = {
        folder
        for line in re.findall(r"^ReadWritePaths=(.*)$", units, flags=re.MULTILINE)
        for folder in line.split()
    }

    assert named == {"/srv/tadamun", "/var/backups/tadamun"}
    assert all(
        re.search(rf"^    .*(install -d|useradd).*{folder}", described, flags=re.MULTILINE)
        for folder in named
    )
