"""Addresses below /c/<community>/library/."""

from __future__ import annotations

from django.urls import path

from tadamun.pillars.support.library.views import counter, feeds, items, loans, sharing

app_name = "library"
_ITEM, _LOAN, _PIECE = "items/<slug:item_id>/", "loans/<slug:loan_id>/", "counter/<slug:label>/"
urlpatterns = [
    path("", items.items, name="items"),
    path("items/new/", sharing.add_item, name="add_item"),
    path(_ITEM, items.item, name="item"),
    path(f"{_ITEM}book/", items.book, name="book"),
    path(f"{_ITEM}line/", items.join_line, name="join_line"),
    path(f"{_ITEM}line/leave/", items.leave_line, name="leave_line"),
    path(f"{_ITEM}edit/", sharing.edit_item, name="edit_item"),
    path(f"{_ITEM}decide/", sharing.decide_item, name="decide_item"),
    path(f"{_ITEM}photos/", sharing.photos, name="photos"),
    path(f"{_ITEM}labels/", sharing.labels, name="labels"),
    path("photos/<slug:photo_id>/", items.photo, name="photo"),
    path("photos/<slug:photo_id>/drop/", sharing.drop_photo, name="drop_photo"),
    path("loans/", loans.my_loans, name="my_loans"),
    path(_LOAN, loans.loan, name="loan"),
    path(f"{_LOAN}cancel/", loans.cancel_loan, name="cancel_loan"),
    path(f"{_LOAN}renew/", loans.renew, name="renew"),
    path(f"{_LOAN}breakage/", loans.breakage, name="breakage"),
    path(f"{_LOAN}answer/", loans.answer_offer, name="answer_offer"),
    path(f"{_LOAN}decide/", loans.decide_loan, name="decide_loan"),
    path(f"{_LOAN}reveal/", loans.reveal_borrower, name="reveal_borrower"),
    path("calendar/", feeds.make_feed, name="make_feed"),
    path("calendar/drop/", feeds.drop_feed, name="drop_feed"),
    path("calendar/<str:secret>.ics", feeds.feed, name="feed"),
    path("counter/", counter.counter, name="counter"),
    path(_PIECE, counter.piece, name="piece"),
    path(f"{_PIECE}hand-out/", counter.hand_out, name="hand_out"),
    path(f"{_PIECE}take/", counter.hand_out_now, name="hand_out_now"),
    path(f"{_PIECE}back/", counter.take_back, name="take_back"),
    path(f"{_PIECE}broken/", counter.broken, name="broken"),
    path(f"{_PIECE}state/", counter.change_copy, name="change_copy"),
    path("label/<slug:label>/", counter.label, name="label"),
    path("repairs/", counter.repairs, name="repairs"),
    path("repairs/<slug:repair_id>/close/", counter.close_repair, name="close_repair"),
]
