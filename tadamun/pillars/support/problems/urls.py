"""Addresses below /c/<community>/problems/."""

from __future__ import annotations

from django.urls import path

from tadamun.pillars.support.problems.views import group, listing, pages, pictures, sharing, steering

app_name = "problems"
_ONE, _GROUP, _PHOTO = "<slug:problem_id>/", "<slug:problem_id>/group/", "photos/<slug:picture_id>/"
urlpatterns = [
    path("", listing.problems, name="problems"),
    path("new/", listing.raise_problem, name="raise"),
    path(_PHOTO, pictures.picture, name="picture"),
    path(f"{_PHOTO}<slug:deed>/", pictures.picture_deed, name="picture_deed"),
    path(_ONE, pages.problem, name="problem"),
    path(f"{_ONE}edit/", pages.edit, name="edit"),
    path(f"{_ONE}do/<slug:deed>/", pages.member_deed, name="member_deed"),
    path(f"{_ONE}ideas/", pages.add_idea, name="add_idea"),
    path(f"{_ONE}ideas/<slug:idea_id>/reasons/", pages.add_reason, name="add_reason"),
    path(f"{_ONE}said/<slug:said_id>/remove/", pages.remove_said, name="remove_said"),
    path(f"{_ONE}photo/", pictures.put_picture, name="put_picture"),
    path(f"{_ONE}share/", sharing.share, name="share"),
    path(f"{_ONE}card.svg", sharing.card, name="card"),
    path(f"{_ONE}steer/<slug:deed>/", steering.steer_deed, name="steer_deed"),
    path(f"{_ONE}settle/", steering.settle, name="settle"),
    path(f"{_ONE}merge/", steering.merge, name="merge"),
    path(_GROUP, group.group, name="group"),
    path(f"{_GROUP}steps/", group.add_step, name="add_step"),
    path(f"{_GROUP}steps/<slug:step_id>/<slug:deed>/", group.step_deed, name="step_deed"),
    path(f"{_GROUP}hand-on/", group.hand_on, name="hand_on"),
    path(f"{_GROUP}post/", group.post, name="post"),
]
