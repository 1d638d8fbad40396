"""A need that somebody else can help better is sent there with the way, and asked about later."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from tadamun.foundation.notices.models import Notice
from tadamun.foundation.notices.wording import write_out
from tadamun.foundation.trail.models import TrailEntry
from tadamun.pillars.aid.directory import services as directory
from tadamun.pillars.aid.directory.errors import NoSuchService
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import CoordinatorsOnly, NeedCannotMove, NotYourNeed
from tadamun.pillars.aid.needs.models import Referral
from tadamun.pillars.aid.needs.vocabulary import ContactWay, ReferralOutcome
from tests.aid import make

pytestmark = pytest.mark.django_db
LATER = make.NOON + timedelta(days=15)


@pytest.fixture
def asker(community):
    return make.make_member(community, name="ليلى القاسم")


@pytest.fixture
def line(community, asker):
    return make.make_request(community, actor=asker).request.lines.get()


@pytest.fixture
def bank(community, coordinator):
    """A food bank of the directory."""
    facts = directory.ServiceFacts(
        name="بنك الطعام",
        organisation="جمعية السنابل",
        phones=["06 400 0011"],
        documents=["دفتر العائلة"],
        place=directory.PlaceFacts(street="شارع السوق 14", town="عمّان"),
    )
    return directory.add_service(
        community=community, actor=coordinator, facts=facts, at=make.NOON, on=make.NOON.date()
    )


@pytest.fixture
def shelter(community, coordinator):
    """A house that hides."""
    facts = directory.ServiceFacts(
        name="بيت السكينة",
        organisation="بيوت آمنة",
        place=directory.PlaceFacts(street="عنوان لا يُعلَن", confidential=True),
    )
    return directory.add_service(
        community=community, actor=coordinator, facts=facts, at=make.NOON, on=make.NOON.date()
    )


@pytest.fixture
def referral(line, bank, coordinator):
    return services.refer_to_service(
        line_id=line.public_id, service_id=bank.public_id, actor=coordinator, at=make.NOON
    )


def told(kind):
    return list(Notice.objects.filter(kind=kind))


class TestReferring:
    def test_closes_the_line_and_keeps_where_it_went(self, line, bank, referral):
        line.refresh_from_db()

        assert (line.state, line.close_reason) == ("closed", "referred")
        assert line.referred_to == "بنك الطعام (جمعية السنابل)"
        assert referral.asks_on == (make.NOON + timedelta(days=14)).date()

    def test_tells_the_asker_the_way_there(self, community, asker, bank, referral):
        notice = Notice.objects.get(kind="needs.referred")

        assert notice.recipient == asker
        assert notice.params["where"] == "شارع السوق 14، عمّان · +96264000011"
        assert notice.url == f"/c/{community.slug}/directory/{bank.public_id}/"

    @pytest.mark.parametrize("language", ["ar", "en", "fr"])
    def test_the_way_is_written_in_the_askers_language(self, referral, language):
        from django.utils import translation

        notice = Notice.objects.get(kind="needs.referred")
        with translation.override(language):
            body = write_out(kind=notice.kind, params=notice.params, url=notice.url).body

        assert "بنك الطعام" in body
        assert notice.url in body

    def test_what_is_sent_to_a_phone_names_no_house_that_hides(self, community, coordinator, shelter):
        asked = make.make_request(community, contact_way=ContactWay.MESSAGE)

        services.refer_to_service(
            line_id=asked.request.lines.get().public_id,
            service_id=shelter.public_id,
            actor=coordinator,
            at=make.NOON,
        )

        notice = Notice.objects.get(guest_phone__isnull=False, kind="needs.answer")
        assert told("needs.referred") == []
        assert "بيت السكينة" not in f"{notice.params}{notice.url}"
        assert notice.url == f"/c/{community.slug}/track/{asked.request.public_id}/"

    def test_is_for_coordinators(self, community, line, bank):
        with pytest.raises(CoordinatorsOnly):
            services.refer_to_service(
                line_id=line.public_id,
                service_id=bank.public_id,
                actor=make.make_member(community),
                at=make.NOON,
            )

    def test_knows_no_service_of_another_community(self, line, coordinator):
        other = make.make_community()
        by = make.make_coordinator(other)
        facts = directory.ServiceFacts(name="عيادة", organisation="الهلال")
        foreign = directory.add_service(
            community=other, actor=by, facts=facts, at=make.NOON, on=make.NOON.date()
        )

        with pytest.raises(NoSuchService):
            services.refer_to_service(
                line_id=line.public_id, service_id=foreign.public_id, actor=coordinator, at=make.NOON
            )
        line.refresh_from_db()
        assert line.state != "closed"


class TestAskingLater:
    def test_asks_once_on_the_day_and_not_before(self, asker, referral):
        assert services.ask_about_referrals(at=make.NOON + timedelta(days=13)) == 0
        assert services.ask_about_referrals(at=LATER) == 1
        assert services.ask_about_referrals(at=LATER) == 0
        assert [notice.recipient for notice in told("needs.did_it_help")] == [asker]

    def test_asks_after_as_many_days_as_the_community_says(self, community, line, bank, coordinator):
        steward = make.make_member(community, "steward")
        services.change_policy(community=community, actor=steward, at=make.NOON, referral_asks_after_days=3)

        row = services.refer_to_service(
            line_id=line.public_id, service_id=bank.public_id, actor=coordinator, at=make.NOON
        )

        assert row.asks_on == (make.NOON + timedelta(days=3)).date()

    def test_asks_nobody_whose_need_was_taken_up_again(self, line, referral, coordinator):
        services.reopen_line(line_id=line.public_id, actor=coordinator, at=make.NOON)

        assert services.ask_about_referrals(at=LATER) == 0

    def test_keeps_that_it_helped(self, line, referral, asker):
        services.answer_referral(
            referral_id=referral.public_id, outcome=ReferralOutcome.HELPED, actor=asker, at=LATER
        )

        line.refresh_from_db()
        assert Referral.objects.get().outcome == "helped"
        assert line.state == "closed"

    def test_whoever_says_that_it_did_not_help_is_not_asked_at_once_whether_it_is_needed(
        self, line, referral, asker
    ):
        services.answer_referral(
            referral_id=referral.public_id, outcome=ReferralOutcome.NOT_HELPED, actor=asker, at=LATER
        )

        line.refresh_from_db()
        assert (line.state, line.heard_at) == ("triage", LATER)
        assert services.ask_still_needed(at=LATER + timedelta(hours=1)) == 0
        assert not Notice.objects.filter(kind="needs.still_needed").exists()

    def test_takes_a_need_up_again_that_was_not_helped_and_tells_its_coordinator(
        self, line, referral, asker, coordinator
    ):
        services.take_over(request_id=line.request.public_id, actor=coordinator, at=make.NOON)

        services.answer_referral(
            referral_id=referral.public_id, outcome=ReferralOutcome.NOT_HELPED, actor=asker, at=LATER
        )

        line.refresh_from_db()
        assert (line.state, line.close_reason, line.referred_to) == ("triage", "", "")
        assert [notice.recipient for notice in told("needs.referral_failed")] == [coordinator]

    def test_takes_one_answer(self, referral, asker):
        given = {"referral_id": referral.public_id, "actor": asker, "at": LATER}
        services.answer_referral(outcome=ReferralOutcome.NOT_GONE, **given)

        with pytest.raises(NeedCannotMove):
            services.answer_referral(outcome=ReferralOutcome.HELPED, **given)

    def test_takes_no_answer_from_somebody_else(self, community, referral):
        with pytest.raises(NotYourNeed):
            services.answer_referral(
                referral_id=referral.public_id,
                outcome=ReferralOutcome.HELPED,
                actor=make.make_member(community),
                at=LATER,
            )

    def test_a_second_referral_is_the_one_that_is_asked_about(
        self, line, referral, shelter, coordinator, asker
    ):
        services.reopen_line(line_id=line.public_id, actor=coordinator, at=make.NOON)
        second = services.refer_to_service(
            line_id=line.public_id, service_id=shelter.public_id, actor=coordinator, at=make.NOON
        )

        seen = queries.referrals_of(request_id=line.request.public_id, viewer=asker, at=make.NOON)
        assert seen[line.public_id].public_id == second.public_id
        assert services.ask_about_referrals(at=LATER) == 1

    def test_forgets_where_somebody_was_sent(self, line, referral, asker):
        services.forget_person(person=asker, at=LATER)

        assert Referral.objects.get().service is None
        assert services.ask_about_referrals(at=LATER) == 0


class TestNothingReadableIsKept:
    """Where somebody was sent says what they need: it stands under seal, or only as the key of a service."""

    WORDS = ("بنك", "السنابل", "شارع السوق", "0011", "السكينة", "بيوت")

    def kept(self):
        """Every table of the database but the directory's own, as text."""
        with connection.cursor() as cursor:
            tables = [
                name
                for name in connection.introspection.table_names(cursor)
                if not name.startswith(("directory_", "django_", "cache_"))
            ]
            texts = []
            for table in tables:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
                texts += [f"{table}: {row}" for row in cursor.fetchall() if table != "search_entry"]
        return texts

    @pytest.mark.parametrize("way", ["bank", "shelter"])
    @pytest.mark.parametrize("by_account", [True, False])
    def test_in_no_plain_column(self, request, community, coordinator, asker, way, by_account):
        service = request.getfixturevalue(way)
        actor = asker if by_account else make.GUEST
        asked = make.make_request(community, actor=actor, contact_way=ContactWay.MESSAGE).request
        services.refer_to_service(
            line_id=asked.lines.get().public_id,
            service_id=service.public_id,
            actor=coordinator,
            at=make.NOON,
        )

        kept = self.kept()

        assert kept
        told = [row for row in kept if any(word in row for word in (*self.WORDS, r"\u0628"))]
        assert told == []
        # Nor which service it was, beside the referral's own key, which goes when somebody is forgotten.
        by_id = [row for row in kept if service.public_id in row and not row.startswith("trail_")]
        assert by_id == []

    def test_the_trail_says_that_somebody_was_sent_on_and_not_where(self, line, bank, referral):
        entry = TrailEntry.objects.get(verb="line_referred")

        assert entry.data == {"line": line.public_id}
        about_the_referral = TrailEntry.objects.exclude(thing="service")
        assert bank.public_id not in str(list(about_the_referral.values_list("data", "thing_id")))

    def test_not_in_what_a_free_text_says(self, community, line, coordinator):
        services.refer_line(line_id=line.public_id, where="ملجأ النساء", actor=coordinator, at=make.NOON)

        assert not [row for row in self.kept() if "ملجأ" in row]
        line.refresh_from_db()
        assert line.referred_to == "ملجأ النساء"

    def test_exports_do_not_hold_it(self, community, coordinator, referral):
        rows = queries.export_rows(community=community, viewer=coordinator, everything=True)

        assert rows
        assert "بنك" not in str(rows)


