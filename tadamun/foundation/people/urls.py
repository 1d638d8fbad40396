"""Addresses of one's own account. The phone page stands where allauth has its own, which needs a gateway."""

from __future__ import annotations

from django.urls import path

from tadamun.foundation.people.views import account, language, links

app_name = "people"
urlpatterns = [
    path("language/", language.language, name="language"),
    path("enter/<slug:token>/", links.enter, name="enter"),
    path("consents/<slug:purpose>/", account.consent, name="consent"),
    path("consents/<slug:purpose>/<slug:version>/", account.consent, name="consent_version"),
    path("accounts/phone/change/", account.phone, name="phone"),
    path("me/", account.me, name="me"),
    path("me/security/", account.security, name="security"),
    path("me/security/sessions/", account.end_sessions, name="end_sessions"),
    path("me/password/new/", links.new_password, name="new_password"),
    path("me/privacy/", account.privacy, name="privacy"),
    path("me/privacy/consents/<slug:public_id>/withdraw/", account.withdraw_consent, name="withdraw_consent"),
]
