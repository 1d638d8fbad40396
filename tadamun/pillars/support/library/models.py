"""What is stored of the library. That no piece is promised twice stands in the database too (migration 0002)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tadamun.foundation.codes import one_of
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.sealed import SealedTextField
from tadamun.kernel.ids import new_public_id
from tadamun.pillars.support.library.vocabulary import (
    DAYS_MOST,
    LINE_MOST,
    MINUTES_MOST,
    NAME_MOST,
    BookingState,
    Condition,
    CopyState,
    ItemState,
    Kind,
    RepairState,
    WhoMay,
)


class Item(models.Model):
    """Something that is shared: a thing with its alike pieces, a room, or somebody's skill."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="library_items")
    kind = models.CharField(max_length=8)
    state = models.CharField(max_length=8, default=ItemState.PROPOSED)
    name = models.CharField(max_length=NAME_MOST)
    description = models.TextField(blank=True)
    condition = models.CharField(max_length=8, default=Condition.GOOD)
    instructions = models.TextField(blank=True)
    safety = models.TextField(blank=True)
    """One note a line."""
    place = models.CharField(max_length=LINE_MOST, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    lender = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    prefix = models.CharField(max_length=3)
    open_days = models.JSONField(default=list)
    opens = models.TimeField()
    closes = models.TimeField()
    days_most = models.PositiveSmallIntegerField(default=3)
    minutes_most = models.PositiveSmallIntegerField(default=120)
    renewals_most = models.PositiveSmallIntegerField(default=1)
    at_once_most = models.PositiveSmallIntegerField(default=1)
    who_may = models.CharField(max_length=8, default=WhoMay.MEMBERS)
    needs_introduction = models.BooleanField(default=False)
    asks_first = models.BooleanField(default=False)
    shows_in_public = models.BooleanField(default=False)
    searched = models.TextField(blank=True)
    added_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "prefix"], name="item_labels_are_its_own"),
            models.CheckConstraint(condition=~Q(name=""), name="item_has_a_name"),
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="item_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(days_most__gte=1, days_most__lte=DAYS_MOST)
                & Q(minutes_most__gte=1, minutes_most__lte=MINUTES_MOST)
                & Q(at_once_most__gte=1),
                name="item_is_lent_for_some_time",
            ),
            one_of("kind", Kind, name="item_kind_is_known"),
            one_of("state", ItemState, name="item_state_is_known"),
            one_of("condition", Condition, name="item_condition_is_known"),
            one_of("who_may", WhoMay, name="item_borrowers_are_known"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Photo(models.Model):
    """One picture of it, written anew on its way in; the file lies in the instance's uploads."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="photos")
    file = models.CharField(max_length=60)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=LINE_MOST, blank=True)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.public_id


class Copy(models.Model):
    """One piece of it, with the label that it carries."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="copies")
    code = models.CharField(max_length=8)
    state = models.CharField(max_length=8, default=CopyState.SOUND)
    note = models.CharField(max_length=LINE_MOST, blank=True)

    class Meta:
        verbose_name_plural = "copies"
        constraints = [
            models.UniqueConstraint(fields=["community", "code"], name="copy_label_is_its_own"),
            one_of("state", CopyState, name="copy_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.code


class Booking(models.Model):
    """One time that somebody has, from asking for it to bringing it back."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="bookings")
    copy = models.ForeignKey(Copy, null=True, blank=True, on_delete=models.PROTECT, related_name="bookings")
    borrower = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="library_bookings"
    )
    guest_name = SealedTextField(blank=True, default="")
    guest_phone = SealedTextField(blank=True, default="")
    guest_language = models.CharField(max_length=5, default="ar")
    made_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=16)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    renewals = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    answer_until = models.DateTimeField(null=True, blank=True)
    out_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="booking_has_a_length"),
            one_of("state", BookingState, name="booking_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state=BookingState.OFFERED) | Q(answer_until__isnull=False),
                name="booking_offered_waits_for_an_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(BookingState.OUT, BookingState.LOST))
                | Q(copy__isnull=False, out_at__isnull=False),
                name="booking_out_is_of_a_piece",
            ),
        ]
        indexes = [
            models.Index(fields=["item", "state", "ends_at"], name="booking_of_item"),
            models.Index(fields=["community", "state", "ends_at"], name="booking_of_community"),
        ]

    def __str__(self) -> str:
        return self.public_id


class WaitingPlace(models.Model):
    """Somebody's place in line for a thing; when they are asked, the time kept for them is `offer`."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="line")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    days = models.PositiveSmallIntegerField()
    joined_at = models.DateTimeField()
    offer = models.OneToOneField(
        Booking, null=True, blank=True, on_delete=models.SET_NULL, related_name="place"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "person"], condition=Q(ended_at__isnull=True), name="place_in_line_is_one"
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class Introduction(models.Model):
    """Somebody was shown how it is used."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="introductions")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="introduction_is_one")]

    def __str__(self) -> str:
        return f"introduction {self.pk}"


class RepairTicket(models.Model):
    """Something broke: what, and what became of it. Nobody pays, and nobody owes."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    copy = models.ForeignKey(Copy, on_delete=models.CASCADE, related_name="repairs")
    words = SealedTextField()
    told_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    helps = models.BooleanField(default=False)
    """Whoever told of it would like to help mend it."""
    state = models.CharField(max_length=8, default=RepairState.OPEN)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("state", RepairState, name="repair_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=RepairState.OPEN, ended_at__isnull=True)
                | (~Q(state=RepairState.OPEN) & Q(ended_at__isnull=False)),
                name="repair_is_ended_exactly_when_dated",
            ),
            models.UniqueConstraint(
                fields=["copy"], condition=Q(state=RepairState.OPEN), name="repair_is_open_once"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class CalendarFeed(models.Model):
    """A secret address under which somebody's own times are read by their calendar."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "person"], name="feed_is_one_a_person")]

    def __str__(self) -> str:
        return self.token_hash[:8]
