"""Typed errors as pages and as JSON, and the pages of 403, 404 and 500."""

import importlib
import json
import pkgutil
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

import tadamun
from tadamun.design.region import activate_region, deactivate_region
from tadamun.kernel.errors import Conflict, Limited, Missing, Refused, TadamunError
from tadamun.pillars.aid.needs.errors import PinLocked, QuantityOutOfRange, WrongCode
from tadamun.web import errors
from tadamun.web.sentences import SENTENCES, sentence_for

BASES = {TadamunError, Refused, Missing, Conflict, Limited}


def every_typed_error() -> Iterator[type[TadamunError]]:
    """All subclasses, once every module that may define one is loaded."""
    for module in pkgutil.walk_packages(tadamun.__path__, "tadamun."):
        last = module.name.rsplit(".", 1)[-1]
        if last in {"errors", "limits", "phones", "problems"}:
            importlib.import_module(module.name)
    seen, waiting = set(), list(TadamunError.__subclasses__())
    while waiting:
        error = waiting.pop()
        waiting += error.__subclasses__()
        if error not in seen and error not in BASES and error.__module__.startswith("tadamun."):
            seen.add(error)
            yield error


def test_every_typed_error_has_a_sentence_of_its_own():
    missing = sorted(error.__name__ for error in every_typed_error() if error.code not in SENTENCES)

    assert missing == []


def test_no_sentence_is_left_of_an_error_that_is_gone():
    codes = {error.code for error in every_typed_error()}

    assert set(SENTENCES) - codes == set()


def made(error: type[TadamunError], **params: object) -> TadamunError:
    """One of its kind with these parameters, whatever its own constructor asks for."""
    one = error.__new__(error)
    TadamunError.__init__(one, **params)
    return one


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_a_sentence_takes_its_numbers_in_and_leaves_no_placeholder(language):
    with translation.override(language):
        for error in every_typed_error():
            said = sentence_for(made(error, minutes=15, most=300, days=7))
            assert said.title
            assert said.advice
            assert "%(" not in said.title + said.advice, error.code


def test_numbers_are_written_in_the_digits_of_the_region():
    activate_region("JO")
    try:
        with translation.override("ar"):
            assert "١٥" in sentence_for(PinLocked(minutes=15)).advice
    finally:
        deactivate_region()


@pytest.mark.django_db
class TestPages:
    def test_a_page_that_is_not_there_is_said_in_a_frame_with_the_helpline(self, community):
        answer = Client().get("/nowhere/at/all/")

        assert answer.status_code == 404
        assert "07 9000 0000" in answer.content.decode()
        assert 'lang="ar" dir="rtl"' in answer.content.decode()

    def test_an_unknown_community_is_said_too(self, community):
        answer = Client().get("/c/elsewhere/")

        assert answer.status_code == 404
        assert answer["Content-Type"].startswith("text/html")

    @pytest.mark.parametrize("path", ["language/", "c/olives/exports/names/"])
    def test_an_address_that_only_takes_forms_is_said_in_the_sites_own_frame(self, community, path):
        guest = Client()
        guest.cookies["language"] = "en"

        answer = guest.get(f"/{path}")

        assert (answer.status_code, answer["Allow"]) == (405, "POST")
        assert "no page of its own" in answer.content.decode()
        assert "07 9000 0000" in answer.content.decode()

    def test_a_page_that_takes_no_forms_says_so_too(self, community):
        answer = Client().post("/c/olives/open-needs/")

        assert answer.status_code == 405
        assert "GET" in answer["Allow"]
        assert answer["Content-Type"].startswith("text/html")

    def test_a_program_that_uses_another_method_gets_a_problem_document(self, community):
        answer = Client().put("/api/v1/communities/olives/requests")

        assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
        assert "POST" in answer["Allow"]
        assert answer.json()["code"] == "method_not_allowed"

    def test_what_was_typed_comes_back_without_controls_and_direction_marks(self, community):
        guest = Client(enforce_csrf_checks=True)

        answer = guest.post("/c/olives/ask/", {"notes": "two words\x00\u202e here"})

        page = answer.content.decode()
        assert answer.status_code == 403
        assert "two words" in page
        assert "\x00" not in page
        assert "\u202e" not in page

    def test_programs_get_a_problem_document(self, community):
        request = RequestFactory().get("/api/needs/")

        answer = errors.answer_to(request, WrongCode())

        problem = json.loads(answer.content)
        assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
        assert problem["type"] == "urn:tadamun:problem:wrong_code"
        assert problem["title"]
        assert problem["detail"]

    def test_a_limit_says_when_to_come_back(self, community):
        request = RequestFactory().get("/api/x/")

        assert errors.answer_to(request, PinLocked(minutes=7))["Retry-After"] == "420"

    @pytest.mark.parametrize(
        "sent",
        [{f"field{n}": "x" for n in range(501)}, {"welcome": "x" * 2_600_000}],
        ids=["too many fields", "too long a text"],
    )
    @pytest.mark.parametrize("encoding", ["multipart", "urlencoded"])
    def test_a_form_that_holds_too_much_is_refused_in_words(self, community, sent, encoding):
        guest = Client()
        guest.cookies["language"] = "en"

        if encoding == "multipart":
            answer = guest.post("/language/", sent)
        else:
            form = "application/x-www-form-urlencoded"
            answer = guest.post("/language/", urlencode(sent), content_type=form)

        assert answer.status_code == 413
        assert "too much to send at once" in answer.content.decode()
        assert "07 9000 0000" in answer.content.decode()

    def test_a_host_that_is_not_ours_gets_no_page_of_ours(self, community):
        assert Client(headers={"host": "elsewhere.example"}).get("/").status_code == 400

    def test_our_own_fault_needs_neither_database_nor_session(self):
        answer = errors.server_error(RequestFactory().get("/"))

        assert answer.status_code == 500
        assert "<h1>" in answer.content.decode()

    def test_a_quantity_error_says_the_limit(self):
        with translation.override("en"):
            assert "300" in sentence_for(QuantityOutOfRange(most=300)).advice


@pytest.mark.django_db
class TestAFormThatCameTooLate:
    def test_keeps_what_was_typed_and_never_a_password(self, community):
        guest = Client(enforce_csrf_checks=True)
        typed = {"notes": "الباب <b>الخلفي</b> من فضلك", "number": "1042", "password1": "olive-tree-7"}

        answer = guest.post("/c/olives/ask/?category=food", typed)

        page = answer.content.decode()
        assert answer.status_code == 403
        assert 'name="notes"' in page
        assert "الباب &lt;b&gt;الخلفي&lt;/b&gt; من فضلك" in page
        assert 'name="number" value="1042"' in page
        assert 'action="/c/olives/ask/?category=food"' in page
        assert "olive-tree-7" not in page
        assert "password1" not in page

    def test_a_second_press_sends_it(self, community):
        guest = Client(enforce_csrf_checks=True)
        page = guest.post("/language/", {"language": "fr", "next": "/help/"}).content.decode()
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

        answer = guest.post("/language/", {"language": "fr", "next": "/help/", "csrfmiddlewaretoken": token})

        assert answer.status_code == 302
        assert guest.cookies["language"].value == "fr"

    def test_does_not_post_to_another_host(self, community):
        guest = Client(enforce_csrf_checks=True)

        page = guest.post("//evil.example/", {"a": "b"}).content.decode()

        assert 'action="//' not in page
