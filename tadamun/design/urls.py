"""The address of the component page."""

from __future__ import annotations

from django.urls import path

from tadamun.design import views

app_name = "design"

urlpatterns = [
    path("", views.components, name="components"),
    path("sheet/", views.sheet, name="sheet"),
]
