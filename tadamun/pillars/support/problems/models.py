"""Common problems: whom they affect, ideas with their reasons, the working group with its steps, photos, thanks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tadamun.foundation.catalogue.models import Category
from tadamun.foundation.codes import one_of
from tadamun.foundation.communities.models import Community
from tadamun.foundation.people.models import Person
from tadamun.foundation.places.models import Area
from tadamun.kernel.ids import new_public_id
from tadamun.pillars.support.problems.vocabulary import (
    LINE_MOST,
    OPEN,
    SETTLED,
    TITLE_MOST,
    Happening,
    Moment,
    PhotoState,
    PostKind,
    ProblemState,
    Side,
)


class Problem(models.Model):
    """What weighs on several: told once, carried together."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="problems")
    title = models.CharField(max_length=TITLE_MOST)
    body = models.TextField(blank=True)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    since_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True)
    """The tokens of title and text, to find it and its like by."""
    state = models.CharField(max_length=9, default=ProblemState.RAISED)
    raised_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    raised_at = models.DateTimeField()
    facilitator = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    """Since when everybody may see it; before that, members alone."""
    outcome = models.TextField(blank=True)
    """What is different now, or why it was set aside."""
    settled_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="merged"
    )

    class Meta:
        constraints = [
            one_of("state", ProblemState, name="problem_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=[*OPEN], settled_at__isnull=True)
                | Q(state__in=[*SETTLED], settled_at__isnull=False),
                name="problem_is_settled_exactly_when_dated",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="problem_is_not_merged_into_itself",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="problem_has_a_title"),
        ]
        indexes = [models.Index(fields=["community", "-raised_at"], name="problem_by_community")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_gathering(self) -> bool:
        """Open, with no group at work yet."""
        return self.state in {ProblemState.RAISED, ProblemState.GATHERING} and self.merged_into_id is None


class Affected(models.Model):
    """That it affects somebody too; only their number is ever shown."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="affected")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["problem", "person"], name="affected_is_said_once"),
        ]

    def __str__(self) -> str:
        return f"{self.problem_id}"


class Follower(models.Model):
    """Who hears of it once a week."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="followers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["problem", "person"], name="problem_is_followed_once")]

    def __str__(self) -> str:
        return f"{self.problem_id}"


class Idea(models.Model):
    """A way to solve it, in a few words."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="ideas")
    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = models.CharField(max_length=LINE_MOST)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.public_id


class Reason(models.Model):
    """Why an idea is good, or why it is not."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="reasons")
    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    side = models.CharField(max_length=7)
    words = models.CharField(max_length=LINE_MOST)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [one_of("side", Side, name="reason_side_is_known")]

    def __str__(self) -> str:
        return self.public_id


class GroupMember(models.Model):
    """Somebody who works on it."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="group")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["problem", "person"], name="group_is_joined_once")]

    def __str__(self) -> str:
        return f"{self.problem_id}"


class Step(models.Model):
    """What the group does next, who does it, until when."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="steps")
    words = models.CharField(max_length=LINE_MOST)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.public_id


class GroupPost(models.Model):
    """What the group needs or gives, standing among needs and offers; `reference` is the public id there."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="posts")
    kind = models.CharField(max_length=5)
    reference = models.CharField(max_length=24)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    posted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    posted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "reference"], name="group_post_is_kept_once"),
            one_of("kind", PostKind, name="group_post_kind_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class Picture(models.Model):
    """A photo, written anew on its way in; the file lies in the instance's uploads."""

    public_id = models.CharField(max_length=24, unique=True, default=new_public_id, editable=False)
    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="pictures")
    moment = models.CharField(max_length=6)
    state = models.CharField(max_length=8, default=PhotoState.SHOWN)
    file = models.CharField(max_length=80)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    added_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["problem", "moment"], name="picture_is_one_a_moment"),
            one_of("moment", Moment, name="picture_moment_is_known"),
            one_of("state", PhotoState, name="picture_state_is_known"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Thanks(models.Model):
    """A word of thanks to those who worked on it; only their number is shown."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="thanks")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["problem", "person"], name="thanks_are_said_once")]
        verbose_name_plural = "thanks"

    def __str__(self) -> str:
        return f"{self.problem_id}"


class Event(models.Model):
    """What happened, and when; nobody stands in it."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(max_length=9)
    at = models.DateTimeField()

    class Meta:
        constraints = [one_of("what", Happening, name="event_is_known")]
        indexes = [models.Index(fields=["at"], name="problem_event_by_time")]

    def __str__(self) -> str:
        return self.what
