"""What a community knows of services: whose they are, where, when, for whom, with which papers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.codes import one_of
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.places.models import Area
from tadamun.foundation.sealed import SealedTextField
from tadamun.kernel.ids import new_public_id
from tadamun.pillars.aid.directory.vocabulary import Cost, ReadingState, ServiceStatus


def once_a_source(name: str) -> models.UniqueConstraint:
    """A file's own id stands for one row here, however often the file is read."""
    return models.UniqueConstraint(fields=["source", "outer_id"], condition=~Q(outer_id=""), name=name)


class Source(models.Model):
    """A file that services were taken from, by the name under which it comes again."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    key = models.SlugField(max_length=60)
    imported_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "key"], name="directory_source_is_named_once_a_community"
            )
        ]

    def __str__(self) -> str:
        return self.key


class Organisation(models.Model):
    """Who offers services."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outer_id = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=200)
    alternate_name = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    website = models.CharField(max_length=300, blank=True)
    email = models.CharField(max_length=254, blank=True)

    class Meta:
        constraints = [
            once_a_source("directory_organisation_is_one_a_source"),
            models.CheckConstraint(condition=~Q(name=""), name="directory_organisation_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Location(models.Model):
    """Where services are given. A confidential one keeps its address under seal, and has no point on a map."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="locations")
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outer_id = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=200, blank=True)
    street = models.CharField(max_length=300, blank=True)
    town = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=100, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2, blank=True)
    way_there = models.TextField(blank=True)
    accessibility = models.TextField(blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    confidential = models.BooleanField(default=False)
    hidden_address = SealedTextField(null=True, blank=True)

    class Meta:
        constraints = [
            once_a_source("directory_location_is_one_a_source"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="directory_location_is_on_the_globe",
            ),
            models.CheckConstraint(
                condition=Q(confidential=False, hidden_address__isnull=True)
                | Q(
                    confidential=True,
                    hidden_address__isnull=False,
                    name="",
                    street="",
                    postal_code="",
                    way_there="",
                    latitude__isnull=True,
                    area__isnull=True,
                ),
                name="directory_confidential_location_shows_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Service(models.Model):
    """One thing that an organisation does for people who come to it."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="services")
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outer_id = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    """Of all that the file said of it, so that a second reading tells what changed."""
    name = models.CharField(max_length=200)
    alternate_name = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    website = models.CharField(max_length=300, blank=True)
    email = models.CharField(max_length=254, blank=True)
    status = models.CharField(max_length=20, default=ServiceStatus.ACTIVE)
    how_to_apply = models.TextField(blank=True)
    eligibility = models.TextField(blank=True)
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    cost = models.CharField(max_length=8, default=Cost.UNKNOWN)
    fees = models.TextField(blank=True)
    waiting = models.CharField(max_length=300, blank=True)
    interpretation = models.TextField(blank=True)
    categories = models.ManyToManyField(Category, related_name="+", blank=True)
    searched = models.TextField(blank=True)
    """Names and words folded for searching; nothing of a confidential place."""
    added_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    """When somebody here corrected it: a file does not overwrite that."""
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["community", "status", "name"], name="directory_listed")]
        constraints = [
            once_a_source("directory_service_is_one_a_source"),
            one_of("status", ServiceStatus, name="directory_service_status_is_known"),
            one_of("cost", Cost, name="directory_service_cost_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="directory_service_has_a_name"),
            models.CheckConstraint(
                condition=Q(minimum_age__isnull=True)
                | Q(maximum_age__isnull=True)
                | Q(minimum_age__lte=F("maximum_age")),
                name="directory_service_ages_are_in_order",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | Q(confirmed_on__isnull=False),
                name="directory_service_is_confirmed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class ServiceAtLocation(models.Model):
    """That a service is given at a place."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="sites")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="sites")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "location"], name="directory_service_is_once_at_a_location"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id} at {self.location_id}"


class Schedule(models.Model):
    """When a service is open: a day with its hours, or words where nobody could tell a day."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="schedules")
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    """Monday is 0."""
    opens = models.TimeField(null=True, blank=True)
    closes = models.TimeField(null=True, blank=True)
    """At or before `opens`: on the next day."""
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["weekday", "opens", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__lte=6, opens__isnull=False, closes__isnull=False)
                | (Q(weekday__isnull=True, opens__isnull=True, closes__isnull=True) & ~Q(words="")),
                name="directory_schedule_is_hours_or_words",
            )
        ]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.weekday}"


class Phone(models.Model):
    """A number of a service, or of its organisation where the service has none of its own."""

    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.CASCADE, related_name="phones"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="phones"
    )
    number = models.CharField(max_length=40)
    """E.164 where it could be read, else as it was written."""
    extension = models.CharField(max_length=12, blank=True)
    words = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(service__isnull=False, organisation__isnull=True)
                | Q(service__isnull=True, organisation__isnull=False),
                name="directory_phone_is_of_one",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="directory_phone_has_a_number"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class RequiredDocument(models.Model):
    """A paper to bring."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="documents")
    words = models.CharField(max_length=300)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="directory_document_is_named"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ServiceLanguage(models.Model):
    """A language in which a service is given."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="languages")
    code = models.CharField(max_length=3)
    """ISO 639, two letters where there are two."""

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["service", "code"], name="directory_language_is_named_once")
        ]

    def __str__(self) -> str:
        return self.code


class Term(models.Model):
    """A word of the taxonomy that a file brings; our own categories are read from it."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    taxonomy = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "taxonomy", "code"], name="directory_term_is_one_a_community"
            )
        ]

    def __str__(self) -> str:
        return self.code


class ServiceTerm(models.Model):
    """That a service falls under a term."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="terms")
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "term"], name="directory_term_is_given_once")
        ]

    def __str__(self) -> str:
        return f"{self.service_id}: {self.term_id}"


class FileReading(models.Model):
    """A file of services that a coordinator handed in, and what its reading came to."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    handed_in_at = models.DateTimeField()
    title = models.CharField(max_length=200)
    """The file's name."""
    source = models.CharField(max_length=60)
    overwrite = models.BooleanField(default=False)
    region = models.CharField(max_length=2, blank=True, default="")
    """Country whose prefix a phone without one gets; empty: the community's."""
    content = SealedTextField(null=True, blank=True)
    """The file in base64 while it waits for the worker: it may say where a shelter lies."""
    state = models.CharField(max_length=8, default=ReadingState.WAITING)
    problem = models.CharField(max_length=60, blank=True)
    """Code of what kept the whole file out."""
    report = models.JSONField(default=dict)
    """As `cards.plain` gives it."""
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("state", ReadingState, name="directory_reading_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=ReadingState.WAITING) | Q(content__isnull=True),
                name="directory_reading_keeps_no_file",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
