"""Addresses of one's tokens."""

from __future__ import annotations

from django.urls import path

from tadamun.foundation.tokens import views

app_name = "tokens"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<slug:token_id>/withdraw/", views.withdraw, name="withdraw"),
]
