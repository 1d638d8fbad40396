"""Circles, who sits in them, when they meet, what is written between, and talks of two."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tadamun.foundation.codes import one_of
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.sealed import SealedTextField
from tadamun.kernel.ids import new_public_id
from tadamun.pillars.support.circles.vocabulary import (
    DAYS_MOST,
    MINOR_FROM,
    MINOR_TO,
    SIZE_LEAST,
    SIZE_MOST,
    Answer,
    ForWhom,
    Gender,
    Kind,
    Rhythm,
    SeatRole,
    SeatState,
    TalkState,
    Verdict,
    Way,
)


class Circle(models.Model):
    """A group that meets to hold its people up. What stands here may be read by every member of the community."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, default=Kind.OPEN)
    name = models.CharField(max_length=80)
    purpose = models.TextField(blank=True)
    for_whom = models.CharField(max_length=5, default=ForWhom.MIXED)
    language = models.CharField(max_length=3, default="ar")
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    """Both are set for a circle of minors, and only there."""
    size_most = models.PositiveSmallIntegerField(default=10)
    place = models.CharField(max_length=200, blank=True)
    link = SealedTextField(blank=True, default="")
    """For those inside alone."""
    rhythm = models.CharField(max_length=11, default=Rhythm.WEEKLY)
    first_on = models.DateField()
    clock = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    agreement = models.TextField()
    """Five lines."""
    allows_pseudonym = models.BooleanField(default=True)
    message_days = models.PositiveSmallIntegerField(default=14)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            one_of("kind", Kind, name="circle_kind_is_known"),
            one_of("for_whom", ForWhom, name="circle_for_whom_is_known"),
            one_of("rhythm", Rhythm, name="circle_rhythm_is_known"),
            models.UniqueConstraint(
                fields=["community"], condition=Q(kind=Kind.HOSTS), name="circle_of_hosts_is_one_a_community"
            ),
            models.CheckConstraint(
                condition=Q(age_from__isnull=True, age_to__isnull=True)
                | Q(age_from__gte=MINOR_FROM, age_to__lte=MINOR_TO, age_from__lte=F("age_to")),
                name="circle_ages_are_of_minors_or_none",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.HOSTS) | Q(size_most__gte=SIZE_LEAST, size_most__lte=SIZE_MOST),
                name="circle_is_small",
            ),
            models.CheckConstraint(
                condition=Q(message_days__gte=1, message_days__lte=DAYS_MOST),
                name="circle_messages_expire",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Seat(models.Model):
    """That somebody asked to be in a circle, is inside, or may not ask again. Nobody outside reads it."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=6, default=SeatRole.MEMBER)
    state = models.CharField(max_length=7, default=SeatState.ASKED)
    alias = SealedTextField(blank=True, default="")
    about = SealedTextField(blank=True, default="")
    """What a host says of themselves to those who think of joining."""
    asked_at = models.DateTimeField()
    quiet_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("role", SeatRole, name="circle_seat_role_is_known"),
            one_of("state", SeatState, name="circle_seat_state_is_known"),
            models.UniqueConstraint(fields=["circle", "person"], name="circle_seat_is_one_a_person"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Session(models.Model):
    """One meeting of a circle."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField()
    hard_at = models.DateTimeField(null=True, blank=True)
    """When a host said that it was hard, and asked to speak of it with other hosts."""
    debriefed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["circle", "starts_at"], name="circle_session_is_one_a_moment"),
            models.CheckConstraint(
                condition=Q(debriefed_at__isnull=True) | Q(hard_at__isnull=False),
                name="circle_session_is_debriefed_after_a_hard_one",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Attendance(models.Model):
    """What somebody said of a session, and whether they came: for the hosts alone."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    came = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("answer", Answer, name="circle_answer_is_known"),
            models.UniqueConstraint(fields=["session", "seat"], name="circle_answer_is_one_a_session"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.answer}"


class Message(models.Model):
    """Something written between two meetings; the worker deletes it when its time is over."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="messages")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    alias = SealedTextField()
    body = SealedTextField()
    by_host = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    hidden_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("written_at")), name="circle_message_expires_later"
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class Hush(models.Model):
    """That somebody does not want to read another (mute), or that neither reads the other (block)."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="hushes")
    other = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    blocks = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "other"], name="circle_hush_is_one_a_pair"),
            models.CheckConstraint(condition=~Q(seat=F("other")), name="circle_hush_is_not_of_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.other_id}"


class Report(models.Model):
    """A word to the hosts about a message. By itself it changes nothing."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reports")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="+")
    reason = SealedTextField(blank=True, default="")
    made_at = models.DateTimeField()
    verdict = models.CharField(max_length=7, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "seat"], name="circle_report_is_one_a_person"),
            models.CheckConstraint(
                condition=Q(verdict="", settled_at__isnull=True)
                | Q(verdict__in=[one.value for one in Verdict], settled_at__isnull=False),
                name="circle_report_is_settled_exactly_when_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class DistressPhrase(models.Model):
    """Words of acute distress that a community added to those that come with the software."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    phrase = models.CharField(max_length=80)
    key = models.CharField(max_length=80)

    class Meta:
        ordering = ["phrase"]
        constraints = [
            models.UniqueConstraint(fields=["community", "key"], name="circle_phrase_is_one_a_community")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CareLine(models.Model):
    """A line of the region where somebody listens day and night, as the community wrote it down."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=20)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["community", "phone"], name="circle_care_line_is_one_a_community")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Listener(models.Model):
    """Somebody trained who listens to one person at a time."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    alias = SealedTextField()
    gender = models.CharField(max_length=5)
    languages = models.JSONField(default=list)
    ways = models.JSONField(default=list)
    room = SealedTextField(blank=True, default="")
    """Address of a room for calls that shows no number: for whom the listener talks with alone."""
    week_most = models.PositiveSmallIntegerField(default=2)
    available = models.BooleanField(default=True)
    trained_at = models.DateTimeField(null=True, blank=True)
    """When a coordinator confirmed the training."""

    class Meta:
        constraints = [
            one_of("gender", Gender, name="circle_listener_gender_is_known"),
            models.UniqueConstraint(fields=["community", "person"], name="circle_listener_is_one_a_person"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Talk(models.Model):
    """Somebody who wants to be heard, and the listener found for them. Gone a week after its end."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    listener = models.ForeignKey(
        Listener, null=True, blank=True, on_delete=models.SET_NULL, related_name="talks"
    )
    alias = SealedTextField()
    language = models.CharField(max_length=3)
    wanted = models.CharField(max_length=5, blank=True, default="")
    way = models.CharField(max_length=7)
    state = models.CharField(max_length=7, default=TalkState.WAITING)
    asked_at = models.DateTimeField()
    matched_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("way", Way, name="circle_talk_way_is_known"),
            one_of("state", TalkState, name="circle_talk_state_is_known"),
            models.UniqueConstraint(
                fields=["community", "person"],
                condition=~Q(state=TalkState.ENDED),
                name="circle_talk_is_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=TalkState.ENDED) | Q(ended_at__isnull=False),
                name="circle_talk_is_ended_when_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class TalkLine(models.Model):
    """What one of the two wrote; deleted when the talk ends."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="lines")
    by_listener = models.BooleanField()
    body = SealedTextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)
