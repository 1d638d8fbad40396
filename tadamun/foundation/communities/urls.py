"""Addresses below /c/<community>/: people, invitations, joining, settings, texts."""

from __future__ import annotations

from django.urls import path

from tadamun.foundation.communities.views import inviting, joining, people, settings, texts

app_name = "communities"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/<slug:member_id>/", people.member, name="member"),
    path("people/<slug:member_id>/role/", people.member_role, name="member_role"),
    path("people/<slug:member_id>/remove/", people.remove_member, name="remove_member"),
    path("people/<slug:member_id>/sign-in-link/", people.sign_in_link, name="sign_in_link"),
    path("people/<slug:member_id>/<slug:deed>/", people.member_deed, name="member_deed"),
    path("invitations/", inviting.invitations, name="invitations"),
    path(
        "invitations/<slug:invitation_id>/withdraw/", inviting.withdraw_invitation, name="withdraw_invitation"
    ),
    path("join/", joining.join, name="join"),
    path("join/<slug:token>/", inviting.invitation, name="invitation"),
    path("join-requests/", joining.join_requests, name="join_requests"),
    path("join-requests/<slug:request_id>/", joining.answer_join, name="answer_join"),
    path("leave/", people.leave, name="leave"),
    path("settings/", settings.settings, name="settings"),
    path("settings/helpline/", settings.helpline, name="helpline"),
    path("settings/parts/", settings.parts, name="parts"),
    path("messages/", texts.texts, name="texts"),
    path("messages/<slug:notice_id>/", texts.open_text, name="open_text"),
    path("messages/<slug:notice_id>/decide/", texts.decide_unsure, name="decide_unsure"),
    path("messages/<slug:notice_id>/<slug:deed>/", texts.settle_text, name="settle_text"),
]
