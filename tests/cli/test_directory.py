"""`tadamun directory`: a file in, the directory out, and what is told of both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tadamun.cli.main import main
from tadamun.foundation.communities.models import Community
from tadamun.pillars.aid.directory.models import Service
from tests.aid import make
from tests.aid.directory.files import PANTRY, small

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _instance_is_the_tests_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tadamun.cli.instance.prepare", lambda: None)


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A datapackage with one good service, and one of an organisation that nobody knows."""
    path = tmp_path / "Town List.zip"
    path.write_bytes(small(services=[PANTRY, PANTRY | {"id": "11", "organization_id": "99"}]).getvalue())
    return str(path)


def run(capsys: Any, *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as left:
        main(["directory", *arguments])
    return int(left.value.code or 0), capsys.readouterr().out


def test_tells_what_was_taken_and_of_every_other_row_why_not(capsys, file):
    make.make_community(slug="hay")

    code, out = run(capsys, "import", file)

    assert code == 0
    assert "1 of 2 services are in the directory of hay (1 new; source town-list)" in out
    assert "service: unknown organisation: row 3 (99)" in out


def test_gives_programs_every_row(capsys, file):
    make.make_community(slug="hay")

    code, out = run(capsys, "import", file, "--json")

    told = json.loads(out)
    assert code == 0
    assert told["services"] == {"new": 1}
    assert {"table": "service", "row": 3, "id": "11", "code": "unknown_organisation", "named": "99"} in told[
        "refused"
    ]


def test_asks_which_community_where_there_are_several(capsys, file):
    make.make_community(slug="hay")
    make.make_community(slug="hills")

    assert run(capsys, "import", file)[0] == 1
    assert run(capsys, "import", file, "--community", "nowhere")[0] == 1
    assert run(capsys, "import", file, "--community", "hills")[0] == 0
    assert Service.objects.get().community.slug == "hills"


def test_begins_a_community_for_a_file_that_has_nowhere_to_go(capsys, file):
    assert run(capsys, "import", file)[0] == 0
    assert Community.objects.get().slug == "directory"


@pytest.mark.parametrize("out", ["out", "out.zip"])
def test_writes_a_folder_or_a_zip_that_is_read_again(capsys, file, tmp_path, out):
    make.make_community(slug="hay")
    run(capsys, "import", file)

    code, _said = run(capsys, "export", "--hsds", str(tmp_path / out))
    assert code == 0
    read = tmp_path / out if out.endswith(".zip") else tmp_path / out / "services.json"
    code, said = run(capsys, "import", str(read), "--source", "again")
    assert (code, "1 same" in said) == (0, True)
    assert Service.objects.count() == 1


def test_says_in_a_sentence_what_is_no_directory(capsys, tmp_path):
    make.make_community(slug="hay")
    path = tmp_path / "letter.txt"
    path.write_text("Dear neighbours,\nall the best\n", encoding="utf-8")

    code, out = run(capsys, "import", str(path), "--json")

    assert code == 1
    assert json.loads(out)["error"]["code"] == "not_a_directory_file"


def test_confirms_a_service(capsys, file):
    make.make_community(slug="hay")
    run(capsys, "import", file)
    row = Service.objects.get()

    assert run(capsys, "confirm", row.public_id)[0] == 0
    assert run(capsys, "confirm", "nobody")[0] == 1
    row.refresh_from_db()
    assert row.confirmed_on is not None
