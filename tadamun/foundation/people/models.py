"""People, what they agreed to, and who looked at what of theirs."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

from tadamun.foundation.codes import one_of
from tadamun.foundation.people.vocabulary import AddressForm, ConsentMeans, ConsentPurpose, Revealed
from tadamun.foundation.sealed import SealedTextField
from tadamun.kernel.ids import new_public_id
from tadamun.kernel.text import given_name


class PersonManager(BaseUserManager["Person"]):
    """Makes accounts."""

    def create_user(self, password: str | None = None, **fields: Any) -> Person:
        """Make an account; without a password it can be entered by link or code only."""
        person = self.model(**fields)
        person.set_password(password)
        person.save()
        return person

    def create_superuser(self, password: str | None = None, **fields: Any) -> Person:
        """Make an account that may open the admin pages (configuration and catalogue)."""
        fields.pop("id", None)
        return self.create_user(password, is_staff=True, is_superuser=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account on this instance."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    name = models.CharField(max_length=80, blank=True)
    address_form = models.CharField(max_length=10, default=AddressForm.NEUTRAL)
    language = models.CharField(max_length=5, default="ar")
    email = models.EmailField(null=True, blank=True, unique=True)
    phone = SealedTextField(null=True, blank=True)
    phone_hash = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    phone_verified_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "id"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = PersonManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(phone__isnull=True, phone_hash__isnull=True)
                | Q(phone__isnull=False, phone_hash__isnull=False),
                name="person_phone_is_sealed_and_hashed",
            ),
            models.CheckConstraint(
                condition=Q(phone_verified_at__isnull=True) | Q(phone__isnull=False),
                name="person_verified_phone_exists",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True)
                | Q(
                    name="",
                    email__isnull=True,
                    phone__isnull=True,
                    is_active=False,
                    is_staff=False,
                    is_superuser=False,
                ),
                name="person_forgotten_keeps_nothing",
            ),
            models.CheckConstraint(
                condition=Q(email__isnull=True) | ~Q(email=""), name="person_email_is_none_or_given"
            ),
            one_of("address_form", AddressForm, name="person_address_form_is_known"),
        ]

    def __str__(self) -> str:
        return self.public_id

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the account; no e-mail is null, as two empty ones would collide."""
        self.email = self.email.lower() if self.email else None
        super().save(*args, **kwargs)

    @property
    def display_name(self) -> str:
        """What the person's own pages call them."""
        return self.name or self.public_id

    @property
    def first_name(self) -> str:
        """What a matched neighbour sees of the name."""
        return given_name(self.name)


class Consent(models.Model):
    """What somebody agreed to: which text, how, recorded by whom, and until when."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="consents"
    )
    purpose = models.CharField(max_length=24)
    text_version = models.CharField(max_length=16)
    means = models.CharField(max_length=12)
    recorded_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=models.F("given_at")),
                name="consent_is_withdrawn_after_given",
            ),
            one_of("purpose", ConsentPurpose, name="consent_purpose_is_known"),
            one_of("means", ConsentMeans, name="consent_means_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.text_version}"


class Reveal(models.Model):
    """One look at somebody's name, place, phone or notes: who, when, why.

    `subject` is the person looked at when they have an account; `about` is the public id of the request
    or record that carried it, so that a guest sees the log on the tracking page too.
    """

    subject = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="reveals"
    )
    about = models.CharField(max_length=24, db_index=True)
    viewer = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="looks")
    viewer_role = models.CharField(max_length=16)
    what = models.CharField(max_length=10)
    reason = models.CharField(max_length=200, blank=True)
    scope = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        constraints = [one_of("what", Revealed, name="reveal_is_of_something_known")]
        indexes = [models.Index(fields=["subject", "-at"], name="reveal_by_subject")]

    def __str__(self) -> str:
        return f"{self.what} of {self.about}"


class SignInLink(models.Model):
    """A link that lets somebody in once, handed over by a coordinator."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_in_links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(used_at__lte=models.F("expires_at")),
                name="sign_in_link_is_used_before_it_expires",
            )
        ]

    def __str__(self) -> str:
        return self.token_hash[:8]


class Session(AbstractBaseSession):
    """One browser's session, with whose it is, so that all of somebody's sessions can be ended at once."""

    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="sessions"
    )

    class Meta:
        verbose_name = "session"

    def __str__(self) -> str:
        return self.session_key[:6]

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The store that reads and writes these rows."""
        from tadamun.foundation.people.sessions import SessionStore

        return SessionStore
