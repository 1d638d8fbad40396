"""Addresses of taking one's data along and of deleting one's account."""

from __future__ import annotations

from django.urls import path

from tadamun.web import my_data_views

app_name = "my_data"
urlpatterns = [
    path("data/", my_data_views.export, name="export"),
    path("delete/", my_data_views.delete, name="delete"),
]
