"""Addresses of circles and talks."""

from __future__ import annotations

from django.urls import path

from tadamun.pillars.support.circles.views import circles, hosting, inside, listening

app_name = "circles"
urlpatterns = [
    path("", circles.circles, name="circles"),
    path("mine/", circles.mine, name="mine"),
    path("new/", hosting.open_circle, name="open"),
    path("words/", listening.words, name="words"),
    path("listen/", listening.ask, name="ask"),
    path("listeners/", listening.listeners, name="listeners"),
    path("listening/", listening.offer, name="listening"),
    path("talks/<slug:talk_id>/", listening.talk, name="talk"),
    path("talks/<slug:talk_id>/end/", listening.end, name="end_talk"),
    path("<slug:circle_id>/", circles.circle, name="circle"),
    path("<slug:circle_id>/host/", circles.ask_to_host, name="ask_to_host"),
    path("<slug:circle_id>/inside/", inside.inside, name="inside"),
    path("<slug:circle_id>/name/", inside.name, name="name"),
    path("<slug:circle_id>/leave/", inside.leave, name="leave"),
    path("<slug:circle_id>/sessions/<slug:session_id>/", inside.answer, name="answer"),
    path("<slug:circle_id>/messages/<slug:message_id>/", inside.message, name="message"),
    path("<slug:circle_id>/hosting/", hosting.hosting, name="hosting"),
    path("<slug:circle_id>/change/", hosting.change, name="change"),
    path("<slug:circle_id>/close/", hosting.close, name="close"),
    path("<slug:circle_id>/seats/<slug:seat_id>/", hosting.seat, name="seat"),
    path("<slug:circle_id>/meetings/<slug:session_id>/", hosting.meeting, name="meeting"),
    path("<slug:circle_id>/reports/<slug:report_id>/", hosting.report, name="report"),
]
