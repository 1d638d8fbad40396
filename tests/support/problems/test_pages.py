"""The pages of common problems: once however often they are sent, kind about slips, and safe with what is written."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tadamun.pillars.support.problems.models import Idea, Problem
from tests.aid.make import NOON
from tests.support.problems.make import camera_file, do, make_problem

HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def visit(community):
    """Ask for a page of problems, or send a form to it, as somebody."""

    def ask(person, path="", data=None):
        client = Client()
        if person is not None:
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        url = f"/c/{community.slug}/problems/{path}"
        return client.get(url) if data is None else client.post(url, data)

    return ask


def test_raising_shows_what_is_alike_first_and_makes_one_however_often_it_is_sent(visit, problem, sami):
    sent = {"title": "المصابيح مطفأة في الدرج", "form_token": "t"}

    shown = visit(sami, "new/", sent)

    assert problem.title in shown.content.decode()
    assert Problem.objects.count() == 1
    for _again in range(2):
        assert visit(sami, "new/", sent | {"looked": "1"}).status_code == 302
    assert Problem.objects.count() == 2


def test_says_what_is_missing_and_keeps_what_was_written(visit, layla):
    answer = visit(layla, "new/", {"title": "", "body": "تفصيل", "since_on": "2999-01-01", "form_token": "t"})

    assert answer.status_code == 422
    assert "تفصيل" in answer.content.decode()
    late = visit(layla, "new/", {"title": "عطل", "since_on": "2999-01-01", "form_token": "t"})
    assert late.status_code == 422
    assert not Problem.objects.exists()


def test_an_idea_sent_twice_is_one(visit, problem, sami):
    for _again in range(2):
        visit(sami, f"{problem.public_id}/ideas/", {"words": "مصباح", "form_token": "t"})

    assert Idea.objects.count() == 1
    assert visit(sami, f"{problem.public_id}/ideas/", {"words": " ", "form_token": "u"}).status_code == 422


def test_one_that_was_joined_leads_on(visit, community, problem, layla, reem):
    other = make_problem(community, by=layla, title="الدرج مظلم")
    do("merge", other, reem, into_id=problem.public_id)

    answer = visit(layla, f"{other.public_id}/")

    assert answer["Location"].endswith(f"{problem.public_id}/")


def test_what_is_for_members_is_shared_with_nobody(visit, problem, reem):
    for path in ("", "share/", "card.svg"):
        assert visit(None, f"{problem.public_id}/{path}").status_code == 404
    do("open_to_all", problem, reem)
    for path in ("", "share/", "card.svg"):
        assert visit(None, f"{problem.public_id}/{path}").status_code == 200


def test_hostile_words_stay_words(visit, community, layla, sami, reem):
    problem = make_problem(community, by=layla, title=HOSTILE, body=HOSTILE, at=NOON)
    do("add_idea", problem, sami, words=HOSTILE)
    do("open_to_all", problem, reem)

    for path in ("", f"{problem.public_id}/", f"{problem.public_id}/share/", f"{problem.public_id}/card.svg"):
        assert "<script>alert" not in visit(layla, path).content.decode(), path


def test_no_page_names_whom_it_affects(visit, problem, layla, sami, reem, hind):
    do("say_affected", problem, sami, area=None)
    do("open_to_all", problem, reem)

    for person in (None, layla, reem, hind):
        for path in ("", f"{problem.public_id}/"):
            page = visit(person, path).content.decode()
            assert sami.name not in page
            assert layla.name not in page or person == layla


def test_a_file_that_is_no_photo_is_said_in_the_form(visit, problem, layla):
    path = f"{problem.public_id}/photo/"
    wrong = SimpleUploadedFile("x.jpg", b"%PDF-1.4", "image/jpeg")
    right = SimpleUploadedFile("x.jpg", camera_file(), "image/jpeg")

    answer = visit(layla, path, {"photo": wrong, "moment": "before", "form_token": "t"})
    assert answer.status_code == 422
    assert visit(layla, path, {"photo": right, "moment": "before", "form_token": "u"}).status_code == 302

    picture = visit(layla, f"photos/{problem.pictures.get().public_id}/")
    assert picture["Content-Type"] == "image/webp"
    assert b"PlantedCamera" not in b"".join(picture.streaming_content)


def test_a_community_that_has_switched_it_off_has_no_such_pages(visit, community, layla):
    community.switched_off = ["problems"]
    community.save()

    assert visit(layla).status_code == 404
