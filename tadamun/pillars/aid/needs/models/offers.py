"""Offers, and the slots of quantity that they open week by week."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.codes import one_of
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Consent, Person
from tadamun.foundation.places.models import Place
from tadamun.foundation.sealed import SealedTextField
from tadamun.kernel.ids import new_public_id
from tadamun.pillars.aid.needs.vocabulary import QUANTITY_MOST, REACH_KM_MOST, OfferState, Rhythm, Storage


class Offer(models.Model):
    """What somebody gives: how much of what, how often, how far, and what it is like."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="offers")
    giver = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="offers")
    giver_name = models.CharField(max_length=80, blank=True)
    """For a guest, or what an organisation is called."""
    is_organisation = models.BooleanField(default=False)
    phone = SealedTextField(null=True, blank=True)
    phone_hash = models.CharField(max_length=64, null=True, blank=True, db_index=True)
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    detail = models.CharField(max_length=300, blank=True)
    quantity = models.PositiveIntegerField()
    """For each period of the rhythm."""
    divisible = models.BooleanField(default=True)
    rhythm = models.CharField(max_length=8, default=Rhythm.ONCE)
    from_at = models.DateTimeField(null=True, blank=True)
    until_at = models.DateTimeField(null=True, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reach_km = models.FloatField()
    brings_it = models.BooleanField(default=True)
    provides = models.JSONField(default=list, blank=True)
    monthly_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    """How many households at most in a calendar month; empty: no limit."""
    paused_until = models.DateField(null=True, blank=True)
    best_before = models.DateField(null=True, blank=True)
    allergens = models.CharField(max_length=200, blank=True)
    storage = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=8, default=OfferState.OPEN)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """The coordinator who sees to it that nothing of it spoils."""
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=QUANTITY_MOST), name="offer_quantity_is_in_range"
            ),
            models.CheckConstraint(
                condition=Q(reach_km__gte=0, reach_km__lte=REACH_KM_MOST), name="offer_reach_is_in_range"
            ),
            models.CheckConstraint(
                condition=Q(phone__isnull=True, phone_hash__isnull=True)
                | Q(phone__isnull=False, phone_hash__isnull=False),
                name="offer_phone_is_sealed_and_hashed",
            ),
            models.CheckConstraint(
                condition=Q(from_at__isnull=True) | Q(until_at__isnull=True) | Q(from_at__lte=F("until_at")),
                name="offer_window_runs_forward",
            ),
            models.CheckConstraint(
                condition=Q(storage="") | Q(storage__in=[kind.value for kind in Storage]),
                name="offer_storage_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state=OfferState.CLOSED, closed_at__isnull=False)
                | Q(state=OfferState.OPEN, closed_at__isnull=True),
                name="offer_is_closed_exactly_when_dated",
            ),
            one_of("rhythm", Rhythm, name="offer_rhythm_is_known"),
        ]
        indexes = [models.Index(fields=["community", "state", "category"], name="offer_open")]

    def __str__(self) -> str:
        return self.public_id


class OfferSlot(models.Model):
    """The quantity of an offer in one period: once, this week, this month."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="slots")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    quantity = models.PositiveIntegerField()
    reserved = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "starts_on"], name="slot_is_one_a_period"),
            models.CheckConstraint(condition=Q(reserved__lte=F("quantity")), name="slot_is_not_overdrawn"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.starts_on}"

    @property
    def free(self) -> int:
        """What is left to give in this period."""
        return self.quantity - self.reserved


class ShelterDetails(models.Model):
    """What a house is like that takes people in, and who is welcome. It goes whole to one household."""

    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, related_name="shelter")
    beds = models.PositiveSmallIntegerField()
    nights_from = models.DateField()
    nights_until = models.DateField()
    women_only = models.BooleanField(default=False)
    families_welcome = models.BooleanField(default=True)
    house_rules = models.CharField(max_length=300, blank=True)
    about_house = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(beds__gte=1, beds__lte=60), name="shelter_has_beds"),
            models.CheckConstraint(
                condition=Q(nights_from__lte=F("nights_until")), name="shelter_nights_run_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.beds}"
