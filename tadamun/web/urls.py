"""Addresses of the shell: home, help, privacy, first steps, health; in a demonstration also its doors."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, path

from tadamun.web.views import first_steps, health, home, metrics, pages, search, search_words

app_name = "web"
urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("c/<slug:community>/", home.community_home, name="community_home"),
    path("c/<slug:community>/roles/<slug:code>/", home.role, name="role"),
    path("c/<slug:community>/first-steps/", first_steps.first_steps, name="first_steps"),
    path("c/<slug:community>/first-steps/coordinate/", first_steps.coordinate, name="coordinate"),
    path("c/<slug:community>/search/", search.search, name="search"),
    path("c/<slug:community>/search/words/", search_words.search_words, name="search_words"),
    path(
        "c/<slug:community>/search/words/<slug:group_id>/remove/",
        search_words.remove_words,
        name="remove_words",
    ),
    path("help/", pages.help_page, name="help"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.metrics, name="metrics"),
]
if settings.DEMO:
    from tadamun.web.views import demo

    urlpatterns += [path("demo/enter/", demo.enter, name="demo_enter")]
