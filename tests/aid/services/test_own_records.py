"""What somebody asked for and offered stands whole among their own records."""

import json
from datetime import date, timedelta

import pytest

from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.models import NeedLine, Offer, Request, ShelterDetails
from tadamun.pillars.aid.needs.vocabulary import ContactWay, Delivery, Household
from tests.aid import make
from tests.aid.make import NOON

KEPT_APART = {
    # keys, and what only the machine or the coordinators' side of it says
    *("id", "public_id", "community", "asker", "giver", "consent", "place", "phone_hash", "pin_hash"),
    *("entered_by", "owner", "origin", "call_by", "follow_up_on", "follow_up_by", "unreachable_since"),
    *("heard_at", "merged_into", "repeats", "forgotten_at"),
}
SAID_AS = {
    **{"asker_name": "name", "recipient_name": "recipient", "giver_name": "name"},
    **{"house_rules": "rules", "about_house": "about"},
}


def said_fields(model, *, but=frozenset()):
    names = {field.name for field in model._meta.concrete_fields} - KEPT_APART - but
    return {SAID_AS.get(name, name) for name in names}


@pytest.fixture
def host(community):
    return make.make_member(community, "volunteer", overnight=True, name="بيت آل سعد")


def test_every_field_of_a_request_does(community):
    asker = make.make_member(community)
    make.make_request(community, actor=asker)

    (told,) = queries.my_records(person=asker)["requests"]

    assert said_fields(Request) <= told.keys()
    line = {"category", "detail", "quantity", "delivered", "state", "referred_to"}
    assert line <= {field.name for field in NeedLine._meta.concrete_fields}
    assert line <= told["lines"][0].keys()


def test_every_field_of_an_offer_and_of_its_house_does(community, host):
    make.make_shelter_offer(community, giver=host)

    (told,) = queries.my_records(person=host)["offers"]

    assert said_fields(Offer) <= told.keys()
    assert said_fields(ShelterDetails, but={"offer"}) <= told["house"].keys()


def test_the_words_themselves_do(community, host):
    asker = make.make_member(community)
    make.make_request(
        community,
        actor=asker,
        recipient_name="أم جابر",
        safe_hours="بعد العصر",
        contact_way=ContactWay.MESSAGE,
        delivery=Delivery.HOME,
        household=Household.WOMEN,
        requirements=("halal",),
    )
    make.make_shelter_offer(community, giver=host)
    make.make_offer(
        community,
        giver=host,
        giver_name="مخبز السعد",
        phone="+962790000066",
        detail="خبز الصباح",
        allergens="سمسم",
        storage="cold",
        best_before=date(2026, 3, 9),
        until_at=NOON + timedelta(days=3),
    )

    told = {
        person: json.dumps(queries.my_records(person=person), default=str, ensure_ascii=False)
        for person in (asker, host)
    }

    for words in ("أم جابر", "بعد العصر", "message", "home", "women", "halal", "+962791234567"):
        assert words in told[asker]
    for words in (
        "مخبز السعد",
        "cold",
        "+962790000066",
        "خبز الصباح",
        "سمسم",
        "2026-03-09",
        "لا تدخين",
        "غرفة في",
    ):
        assert words in told[host]


def test_a_concern_stands_only_with_whoever_raised_it(community, coordinator, host):
    asker, offer = make.make_member(community), make.make_shelter_offer(community, giver=host)
    line = make.make_line(community, by=coordinator, category="night", quantity=3, actor=asker)
    match = make.accepted_match(line, offer, by=coordinator)
    for person, words in ((asker, "لا ماء ساخن"), (host, "كُسر الباب")):
        services.raise_concern(match_id=match.public_id, body=words, actor=person, at=NOON)

    raised = {
        person: [one["text"] for one in queries.my_records(person=person)["concerns_raised"]]
        for person in (asker, host)
    }

    assert raised == {asker: ["لا ماء ساخن"], host: ["كُسر الباب"]}
