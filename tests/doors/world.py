"""One neighbourhood with one of everything, and one visitor of every kind, for tests that try every door."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from tadamun.foundation.communities import services as communities
from tadamun.foundation.communities.models import Community, Membership
from tadamun.foundation.notices.models import Delivery, Notice
from tadamun.foundation.people.models import Consent, Person
from tadamun.foundation.tokens.services import make_token
from tadamun.kernel.ids import new_token
from tadamun.pillars.aid.directory import services as directory
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.vocabulary import ContactWay, Tier
from tadamun.web import searching
from tests.aid import make
from tests.doors.circle import plant_circle
from tests.support.library.shelf import put_library
from tests.support.problems.make import common_problem

SECRETS = {
    "name": "غزالة السرّية",
    "recipient": "ياقوتة المخفية",
    "phone": "+962791928374",
    "address": "زقاق الكتمان بناء ٩٩",
    "notes": "ملاحظة لا يراها سوى المنسّقين",
    "detail": "حليب من نوع خاصّ جدًّا",
    "message": "رسالة في سرّ الخيط",
}
"""What nobody but the asker's side may read; planted in the request of the world."""

HIDDEN = "منعطف الملجأ ٧"
"""Where a shelter lies: for coordinators alone."""

SECRET_FORMS = [*SECRETS.values(), HIDDEN, "791928374", "79 192 8374", "7 9192 8374"]


@dataclass
class World:
    """The neighbourhood, what stands in it by url keyword, and the visitors by name."""

    community: Community
    keys: dict[str, str]
    visitors: dict[str, Client] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)


def make_world(*, at: datetime | None = None) -> World:
    """Make it; the clock of the pages is the real one, so everything happens around now."""
    now = at or timezone.now()
    community = make.make_community(slug="hay", at=now - timedelta(days=30))
    area = make.make_area(community)
    people = _people(community, at=now)
    keys = {"community": community.slug, "area_id": area.public_id, "slug": community.slug}
    world = World(community=community, keys=keys, people=people)
    pin = _needs(world, at=now)
    world.keys["pin"] = pin
    _foundation(world, at=now)
    world.keys |= put_library(
        community, keeper=people["coordinator"], borrower=people["asker"], secrets=SECRETS, at=now
    )
    world.keys |= plant_circle(community, people, at=now)
    for name, person in people.items():
        world.visitors[name] = _signed_in(person)
    world.visitors["guest"] = Client()
    world.visitors["with_pin"] = _with_pin(world, pin)
    return world


def _people(community: Community, *, at: datetime) -> dict[str, Person]:
    other = make.make_community(slug="other", name="حيّ النخيل", at=at)
    people = {
        "stranger": make.make_person("غريب الدار"),
        "neighbour": make.make_member(
            other, "coordinator", "steward", "auditor", "volunteer", name="جار بعيد"
        ),
        "member": make.make_member(community, name="عضو عادي"),
        "volunteer": make.make_member(community, "volunteer", name="متطوّع بلا مهمّة"),
        "giver": make.make_member(community, "volunteer", name="سامي ناصر", overnight=True),
        "asker": make.make_member(community, name=SECRETS["name"]),
        "coordinator": make.make_member(community, "coordinator", name="هند العلي"),
        "steward": make.make_member(community, "steward", name="رامي سعد"),
        "auditor": make.make_member(community, "auditor", name="نادر المدقّق"),
        "insider": make.make_member(community, name="عضو في دائرة"),
    }
    for name in ("neighbour", "coordinator", "steward", "auditor"):
        Authenticator.objects.create(user=people[name], type=Authenticator.Type.TOTP, data={"secret": "x"})
    return people


