"""Every page that signing in leads to is ours: our design, our words, in every language."""

import re

import pytest
from allauth.account import urls as account_urls
from allauth.account.models import EmailConfirmationHMAC
from allauth.mfa import urls as mfa_urls
from django.urls import URLPattern

from tadamun.foundation.people import letters
from tests.foundation.people.conftest import PHONE


def names_in(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        else:
            yield from names_in(pattern.url_patterns)


NAMES = sorted({*names_in(account_urls.urlpatterns), *names_in(mfa_urls.urlpatterns)})
ARGUMENTS = {
    "account_confirm_email": {"key": "x"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "x-y"},
    "mfa_edit_webauthn": {"pk": 1},
    "mfa_remove_webauthn": {"pk": 1},
}


def path_of(name):
    from django.urls import reverse

    return reverse(name, kwargs=ARGUMENTS.get(name))


def is_ours(answer):
    if answer.status_code != 200 or answer["Content-Type"].startswith("text/plain"):
        return True
    used = [template.origin.name for template in answer.templates if template.origin]
    pages = [name for name in used if name.endswith(".html")]
    return all("/allauth/templates/" not in name for name in pages) and "<h1" in answer.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_a_guest_sees_ours(client, db, name):
    assert is_ours(client.get(path_of(name)))


@pytest.mark.parametrize("name", NAMES)
def test_a_member_sees_ours(signed_in, make_person, name):
    client = signed_in(make_person(phone=PHONE, email="hind@example.org"))

    assert is_ours(client.get(path_of(name), follow=True))


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
@pytest.mark.parametrize(
    "name", ["account_login", "account_signup", "account_reset_password", "account_request_login_code"]
)
def test_the_first_pages_are_sound_in_every_language(client, db, name, language):
    client.cookies["language"] = language

    page = client.get(path_of(name)).content.decode()

    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page
    assert page.count("<h1") == 1
    assert "placeholder=" not in page
    assert not re.search(r"<(style|script)(?![^>]*\bsrc=)[^>]*>|\sstyle=", page)


def test_the_page_behind_a_confirmation_link_is_ours(client, make_person):
    person = make_person(email="hind@example.org", verified_email=False)
    key = EmailConfirmationHMAC(person.emailaddress_set.get()).key

    assert is_ours(client.get(f"/accounts/confirm-email/{key}/"))


def test_every_letter_allauth_can_send_has_our_words():
    import allauth.account
    import allauth.mfa

    sent = set()
    for package in (allauth.account, allauth.mfa):
        from pathlib import Path

        for file in Path(package.__file__).parent.rglob("*.py"):
            sent |= set(re.findall(r'"((?:account|mfa)/(?:email|messages)/[\w.]+)"', file.read_text()))
    unknown = {name for name in sent if name not in letters.LETTERS and name not in letters.MESSAGES}

    # A way in that is switched off: codes instead of a link for a new password.
    assert unknown - letters.TOLD_BY_NOTICE == {"account/email/password_reset_code"}


@pytest.mark.parametrize("kind", sorted(letters.LETTERS))
def test_every_letter_can_be_filled(kind):
    params = dict.fromkeys(
        ["code", "activate_url", "password_reset_url", "signup_url", "to_email", "deleted_email"], "123456"
    )

    subject, body = letters.letter(kind=kind, params=params)

    assert subject
    assert "%(" not in body
    assert "\n" not in subject
