"""Requests and their lines: what one household asks for, from asking to being met."""

from __future__ import annotations

from typing import Literal

from django.db import models
from django.db.models import F, Q

from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.codes import one_of
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Consent, Person
from tadamun.foundation.places.models import Place
from tadamun.foundation.sealed import SealedTextField
from tadamun.kernel.ids import new_public_id
from tadamun.pillars.aid.needs.vocabulary import (
    QUANTITY_MOST,
    STILL_OPEN,
    CloseReason,
    ContactOutcome,
    ContactWay,
    Delivery,
    LineState,
    LinkKind,
    Origin,
    Side,
    Tier,
    TierReason,
    When,
)


class RequestCounter(models.Model):
    """The last request number of a community; locked while the next one is taken."""

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="+")
    last = models.PositiveIntegerField(default=1000)

    def __str__(self) -> str:
        return str(self.last)


AWAITS_A_CALL = Q(call_by__isnull=False) | Q(follow_up_on__isnull=False) | Q(unreachable_since__isnull=False)
"""Requests that somebody calls one day: few among all, so they have an index of their own."""


class Request(models.Model):
    """What one household asks for at one time. Its state is that of its lines."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="requests")
    number = models.PositiveIntegerField()
    asker = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="requests"
    )
    entered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    origin = models.CharField(max_length=12, default=Origin.WEB)
    asker_name = SealedTextField(blank=True, default="")
    recipient_name = SealedTextField(blank=True, default="")
    """Whom the help is for, when somebody else asks."""
    phone = SealedTextField(null=True, blank=True)
    phone_hash = models.CharField(max_length=64, null=True, blank=True, db_index=True)
    contact_way = models.CharField(max_length=8, default=ContactWay.CALL)
    safe_hours = SealedTextField(blank=True, default="")
    language = models.CharField(max_length=5, default="ar")
    household_size = models.PositiveSmallIntegerField(null=True, blank=True)
    household = SealedTextField(blank=True, default="")
    """Code of a `Household`: sealed, as it says where women live alone."""
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    delivery = models.CharField(max_length=8, default=Delivery.EITHER)
    requirements = models.JSONField(default=list, blank=True)
    notes = SealedTextField(blank=True, default="")
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="+")
    shows_in_public = models.BooleanField(default=False)
    pin_hash = models.CharField(max_length=64)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """The coordinator who calls, named to the asker."""
    call_by = models.DateTimeField(null=True, blank=True)
    follow_up_on = models.DateField(null=True, blank=True)
    follow_up_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    """Who comes back to it on that day: whoever logged the call, until another takes the request over."""
    unreachable_since = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(db_index=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    """The last sign of life about the whole of it: reached, written, corrected."""
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    repeats = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="repeated_by"
    )
    """The open call-back of the same phone that this one asked for once more; it waits there, and not a second time."""
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="request_number_is_one_a_community"),
            models.CheckConstraint(
                condition=Q(phone__isnull=True, phone_hash__isnull=True)
                | Q(phone__isnull=False, phone_hash__isnull=False),
                name="request_phone_is_sealed_and_hashed",
            ),
            models.CheckConstraint(
                condition=Q(household_size__isnull=True) | Q(household_size__gte=1, household_size__lte=60),
                name="request_household_is_plausible",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                name="request_is_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(repeats__isnull=True) | ~Q(repeats=F("pk")), name="request_does_not_repeat_itself"
            ),
            one_of("origin", Origin, name="request_origin_is_known"),
            one_of("contact_way", ContactWay, name="request_contact_way_is_known"),
            one_of("delivery", Delivery, name="request_delivery_is_known"),
        ]
        indexes = [models.Index(fields=["community"], condition=AWAITS_A_CALL, name="request_awaits_a_call")]

    def __str__(self) -> str:
        return f"{self.community_id}#{self.number}"

    @property
    def told_by(self) -> Literal["notice", "call", "page"]:
        """How whoever asked learns of what is agreed; without account, text or page only a call tells them."""
        if self.asker_id is not None or (self.contact_way == ContactWay.MESSAGE and self.phone_hash):
            return "notice"
        return "page" if self.contact_way == ContactWay.NEITHER else "call"


class NeedLine(models.Model):
    """One thing needed: how much of what, by when, and how far it has come."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="lines")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    detail = SealedTextField(blank=True, default="")
    """The thing in the asker's words, for those who help with it."""
    asks_for_call = models.BooleanField(default=False)
    """Nothing but a call was asked for; until it is sorted, its category and quantity only hold a place."""
    quantity = models.PositiveIntegerField()
    amount_unsaid = models.BooleanField(default=False)
    """Nobody said how much money: until somebody does, the quantity only holds a place."""
    reserved = models.PositiveIntegerField(default=0)
    promised = models.PositiveIntegerField(default=0)
    delivered = models.PositiveIntegerField(default=0)
    when = models.CharField(max_length=8, default=When.ANY)
    from_at = models.DateTimeField(null=True, blank=True)
    until_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, default=LineState.TRIAGE)
    tier = models.PositiveSmallIntegerField(null=True, blank=True)
    tier_reason = models.CharField(max_length=12, blank=True)
    waiting_since = models.DateTimeField()
    heard_at = models.DateTimeField(null=True, blank=True)
    """The last sign of life about this line: changed, taken up again, said to be needed still."""
    still_asked_at = models.DateTimeField(null=True, blank=True)
    """When the asker was asked whether it is still needed; any later sign of life answers it."""
    untold_since = models.DateTimeField(null=True, blank=True)
    """Since when something is agreed of which only a call can tell; the next call that reaches them answers it."""
    close_reason = models.CharField(max_length=16, blank=True)
    referred_to = SealedTextField(blank=True, default="")
    """Where it was sent: the name of a service alone can say what is needed."""
    met_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=QUANTITY_MOST), name="line_quantity_is_in_range"
            ),
            models.CheckConstraint(
                condition=Q(
                    delivered__lte=F("promised"), promised__lte=F("reserved"), reserved__lte=F("quantity")
                ),
                name="line_quantities_add_up",
            ),
            models.CheckConstraint(
                condition=Q(state=LineState.MET, met_at__isnull=False)
                | (~Q(state=LineState.MET) & Q(met_at__isnull=True)),
                name="line_is_met_exactly_when_dated",
            ),
            models.CheckConstraint(
                condition=Q(state=LineState.CLOSED, closed_at__isnull=False)
                & Q(close_reason__in=[reason.value for reason in CloseReason])
                | (~Q(state=LineState.CLOSED) & Q(closed_at__isnull=True, close_reason="")),
                name="line_is_closed_exactly_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[LineState.TRIAGE, LineState.CLOSED]) | Q(tier__isnull=False),
                name="line_has_a_tier_after_triage",
            ),
            models.CheckConstraint(
                condition=Q(tier__isnull=True) | Q(tier__in=[tier.value for tier in Tier]),
                name="line_tier_is_known",
            ),
            models.CheckConstraint(
                condition=Q(tier__isnull=True, tier_reason="")
                | Q(tier__isnull=False, tier_reason__in=[reason.value for reason in TierReason]),
                name="line_tier_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(from_at__isnull=True) | Q(until_at__isnull=True) | Q(from_at__lte=F("until_at")),
                name="line_window_runs_forward",
            ),
            one_of("state", LineState, name="line_state_is_known"),
            one_of("when", When, name="line_when_is_known"),
        ]
        indexes = [
            models.Index(
                fields=["community", "state", "tier", "waiting_since", "request"], name="line_queue"
            ),
            models.Index(
                fields=["community", "state", "still_asked_at"],
                condition=Q(still_asked_at__isnull=False),
                name="line_was_asked_about",
            ),
            models.Index(
                fields=["community"], condition=Q(untold_since__isnull=False), name="line_is_to_be_told"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_asked_about(self) -> bool:
        """Whether the asker was asked if it is still needed, and nothing has been heard since."""
        signs = (self.waiting_since, self.heard_at, self.request.heard_at)
        last = max(sign for sign in signs if sign is not None)
        return self.state in STILL_OPEN and self.still_asked_at is not None and self.still_asked_at > last

    @property
    def unreserved(self) -> int:
        """How much of it nobody has been asked for yet."""
        return self.quantity - self.reserved


class Message(models.Model):
    """One message between the asker and the coordinators, under seal."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=12)
    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    body = SealedTextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [one_of("side", Side, name="message_side_is_known")]

    def __str__(self) -> str:
        return f"{self.side} {self.at:%F}"


class ContactAttempt(models.Model):
    """One call or message to the asker, and what came of it."""

    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="contacts")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.CharField(max_length=12)
    note = SealedTextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [one_of("outcome", ContactOutcome, name="contact_outcome_is_known")]

    def __str__(self) -> str:
        return self.outcome


class RequestLink(models.Model):
    """What a person found about two requests that look alike."""

    first = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="request_link_is_one_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="request_link_is_ordered"),
            one_of("kind", LinkKind, name="request_link_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.kind
