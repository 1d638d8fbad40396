"""A file of services handed in on a page: read with the same report as from the command line, or refused with why."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.pillars.aid.directory import services
from tadamun.pillars.aid.directory.cards import plain
from tadamun.pillars.aid.directory.models import FileReading, Service
from tadamun.pillars.aid.directory.services import reading as reading_services
from tests.aid import make
from tests.aid.directory.files import small, zip_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(coordinator: Person) -> Client:
    client = Client()
    client.force_login(coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def upload(client: Client, community: Community, content: bytes, **given: Any) -> Any:
    said = {"form_token": "one", "source": "town", **given}
    file = SimpleUploadedFile("services.zip", content)
    return client.post(f"/c/{community.slug}/directory/files/", {**said, "file": file})


def test_says_the_same_as_the_command_line_and_takes_a_file_once(
    keeper: Client, community: Community, take: Any
) -> None:
    content = small().getvalue()
    said = plain(take(io.BytesIO(content), source="other"))
    Service.objects.all().delete()

    first = upload(keeper, community, content)
    again = upload(keeper, community, content)

    row = FileReading.objects.get()
    assert first.status_code == 302
    assert first["Location"] == again["Location"]
    assert (row.state, row.source, row.content) == ("done", "town", None)
    assert row.report | {"source": "", "services": {}} == json.loads(
        json.dumps(said | {"source": "", "services": {}})
    )
    page = keeper.get(first["Location"])
    assert page.status_code == 200
    assert Service.objects.count() == said["taken"]["service"] > 0


def test_every_refused_and_mended_row_stands_in_the_sheet(keeper: Client, community: Community) -> None:
    content = (
        b"ServiceName,ParentAgency,PhysicalAddress1,Phone1Number\n"
        b"Food,=Bank,Street 1,nobody knows\n,,Street 2,\nFood,=Bank,Street 1,nobody knows\n"
    )
    answer = upload(keeper, community, content)
    row = FileReading.objects.get()

    sheet: Any = keeper.get(f"{answer['Location']}rows/")

    lines = sheet.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2 + len(row.report["refused"]) + len(row.report["mended"]) > 2
    assert not any(cell.startswith("=") for line in lines for cell in line.split(","))


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"data/services.csv": b"id,name\n" + b"0" * 5_000_000}, "bursts"),
        ({"../../services.csv": b"id,name\n1,a\n"}, "path_leads_out"),
        ({"readme.txt": b"nothing"}, "no_services_table"),
    ],
)
def test_refuses_what_is_built_to_harm_with_a_sentence(
    keeper: Client, community: Community, members: dict[str, bytes], why: str
) -> None:
    answer = upload(keeper, community, zip_of(members).getvalue())
    row = FileReading.objects.get()
    services.read_file(reading_id=row.public_id, at=timezone.now())

    row.refresh_from_db()
    assert (row.state, row.problem, row.content) == ("failed", why, None)
    from tadamun.pillars.aid.directory.wording import FAULTS

    assert str(FAULTS[why]) in keeper.get(answer["Location"]).content.decode()
    assert not Service.objects.exists()


def test_a_large_file_waits_for_the_worker_under_seal(
    keeper: Client, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_services, "AT_ONCE_MOST", 10)
    queued: list[str] = []
    monkeypatch.setattr(reading_services, "queue", queued.append)
    answer = upload(keeper, community, small().getvalue())
    row = FileReading.objects.get()

    assert queued == [row.public_id]
    assert row.state == "waiting"
    assert "hx-get" in keeper.get(answer["Location"]).content.decode()

    services.read_file(reading_id=row.public_id, at=timezone.now())
    again = services.read_file(reading_id=row.public_id, at=timezone.now())

    row.refresh_from_db()
    assert (row.state, row.content, again) == ("done", None, None)


def test_a_file_over_which_reading_breaks_off_does_not_stay(
    keeper: Client, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_services, "AT_ONCE_MOST", 10)
    monkeypatch.setattr(reading_services, "queue", lambda reading_id: None)
    answer = upload(keeper, community, small().getvalue())

    def broken(**given: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(reading_services, "import_services", broken)
    services.read_file(reading_id=FileReading.objects.get().public_id, at=timezone.now())

    row = FileReading.objects.get()
    assert (row.state, row.problem, row.content) == ("failed", "broke_off", None)
    assert "انقطعت قراءة" in keeper.get(answer["Location"]).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_files_that_bring_the_same_new_terms_are_both_taken_in(community: Community, take: Any) -> None:
    from tadamun.pillars.aid.directory.models import Term
    from tests.foundation.together import together

    terms = [{"id": f"t{n}", "code": f"c{n}", "name": f"طعام {n}", "taxonomy": "own"} for n in range(20)]
    hung = [
        {"id": f"a{n}", "link_id": "10", "link_entity": "service", "taxonomy_term_id": f"t{n}"}
        for n in range(20)
    ]
    file = small(taxonomy_terms=terms, attributes=hung).getvalue()

    outcomes = together(
        [lambda name=name: take(io.BytesIO(file), source=name) for name in ("one", "two", "three")]
    )

    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert Term.objects.filter(taxonomy="own").count() == 20


def test_a_file_whose_coordinator_is_one_no_more_is_not_read(
    community: Community, coordinator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_services, "AT_ONCE_MOST", 10)
    monkeypatch.setattr(reading_services, "queue", lambda reading_id: None)
    row = services.hand_in(
        community=community, actor=coordinator, content=small().getvalue(), title="a.zip", at=make.NOON
    )
    services.forget_person(person=coordinator, at=make.NOON)

    services.read_file(reading_id=row.public_id, at=make.NOON)

    row.refresh_from_db()
    assert (row.state, row.content) == ("failed", None)


def test_a_file_that_is_too_large_is_said_to_be_so(
    keeper: Client, community: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tadamun.pillars.aid.directory import forms

    monkeypatch.setattr(forms, "UPLOAD_MOST", 10)

    answer = upload(keeper, community, small().getvalue())

    assert answer.status_code == 422
    assert not FileReading.objects.exists()


def test_what_no_database_takes_is_left_out_of_the_report(keeper: Client, community: Community) -> None:
    content = json.dumps([{"id": "a\u0000b\ud800", "name": ""}, {"id": "1", "name": "x"}]).encode()

    assert upload(keeper, community, content).status_code == 302


def test_takes_the_directory_out_as_it_came_in(keeper: Client, community: Community) -> None:
    upload(keeper, community, small().getvalue())
    count = Service.objects.count()

    answer: Any = keeper.get(f"/c/{community.slug}/directory/files/export/")

    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert len(json.loads(archive.read("services.json"))) == count
    assert answer["Content-Disposition"].endswith('-hsds.zip"')


def test_what_was_said_of_a_file_goes_after_a_month_and_the_services_stay(
    keeper: Client, community: Community
) -> None:
    upload(keeper, community, small().getvalue())

    assert services.drop_old_readings(at=timezone.now() + timedelta(days=29)) == 0
    assert services.drop_old_readings(at=timezone.now() + timedelta(days=31)) == 1
    assert Service.objects.exists()


def test_phones_are_read_by_the_country_that_was_chosen(keeper: Client, community: Community) -> None:
    content = "الخدمة,الجهة,الهاتف\nمطبخ البركة,جمعية البركة,(305) 555-1234\n".encode()

    page = keeper.get(f"/c/{community.slug}/directory/files/").content.decode()
    refused = upload(keeper, community, content, region="XX")
    upload(keeper, community, content, region="us")

    assert f'value="{community.region}"' in page
    assert "مختومًا" in page
    assert refused.status_code == 422
    assert Service.objects.get().phones.get().number == "+13055551234"
    assert FileReading.objects.get().region == "US"
