"""Communities, who belongs to them, and how one joins."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from tadamun.foundation.codes import one_of
from tadamun.foundation.communities.vocabulary import JoinState, MembershipState
from tadamun.foundation.people.models import Person
from tadamun.kernel.ids import new_public_id


class Community(models.Model):
    """A neighbourhood, village or group that acts together."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    region = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    time_zone = models.CharField(max_length=40)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    helpline_name = models.CharField(max_length=80, blank=True)
    helpline_phone = models.CharField(max_length=20, blank=True)
    helpline_opens = models.TimeField(null=True, blank=True)
    helpline_closes = models.TimeField(null=True, blank=True)
    welcome = models.CharField(max_length=300, blank=True)
    shows_hijri = models.BooleanField(default=False)
    open_to_join = models.BooleanField(default=True)
    switched_off = models.JSONField(default=list, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "communities"
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="community_centre_is_on_the_globe",
            )
        ]

    def __str__(self) -> str:
        return self.slug

    def has_on(self, app: str) -> bool:
        """Whether a part of the software is in use here."""
        return app not in self.switched_off


class Membership(models.Model):
    """One person's belonging to one community."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    state = models.CharField(max_length=8, default=MembershipState.ACTIVE)
    joined_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    """When a coordinator met the person and saw who they are; asked of those who visit homes."""
    verified_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    overnight_approved_at = models.DateTimeField(null=True, blank=True)
    """When a coordinator agreed that this person may host people overnight."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "person"], name="membership_is_one_a_community"),
            one_of("state", MembershipState, name="membership_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=MembershipState.ACTIVE, ended_at__isnull=True)
                | (~Q(state=MembershipState.ACTIVE) & Q(ended_at__isnull=False)),
                name="membership_is_ended_exactly_when_dated",
            ),
            models.CheckConstraint(
                condition=Q(overnight_approved_at__isnull=True) | Q(verified_at__isnull=False),
                name="membership_hosts_are_verified",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class RoleGrant(models.Model):
    """A role somebody holds, from when until when, given by whom."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=16)
    given_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "role"], condition=Q(ended_at__isnull=True), name="role_is_held_once"
            )
        ]

    def __str__(self) -> str:
        return self.role


class Invitation(models.Model):
    """A link, also as a QR code, that lets people join with a role."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=16)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    most_uses = models.PositiveIntegerField(default=1)
    uses = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(uses__lte=models.F("most_uses")), name="invitation_is_not_overused"
            )
        ]

    def __str__(self) -> str:
        return self.public_id

    def is_open(self, *, at: datetime) -> bool:
        """Whether somebody can still join by it."""
        return self.withdrawn_at is None and self.expires_at > at and self.uses < self.most_uses


class JoinRequest(models.Model):
    """Somebody with an account asks to belong."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="join_requests")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="join_requests")
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=8, default=JoinState.WAITING)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "person"],
                condition=Q(state=JoinState.WAITING),
                name="join_is_asked_once",
            ),
            one_of("state", JoinState, name="join_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=JoinState.WAITING, decided_at__isnull=True)
                | (~Q(state=JoinState.WAITING) & Q(decided_at__isnull=False)),
                name="join_is_decided_exactly_when_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
