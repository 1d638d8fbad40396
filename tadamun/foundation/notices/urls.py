"""Addresses of one's notices."""

from __future__ import annotations

from django.urls import path

from tadamun.foundation.notices import views

app_name = "notices"
urlpatterns = [
    path("notices/", views.inbox, name="inbox"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/<slug:notice_id>/", views.open_notice, name="open"),
]
