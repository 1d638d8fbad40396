"""Addresses below /c/<community>/directory/."""

from __future__ import annotations

from django.urls import path

from tadamun.pillars.aid.directory import views

app_name = "directory"
urlpatterns = [
    path("", views.services, name="services"),
    path("new/", views.add_service, name="add_service"),
    path("<slug:service_id>/", views.service, name="service"),
    path("<slug:service_id>/edit/", views.edit_service, name="edit_service"),
    path("<slug:service_id>/confirm/", views.confirm_service, name="confirm_service"),
]
