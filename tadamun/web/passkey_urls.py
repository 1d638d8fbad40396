"""Addresses of adding and removing a passkey: in front of allauth's own, under the names it knows them by."""

from __future__ import annotations

from django.urls import path

from tadamun.web.views import passkeys

urlpatterns = [
    path("add/", passkeys.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("keys/<int:pk>/remove/", passkeys.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
]
