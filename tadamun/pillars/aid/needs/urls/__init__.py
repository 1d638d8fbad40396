"""Addresses of needs and offers, below one community."""

from __future__ import annotations

from tadamun.pillars.aid.needs.urls import asking, board, giving, sheets, tasks

app_name = "needs"
urlpatterns = [
    *asking.urlpatterns,
    *giving.urlpatterns,
    *tasks.urlpatterns,
    *board.urlpatterns,
    *sheets.urlpatterns,
]