def test_another_deed_at_the_line_and_the_trail_goes_through(line, bank, coordinator):
    """What a referral writes on the trail is written last: nobody holds its head and waits for a row."""
    seen = []

    def looks(execute, sql, params, many, context):
        seen.append(sql.split(" ", 3)[:3] if sql.startswith("INSERT") else sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(looks):
        services.refer_to_service(
            line_id=line.public_id, service_id=bank.public_id, actor=coordinator, at=make.NOON
        )

    inserts = [one[2].strip('"') for one in seen if isinstance(one, list)]
    assert [one for one in inserts if one.startswith("trail_")] == ["trail_trailentry"] * 2
    assert inserts[-2:] == ["trail_trailentry"] * 2


class TestThePages:
    def test_a_coordinator_finds_a_service_and_sends_the_need_there(
        self, client, community, line, bank, coordinator
    ):
        from allauth.mfa.models import Authenticator

        Authenticator.objects.create(user=coordinator, type=Authenticator.Type.TOTP, data={"secret": "x"})
        client.force_login(coordinator)
        request_page = f"/c/{community.slug}/requests/{line.request.public_id}/"
        address = f"{request_page}lines/{line.public_id}/refer/"
        assert address in client.get(request_page).content.decode()

        found = client.get(address, {"q": "بنك"}).content.decode()
        assert f'value="{bank.public_id}"' in found
        answer = client.post(address, {"service": bank.public_id}, follow=True)

        assert Referral.objects.get().service == bank
        assert "بنك الطعام" in answer.content.decode()

    def test_the_asker_reads_the_way_and_says_whether_it_helped(
        self, client, community, line, referral, asker
    ):
        client.force_login(asker)
        track = f"/c/{community.slug}/track/{line.request.public_id}/"

        page = client.get(track).content.decode()
        for words in ("بنك الطعام", "شارع السوق 14", "دفتر العائلة", 'value="not_helped"'):
            assert words in page, words
        client.post(f"{track}referral/{referral.public_id}/", {"outcome": "helped"})

        assert Referral.objects.get().outcome == "helped"
        assert 'value="not_helped"' not in client.get(track).content.decode()

    def test_a_referral_is_answered_at_its_own_request_only(self, client, community, referral, asker):
        other = make.make_request(community, actor=asker).request

        client.force_login(asker)
        answer = client.post(
            f"/c/{community.slug}/track/{other.public_id}/referral/{referral.public_id}/",
            {"outcome": "helped"},
        )

        assert answer.status_code == 404
        assert Referral.objects.get().outcome == "waiting"
