"""Passkeys in a browser with an authenticator of its own: added, signed in with, used as a second factor, removed."""

from contextlib import contextmanager

import pytest
from allauth.mfa.models import Authenticator

from tadamun.foundation.people import services

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "خبز وملح كلّ يوم"  # noqa: S105
PHONE = "+962791234567"
PASSKEYS = "/accounts/2fa/webauthn/"
WITH_A_PASSKEY = "form[data-passkey] button"


@pytest.fixture(autouse=True)
def at_this_address(settings, live_server):
    settings.PUBLIC_URL = live_server.url


@pytest.fixture
def person():
    return services.open_account(name="هند الخطيب", language="ar", phone=PHONE, password=PASSWORD)


@contextmanager
def device_of(page, *, verifies=True):
    """A device that keeps passkeys and asks for a finger, which it is always given, or never."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verifies,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield lambda: session.send("WebAuthn.getCredentials", {"authenticatorId": made["authenticatorId"]})[
        "credentials"
    ]
    session.send("WebAuthn.disable")


def sign_in(page):
    page.goto("/accounts/login/")
    page.fill("[name=login]", "٠٧٩ ١٢٣ ٤٥٦٧")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")


def sign_out(page):
    page.goto("/accounts/logout/")
    page.click("main button")


def add(page, name="هاتفي"):
    page.goto(f"{PASSKEYS}add/")
    page.fill("main [name=name]", name)
    page.click(WITH_A_PASSKEY)
    page.wait_for_url("**/recovery-codes/")


def test_is_added_signed_in_with_renamed_and_removed(browser_page, person):
    with browser_page() as page, device_of(page) as kept:
        sign_in(page)
        add(page)
        assert [one["isResidentCredential"] for one in kept()] == [True]
        assert kept()[0]["rpId"] == "localhost"

        sign_out(page)
        page.goto("/accounts/login/?next=/me/privacy/")
        page.click(WITH_A_PASSKEY)
        page.wait_for_url(lambda url: url.endswith("/me/privacy/") and "login" not in url)

        page.goto(PASSKEYS)
        assert "هاتفي" in page.inner_text("main")
        page.click("main a[href$='/edit/']")
        page.fill("main [name=name]", "حاسوب البيت")
        page.click("main form button")
        page.wait_for_url(f"**{PASSKEYS}")
        assert "حاسوب البيت" in page.inner_text("main")
        page.click("main a[href$='/edit/']")
        page.click("main a[href$='/remove/']")
        page.click("main .btn-danger")
        page.wait_for_url(f"**{PASSKEYS}")

        assert not Authenticator.objects.filter(user=person).exists()
        sign_out(page)
        page.goto("/accounts/login/")
        page.click(WITH_A_PASSKEY)
        page.wait_for_selector(".toast-error")
        page.goto("/me/")
        assert "/accounts/login/" in page.url


def test_is_the_second_factor_after_a_password_and_proves_who_it_is_once_more(browser_page, person):
    with browser_page() as page, device_of(page):
        sign_in(page)
        add(page)
        sign_out(page)

        sign_in(page)
        assert page.url.endswith("/accounts/2fa/authenticate/")
        page.click(WITH_A_PASSKEY)
        page.wait_for_url(lambda url: "authenticate" not in url)

        page.goto("/accounts/2fa/webauthn/reauthenticate/?next=/me/security/")
        page.click(WITH_A_PASSKEY)
        page.wait_for_url(lambda url: url.endswith("/me/security/") and "reauthenticate" not in url)


def test_a_device_that_asks_for_nothing_is_not_taken_and_says_so(browser_page, person):
    with browser_page() as page, device_of(page, verifies=False):
        sign_in(page)
        page.goto(f"{PASSKEYS}add/")
        page.click(WITH_A_PASSKEY)
        page.wait_for_selector("[data-trouble]:visible")

        assert page.inner_text("[data-trouble]").strip()
        assert not Authenticator.objects.filter(user=person).exists()


def test_the_same_device_is_not_added_twice(browser_page, person):
    with browser_page() as page, device_of(page):
        sign_in(page)
        add(page)
        page.goto(f"{PASSKEYS}add/")
        page.click(WITH_A_PASSKEY)
        page.wait_for_selector("[data-trouble]:visible")

        known = page.get_attribute("[data-trouble]", "data-known")
        assert page.inner_text("[data-trouble]").strip() == known
        assert Authenticator.objects.filter(user=person, type="webauthn").count() == 1


def test_a_page_of_another_address_gets_nobody_in(browser_page, person, settings):
    with browser_page() as page, device_of(page):
        sign_in(page)
        add(page)
        sign_out(page)
        # The same host on another port: the device answers, this site does not take it.
        settings.PUBLIC_URL = "http://localhost:1"
        page.goto("/accounts/login/")
        page.click(WITH_A_PASSKEY)
        page.wait_for_selector(".toast-error")
        page.goto("/me/")

        assert "/accounts/login/" in page.url


def test_nothing_of_it_is_shown_without_scripts(browser_page, person):
    with browser_page(javascript=False) as page:
        page.goto("/accounts/login/")
        assert page.locator(WITH_A_PASSKEY).is_hidden()
        sign_in(page)
        page.goto(f"{PASSKEYS}add/")

        assert page.locator(WITH_A_PASSKEY).is_hidden()
        assert page.locator("[data-without-passkeys]").is_visible()


def test_the_page_for_signing_in_fetches_the_library_only_when_it_is_used(browser_page, person):
    with browser_page() as page, device_of(page):
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto("/accounts/login/")
        page.wait_for_load_state("networkidle")
        assert not [url for url in asked if "webauthn" in url]

        page.click(WITH_A_PASSKEY)
        page.wait_for_selector("[data-trouble]:visible")
        assert [url for url in asked if url.endswith("/mfa/js/webauthn-json.js")]


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_its_pages_are_sound(browser_page, axe, scrolls_sideways, person, width):
    with browser_page(width=width) as page, device_of(page):
        sign_in(page)
        page.goto(f"{PASSKEYS}add/")
        assert axe(page) == []
        add(page)
        key = Authenticator.objects.get(user=person, type="webauthn").pk
        for path in (
            PASSKEYS,
            f"{PASSKEYS}add/",
            f"{PASSKEYS}keys/{key}/edit/",
            f"{PASSKEYS}keys/{key}/remove/",
            f"{PASSKEYS}reauthenticate/",
            "/accounts/2fa/",
            "/me/security/",
        ):
            page.goto(path)
            assert page.locator("h1").count() == 1, path
            assert not scrolls_sideways(page), path
            assert axe(page) == [], path
        sign_out(page)
        sign_in(page)
        assert axe(page) == []
        assert not scrolls_sideways(page)
