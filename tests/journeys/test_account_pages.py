"""The account's pages in a browser: sound for everybody at every width, and walked through without scripts."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.utils import timezone

from tadamun.foundation.people import services
from tadamun.foundation.people.models import Person
from tadamun.foundation.people.vocabulary import ConsentMeans, ConsentPurpose, Revealed

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "خبز وملح كلّ يوم"  # noqa: S105
PHONE = "+962791234567"
GUEST = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/login/code/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-x/",
    "/accounts/inactive/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/x/",
    "/consents/membership/",
]
MEMBER = [
    "/me/",
    "/me/security/",
    "/me/privacy/",
    "/me/delete/",
    "/accounts/phone/change/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/reauthenticate/",
    "/accounts/logout/",
]
PROTECTED = [
    "/accounts/2fa/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/reauthenticate/",
]


@pytest.fixture
def person():
    return services.open_account(
        name="هند الخطيب", language="ar", phone=PHONE, email="hind@example.org", password=PASSWORD
    )


@pytest.fixture
def traces(person):
    coordinator = services.open_account(name="سلمى العلي", language="ar", phone="+962793333333")
    at = timezone.now()
    services.make_sign_in_link(person=person, made_by=coordinator, at=at)
    for purpose in (ConsentPurpose.MEMBERSHIP, ConsentPurpose.SHARE_PHONE):
        services.record_consent(
            purpose=purpose,
            text_version="1",
            means=ConsentMeans.PHONE,
            at=at,
            person=person,
            recorded_by=coordinator,
        )
    for _ in range(21):
        services.log_reveal(
            subject=person,
            about="req1",
            viewer=coordinator,
            viewer_role="coordinator",
            what=Revealed.CONTACT,
            scope="c1",
            reason="اتّصال لتحديد موعد التسليم",
            at=at,
        )


def sign_in(page):
    page.goto("/accounts/login/")
    page.fill("[name=login]", "٠٧٩ ١٢٣ ٤٥٦٧")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")


def sound(page, path, axe, scrolls_sideways):
    page.goto(path)
    assert page.locator("h1").count() == 1, path
    assert not scrolls_sideways(page), path
    assert axe(page) == [], path


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_a_guest_s_pages_are_sound(browser_page, axe, scrolls_sideways, width):
    with browser_page(width=width) as page:
        for path in GUEST:
            sound(page, path, axe, scrolls_sideways)


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_a_member_s_pages_are_sound(browser_page, axe, scrolls_sideways, width, traces):
    with browser_page(width=width) as page:
        sign_in(page)
        for path in MEMBER:
            sound(page, path, axe, scrolls_sideways)


def test_the_pages_of_a_second_factor_are_sound(browser_page, axe, scrolls_sideways, person):
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    with browser_page() as page:
        sign_in(page)
        assert axe(page) == []
        page.fill("[name=code]", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
        page.click("main button")
        page.goto("/accounts/2fa/recovery-codes/generate/")
        page.click("main button")
        for path in PROTECTED:
            sound(page, path, axe, scrolls_sideways)


def test_faults_in_a_form_are_sound_and_keep_what_was_typed(browser_page, axe):
    with browser_page() as page:
        page.goto("/accounts/signup/")
        page.fill("[name=name]", "هند")
        page.click("main form[action] button")

        assert page.locator("[role=alert] a").count() >= 2
        assert page.input_value("[name=name]") == "هند"
        assert axe(page) == []


def test_an_account_is_opened_changed_and_deleted_without_scripts(browser_page):
    with browser_page(javascript=False) as page:
        page.goto("/accounts/signup/")
        page.fill("[name=name]", "هند الخطيب")
        page.fill("[name=phone]", "٠٧٩١٢٣٤٥٦٧")
        page.fill("[name=password1]", PASSWORD)
        page.check("[name=address_form][value=feminine]", force=True)
        page.check("[name=agrees]", force=True)
        page.click("main form[action] button")

        page.goto("/me/")
        page.fill("main [name=name]", "هند أحمد")
        page.click("main form button")
        assert "هند أحمد" in page.content()

        page.goto("/me/privacy/")
        page.click("main .btn-danger")
        page.fill("[name=password]", PASSWORD)
        page.click("main .btn-danger")

    person = Person.objects.get()
    assert (person.name, person.phone) == ("", None)
    assert person.forgotten_at is not None


def test_a_link_lets_in_without_scripts(browser_page, person):
    token = services.make_sign_in_link(person=person, made_by=person, at=timezone.now())
    with browser_page(javascript=False) as page:
        page.goto(f"/enter/{token}/")
        page.click("main form button")
        page.fill("[name=password1]", "ماء وزيت وخبز")
        page.fill("[name=password2]", "ماء وزيت وخبز")
        page.click("main form button")

        assert page.url.endswith("/me/")