def _needs(world: World, *, at: datetime) -> str:
    """A request of a member with secrets and a promise for today; another with an open invitation; a round."""
    people, community = world.people, world.community
    by = people["coordinator"]
    asked = make.make_request(
        community,
        actor=people["asker"],
        at=at - timedelta(hours=30),
        asker_name=SECRETS["name"],
        recipient_name=SECRETS["recipient"],
        phone=SECRETS["phone"],
        address=SECRETS["address"],
        notes=SECRETS["notes"],
        contact_way=ContactWay.MESSAGE,
        categories=("food-parcel",),
    )
    line = asked.request.lines.get()
    line.detail = SECRETS["detail"]
    line.save()
    services.write_message(
        request_id=asked.request.public_id, body=SECRETS["message"], actor=people["asker"], at=at
    )
    make.triage(line, by=by, tier=Tier.CRITICAL, at=at - timedelta(hours=29))
    offer = make.make_offer(community, giver=people["giver"], quantity=5, at=at - timedelta(days=2))
    match = make.accepted_match(line, offer, by=by, at=at - timedelta(hours=3))
    services.schedule(
        match_id=match.public_id,
        starts=at,
        ends=at + timedelta(hours=2),
        actor=people["giver"],
        at=at,
        night_is_agreed=True,
    )
    invited_line = make.make_line(community, by=by, at=at - timedelta(hours=5), phone=SECRETS["phone"])
    invited = make.invited_match(invited_line, offer, by=by, at=at, quantity=1)
    make.make_line(community, by=by, category="stove", at=at - timedelta(hours=4), phone="+962790000055")
    make.make_offer(community, giver=people["giver"], category="stove", at=at - timedelta(days=1))
    row = services.ask_for_round(community=community, actor=by, at=at)
    services.reckon_round(round_id=row.public_id, at=at)
    world.keys |= {
        "request_id": asked.request.public_id,
        "line_id": line.public_id,
        "offer_id": offer.public_id,
        "match_id": match.public_id,
        "invited_id": invited.public_id,
        "other_request_id": invited_line.request.public_id,
        "round_id": row.public_id,
        "proposed_id": row.matches.get().public_id,
        "name": "needs.csv",
        "category": "food-parcel",
        "distribution_id": _distribution(world, at=at),
        "number": str(asked.request.number),
    }
    world.keys["stay_id"], world.keys["concern_id"] = _stay_with_concern(world, at=at)
    world.keys["service_id"] = _service(world, at=at)
    reading = directory.hand_in(
        community=community, actor=by, content=b"id,name\n", title="services.csv", at=at
    )
    world.keys["reading_id"] = reading.public_id
    world.keys["referral_id"] = _referral(world, at=at)
    world.keys |= common_problem(community, by=by, at=at)
    world.keys["giver_id"] = people["giver"].public_id
    world.keys["import_id"] = _sheet(world, at=at)
    return asked.pin


def _service(world: World, *, at: datetime) -> str:
    """A service of the directory, given at a place that hides."""
    facts = directory.ServiceFacts(
        name="بيت آمن",
        organisation="جمعية الأمان",
        documents=["هوية"],
        phones=["065000001"],
        hours=[directory.HoursFacts(0, time(9), time(14, 30))],
        place=directory.PlaceFacts(street=HIDDEN, town="عمّان", confidential=True),
    )
    row = directory.add_service(
        community=world.community, actor=world.people["coordinator"], facts=facts, at=at, on=at.date()
    )
    return row.public_id


def _referral(world: World, *, at: datetime) -> str:
    """One more need of the member who asks, for which a service elsewhere is better."""
    line = services.add_line(
        request_id=world.keys["request_id"],
        details=services.LineDetails(category=make.make_category("legal")),
        actor=world.people["asker"],
        at=at,
    )
    service = directory.add_service(
        community=world.community,
        actor=world.people["coordinator"],
        facts=directory.ServiceFacts(name="أوراق وحقوق", organisation="مكتب الحيّ"),
        at=at,
        on=at.date(),
    )
    row = services.refer_to_service(
        line_id=line.public_id, service_id=service.public_id, actor=world.people["coordinator"], at=at
    )
    return row.public_id


