"""What the log tells: every line JSON, with the request's id, and nothing of anybody."""

import io
import json
import logging
import sys

import pytest

from tadamun.config.logs import logging_settings

NAME, PHONE, TOKEN = "أم ليلى قاسم", "+962791234567", "one-time-token"


@pytest.fixture
def lines():
    """What was logged, line by line; the tests' own quiet comes back afterwards."""
    logging_settings(level="INFO")
    (handler,) = [one for one in logging.getLogger().handlers if type(one) is logging.StreamHandler]
    written = io.StringIO()
    before = handler.setStream(written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging_settings(level="CRITICAL")
    handler.setStream(before)


@pytest.mark.django_db
def test_a_request_is_one_line_with_its_id_and_its_door(client, lines):
    answer = client.get("/help/?q=" + PHONE)

    (line,) = lines()
    assert (line["event"], line["door"], line["method"], line["status"]) == (
        "request",
        "web:help",
        "GET",
        200,
    )
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert PHONE not in json.dumps(line)


@pytest.mark.django_db
def test_health_leaves_no_line(client, lines):
    client.get("/livez")

    assert lines() == []


def raised(error, cause=None):
    try:
        raise error from cause
    except type(error):
        return sys.exc_info()


def test_a_failed_request_names_neither_its_address_nor_what_somebody_typed(lines):
    cause = raised(KeyError(PHONE))[1]
    logging.getLogger("django.request").error(
        "Internal Server Error: %s", f"/c/olive/join/{TOKEN}/", exc_info=raised(ValueError(NAME), cause),
        extra={"status_code": 500},
    )  # fmt: skip

    (line,) = lines()
    assert (line["event"], line["status"]) == ("request_failed", 500)
    assert "in raised" in line["exception"]
    assert line["exception"].endswith("ValueError")
    assert "KeyError" in line["exception"]
    assert all(private not in json.dumps(line, ensure_ascii=False) for private in (NAME, PHONE, TOKEN))


def test_an_error_of_the_program_keeps_its_message(lines):
    logging.getLogger("tadamun.test").error("broke", exc_info=raised(RuntimeError("no such setting")))

    (line,) = lines()
    assert line["exception"].endswith("RuntimeError: no such setting")
