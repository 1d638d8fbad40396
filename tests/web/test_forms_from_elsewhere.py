"""A form without a valid token: kept for whoever typed it here, and no help to another site."""

import pytest
from django.test import Client

TYPED = {"body": "نحتاج حليبًا اليوم", "password": "secret"}


@pytest.fixture
def browser(db):
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}])
def test_what_was_typed_here_is_kept_but_for_a_password(browser, headers):
    page = browser.post("/language/", TYPED, headers=headers)

    assert page.status_code == 403
    assert TYPED["body"] in page.content.decode()
    assert TYPED["password"] not in page.content.decode()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Referer": "https://elsewhere.example/testserver"},
        {"Origin": "https://["},
    ],
)
def test_another_sites_form_gets_no_button_that_sends_it(browser, headers):
    page = browser.post("/language/", TYPED, headers=headers)

    assert page.status_code == 403
    assert TYPED["body"] not in page.content.decode()