def _distribution(world: World, *, at: datetime) -> str:
    """A day with one seat, from an organisation's offer."""
    by = world.people["coordinator"]
    offer = make.make_offer(
        world.community,
        giver=world.people["giver"],
        category="blankets",
        quantity=20,
        at=at - timedelta(days=2),
        is_organisation=True,
        giver_name="جمعية الحيّ",
    )
    line = make.make_line(
        world.community,
        by=by,
        category="blankets",
        at=at - timedelta(hours=8),
        phone="+962790000033",
        contact_way=ContactWay.MESSAGE,
    )
    make.accepted_match(line, offer, by=by, at=at - timedelta(hours=2))
    day = services.open_distribution(
        offer_id=offer.public_id,
        title="يوم الأغطية",
        where="ساحة المدرسة",
        opens_at=at + timedelta(hours=1),
        closes_at=at + timedelta(hours=5),
        actor=by,
        at=at,
    )
    return day.public_id


def _stay_with_concern(world: World, *, at: datetime) -> tuple[str, str]:
    """A night under somebody's roof about which something was said in confidence."""
    by, giver = world.people["coordinator"], world.people["giver"]
    line = make.make_line(
        world.community,
        by=by,
        category="night",
        quantity=2,
        at=at - timedelta(hours=9),
        phone="+962790000044",
    )
    offer = make.make_offer(
        world.community,
        giver=giver,
        category="night",
        quantity=3,
        at=at - timedelta(days=1),
        shelter=services.ShelterOffer(
            beds=5, nights_from=at.date(), nights_until=at.date() + timedelta(days=9), about_house="غرفة"
        ),
    )
    match = make.accepted_match(line, offer, by=by, at=at - timedelta(hours=1))
    concern = services.raise_concern(match_id=match.public_id, body="باب لا يُقفل", actor=giver, at=at)
    return match.public_id, str(concern.pk)


def _sheet(world: World, *, at: datetime) -> str:
    """A sheet that a coordinator is looking through, with one row to be mended."""
    content = "الاسم,الهاتف,الطلب\nسمر,0795554443,طعام\nرنا,لا يوجد,دواء\n".encode()
    sheet = services.start_import(
        community=world.community, actor=world.people["coordinator"], content=content, title="ردود", at=at
    )
    return sheet.public_id


def _foundation(world: World, *, at: datetime) -> None:
    """An invitation, a request to join, a notice, a text to send by hand, a consent."""
    people, community = world.people, world.community
    token = new_token()
    invitation = communities.make_invitation(
        community=community,
        actor=people["steward"],
        role="volunteer",
        token=token,
        most_uses=3,
        valid_for=timedelta(days=7),
        at=at,
    )
    join = communities.ask_to_join(community=community, person=people["stranger"], note="", at=at)
    shared = make.make_category("blankets")
    shared.pk, shared.community, shared.code = None, community, "own-thing"
    shared.save(force_insert=True)
    program = make_token(
        community=community,
        person=people["asker"],
        name="برنامج",
        scopes=["needs:read"],
        days=7,
        secret=new_token(),
        at=at,
    )
    notice = Notice.objects.filter(recipient=people["coordinator"]).first()
    by_hand = Delivery.objects.filter(channel="by_hand").select_related("notice").first()
    membership = Membership.objects.get(community=community, person=people["volunteer"])
    consent = Consent.objects.filter(person=people["asker"]).first()
    words = searching.add_words(community=community, actor=people["steward"], line="قسيمة، كوبون", at=at)
    world.keys |= {
        "group_id": words,
        "token": token,
        "token_id": program.public_id,
        "invitation_id": invitation.public_id,
        "join_id": join.public_id,
        "notice_id": notice.public_id if notice else "none",
        "text_id": by_hand.notice.public_id if by_hand else "none",
        "member_id": membership.public_id,
        "public_id": consent.public_id if consent else "none",
    }


def _signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _with_pin(world: World, pin: str) -> Client:
    """Somebody without an account who opened the request with its number and PIN."""
    client = Client()
    answer: Any = client.post(
        f"/c/{world.community.slug}/track/", {"number": world.keys["number"], "pin": pin}
    )
    assert answer.status_code == 302, answer.content.decode()
    return client
