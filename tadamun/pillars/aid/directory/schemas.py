"""Services of the directory, as programs send and read them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any, Self

from ninja import Schema
from pydantic import Field, StringConstraints, model_validator

from tadamun.foundation.api import Flag, Given, Number, PublicId, Whole
from tadamun.pillars.aid.directory.vocabulary import (
    DOCUMENTS_MOST,
    HOURS_MOST,
    LANGUAGES_MOST,
    NAME_MOST,
    OLDEST,
    PHONES_MOST,
    SHORT_MOST,
    TEXT_MOST,
    Cost,
    ServiceStatus,
)

CATEGORIES_MOST = 12
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Line = Annotated[str, StringConstraints(max_length=SHORT_MOST, min_length=1)]


class HoursGiven(Given):
    """A day (Monday is 0) with both its hours, or words alone."""

    weekday: Whole | None = Field(None, ge=0, le=6)
    opens: Clock | None = None
    closes: Clock | None = None
    words: str = Field("", max_length=SHORT_MOST)

    def clock(self, moment: str | None) -> time | None:
        """One of the hours as a time of day."""
        return time.fromisoformat(moment) if moment else None


class PlaceGiven(Given):
    """Where a service is given. Of a confidential place the street is kept under seal."""

    name: str = Field("", max_length=NAME_MOST)
    street: str = Field("", max_length=SHORT_MOST)
    town: str = Field("", max_length=100)
    region: str = Field("", max_length=100)
    postal_code: str = Field("", max_length=20)
    way_there: str = Field("", max_length=TEXT_MOST)
    accessibility: str = Field("", max_length=TEXT_MOST)
    area_id: PublicId | None = None
    latitude: Number | None = Field(None, ge=-90, le=90)
    longitude: Number | None = Field(None, ge=-180, le=180)
    confidential: Flag = False

    @model_validator(mode="after")
    def _point_is_whole(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("latitude and longitude come together")
        return self


class ServiceGiven(Given):
    """All that is said of a service. `place` left out: where it is given stays as it is."""

    name: str = Field(max_length=NAME_MOST, min_length=1)
    organisation: str = Field(max_length=NAME_MOST, min_length=1)
    description: str = Field("", max_length=TEXT_MOST)
    website: str = Field("", max_length=SHORT_MOST, pattern=r"^(https?://[^\s]+)?$")
    email: str = Field("", max_length=254, pattern=r"^([^@\s]+@[^@\s]+)?$")
    status: ServiceStatus = ServiceStatus.ACTIVE
    how_to_apply: str = Field("", max_length=TEXT_MOST)
    eligibility: str = Field("", max_length=TEXT_MOST)
    minimum_age: Whole | None = Field(None, ge=0, le=OLDEST)
    maximum_age: Whole | None = Field(None, ge=0, le=OLDEST)
    cost: Cost = Cost.UNKNOWN
    fees: str = Field("", max_length=TEXT_MOST)
    waiting: str = Field("", max_length=SHORT_MOST)
    interpretation: str = Field("", max_length=TEXT_MOST)
    categories: list[Annotated[str, StringConstraints(max_length=60)]] = Field([], max_length=CATEGORIES_MOST)
    phones: list[Annotated[str, StringConstraints(max_length=40)]] = Field([], max_length=PHONES_MOST)
    documents: list[Line] = Field([], max_length=DOCUMENTS_MOST)
    languages: list[Language] = Field([], max_length=LANGUAGES_MOST)
    """ISO 639, two letters where there are two."""
    hours: list[HoursGiven] = Field([], max_length=HOURS_MOST)
    place: PlaceGiven | None = None


class ServiceMade(Schema):
    """A service that was added."""

    id: str


class ServiceState(Schema):
    """A service after something was done with it."""

    id: str = Field(validation_alias="public_id")
    status: str
    confirmed_on: date | None


class ServiceRowRead(Schema):
    """One service in a list."""

    id: str = Field(validation_alias="public_id")
    name: str
    organisation: str
    categories: list[str]
    """Names in the language asked for."""
    towns: list[str]
    cost: str
    status: str
    open_now: bool
    confirmed_on: date | None
    stale: bool
    """Nobody confirmed it within a year."""


class PhoneRead(Schema):
    """A number to call; `dialled` is E.164 where it could be read."""

    shown: str
    dialled: str
    extension: str
    words: str


class PlaceRead(Schema):
    """Where a service is given; of a confidential place its town alone."""

    id: str = Field(validation_alias="public_id")
    name: str
    street: str
    town: str
    region: str
    postal_code: str
    way_there: str
    accessibility: str
    latitude: float | None
    longitude: float | None
    area: str
    area_id: str
    confidential: bool


class HoursRead(Schema):
    """One line of opening hours; a weekday counts from Monday = 0. `words` where nobody could tell a day."""

    weekday: int | None
    opens: str | None
    closes: str | None
    words: str

    @staticmethod
    def resolve_opens(card: Any) -> str | None:
        """Hours and minutes."""
        return f"{card.opens:%H:%M}" if card.opens else None

    @staticmethod
    def resolve_closes(card: Any) -> str | None:
        """Hours and minutes."""
        return f"{card.closes:%H:%M}" if card.closes else None


class ServiceRead(Schema):
    """One service, with what everybody may know of it."""

    id: str = Field(validation_alias="public_id")
    name: str
    alternate_name: str
    organisation: str
    description: str
    website: str
    email: str
    status: str
    how_to_apply: str
    eligibility: str
    minimum_age: int | None
    maximum_age: int | None
    cost: str
    fees: str
    waiting: str
    interpretation: str
    categories: list[str] = Field(validation_alias="category_codes")
    category_names: list[str] = Field(validation_alias="categories")
    phones: list[PhoneRead]
    places: list[PlaceRead]
    hours: list[HoursRead]
    open_now: bool
    documents: list[str]
    languages: list[str]
    source: str
    changed_at: datetime
    confirmed_on: date | None
    stale: bool
