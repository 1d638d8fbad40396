"""Rounds, their proof, and the published policy."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.models import Match, MatchingPolicy, Request, Round
from tadamun.pillars.aid.needs.queries.rounds import disclosed
from tadamun.pillars.aid.needs.reasons import reason_words
from tadamun.pillars.aid.needs.vocabulary import MatchState, Tier
from tadamun.web import my_data
from tests.aid import make


@pytest.fixture
def reckoned(community, coordinator):
    """A finished round: three needs, two offers, one need that nobody offers for."""
    at = timezone.now()
    for tier in (Tier.CRITICAL, Tier.NORMAL, Tier.NORMAL):
        make.make_line(community, by=coordinator, tier=tier, at=at)
    make.make_line(community, by=coordinator, category="blankets", at=at)
    for km in (0.5, 1.5):
        make.make_offer(community, km=km, at=at)
    row = services.ask_for_round(community=community, actor=coordinator, at=at)
    return services.reckon_round(round_id=row.public_id, at=at)


def url(name, round_, *more):
    return reverse(f"needs:{name}", args=[round_.community.slug, round_.public_id, *more])


def test_a_coordinator_starts_one_and_a_second_is_shown_the_first(desk, community):
    start = reverse("needs:round_start", args=[community.slug])

    first = desk.post(start)
    second = desk.post(start, follow=True)

    assert first.status_code == 302
    assert Round.objects.count() == 1
    assert "being reckoned" in second.content.decode()
    running = desk.get(url("round", Round.objects.get())).content.decode()
    assert "Look again" in running
    assert 'hx-trigger="every 3s"' in running


def test_one_that_was_cut_off_says_so_and_is_started_anew(desk, browser_of, community, coordinator):
    asked_at = timezone.now() - timedelta(minutes=3)
    row = services.ask_for_round(community=community, actor=coordinator, at=asked_at)
    start = reverse("needs:round_start", args=[community.slug])

    page = desk.get(url("round", row)).content.decode()
    listed = desk.get(reverse("needs:rounds", args=[community.slug])).content.decode()
    members = browser_of(make.make_member(community)).get(url("round", row)).content.decode()
    desk.post(start)

    assert "interrupted" in page
    assert start in page
    assert "every 3s" not in page
    assert start in listed
    assert "interrupted" in members
    assert start not in members
    assert [one.state for one in Round.objects.order_by("number")] == ["failed", "queued"]
    assert "interrupted" in desk.get(url("round", row)).content.decode()


def test_one_whose_inputs_were_destroyed_says_so_and_offers_no_check(browser_of, community, reckoned):
    asker = make.make_member(community)
    Request.objects.filter(lines__outcomes__round=reckoned).update(asker=asker)
    my_data.forget(person=asker, at=timezone.now())

    html = browser_of(make.make_member(community, "auditor")).get(url("round", reckoned)).content.decode()

    assert "asked to be forgotten" in html
    assert reckoned.input_digest in html
    assert url("round_verify", reckoned) not in html
    assert "needs.csv" not in html
    assert "certificate.json" in html


def test_proposals_and_what_is_left_have_their_reasons_in_words(desk, reckoned):
    page = desk.get(url("round", reckoned))

    html = page.content.decode()
    assert "Zero violations" in html
    assert "The nearest free offer" in html
    assert "Nobody offers this just now" in html
    assert all(reason_words(reason=one.reason) for one in page.context["proposals"])
    assert all(reason_words(reason=one.reason) for one in page.context["unmatched"])


def test_invites_one_or_all_and_a_repeat_invites_nobody_twice(desk, reckoned):
    first, second = Match.objects.filter(state=MatchState.PROPOSED)

    for _ in range(2):
        answered = desk.post(url("round_invite", reckoned, first.public_id), follow=True)
        assert "The invitation is sent" in answered.content.decode()
    for _ in range(2):
        desk.post(url("round_invite_all", reckoned))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (MatchState.INVITED, MatchState.INVITED)
    assert Match.objects.count() == 2


def test_what_has_moved_on_is_counted_not_forced(desk, community, coordinator, reckoned):
    match = Match.objects.filter(state=MatchState.PROPOSED).first()
    services.close_offer(offer_id=match.slot.offer.public_id, actor=coordinator, at=timezone.now())
    Match.objects.create(community=community, line=match.line, slot=match.slot, round=reckoned, quantity=1)

    page = desk.post(url("round_invite_all", reckoned), follow=True)

    assert "1 proposal has moved on" in page.content.decode()


class TestWhoSeesWhat:
    def test_members_see_the_proof_and_no_small_number(self, browser_of, community, reckoned):
        page = browser_of(make.make_member(community)).get(url("round", reckoned))

        html = page.content.decode()
        assert reckoned.certificate_digest in html
        assert "Zero violations" in html
        assert "proposals" not in page.context
        assert page.context["card"].figures == {"asked": None, "met": None, "offers": None}
        assert all(share.asked is None for share in page.context["card"].areas)
        assert "needs.csv" not in html.replace("tadamun match verify needs.csv", "")

    @pytest.mark.parametrize("name", ["rounds", "round"])
    def test_strangers_and_members_elsewhere_see_nothing(self, browser_of, community, reckoned, name):
        address = (
            url("round", reckoned) if name == "round" else reverse("needs:rounds", args=[community.slug])
        )

        assert browser_of(None).get(address).status_code == 302
        assert browser_of(make.make_person()).get(address).status_code == 403

    @pytest.mark.parametrize("verb", ["round_verify", "round_invite_all"])
    def test_members_neither_verify_on_the_server_nor_invite(self, browser_of, community, reckoned, verb):
        assert browser_of(make.make_member(community)).post(url(verb, reckoned)).status_code == 403

    def test_members_start_no_round(self, browser_of, community):
        start = reverse("needs:round_start", args=[community.slug])

        assert browser_of(make.make_member(community)).post(start).status_code == 403
        assert not Round.objects.exists()

    def test_files_are_for_auditors_alone(self, browser_of, desk, community, reckoned):
        auditor = browser_of(make.make_member(community, "auditor"))
        address = url("round_file", reckoned, "needs.csv")

        assert desk.get(address).status_code == 403
        downloaded = auditor.get(address)
        assert downloaded.content.decode().startswith("id,category,quantity,tier")
        assert downloaded["Content-Disposition"].startswith("attachment")
        assert auditor.get(url("round_file", reckoned, "secrets.txt")).status_code == 404
        assert "certificate.json" in auditor.get(url("round", reckoned)).content.decode()


def test_the_checker_runs_again_and_finds_a_change(desk, reckoned):
    assert "it holds" in desk.post(url("round_verify", reckoned)).content.decode()

    reckoned.inputs = reckoned.inputs.replace("food-parcel,1,0", "food-parcel,2,0")
    reckoned.save()

    page = desk.post(url("round_verify", reckoned))
    assert page.context["checked_again"] > 0
    assert "it holds" not in page.content.decode()


class TestDisclosure:
    def shares(self, **pairs):
        return {share.name: (share.asked, share.met) for share in disclosed(pairs)}

    def test_hides_counts_under_eleven_and_remainders_under_eleven(self):
        assert self.shares(a=(40, 20), b=(50, 45), c=(30, 5), d=(9, 9), e=(8, 0)) == {
            "a": (40, 20),
            "b": (50, None),
            "c": (30, None),
            "d": (None, None),
            "e": (None, None),
        }

    def test_hides_a_second_where_one_alone_could_be_reckoned_back(self):
        assert self.shares(a=(40, 20), b=(30, 15), c=(5, 2)) == {
            "a": (40, 20),
            "b": (None, None),
            "c": (None, None),
        }

    def test_shows_all_where_everybody_was_met(self):
        assert self.shares(a=(12, 12), b=(30, 30)) == {"a": (12, 12), "b": (30, 30)}


class TestPolicy:
    def address(self, community):
        return reverse("needs:policy", args=[community.slug])

    def test_is_published_to_everybody(self, browser_of, community):
        html = browser_of(None).get(self.address(community)).content.decode()

        assert "The most severe first" in html
        assert "<button" not in html.split("<main")[1].split("</main>")[0]

    def test_is_changed_by_stewards(self, browser_of, community):
        steward = browser_of(make.make_member(community, "steward"))
        sent = {
            "escalate_after_days": "٥",
            "widen": "on",
            "invitation_hours": "24",
            "referral_asks_after_days": "10",
            "check_after_days": "٢١",
        }

        assert steward.post(self.address(community), sent).status_code == 302

        policy = MatchingPolicy.objects.get()
        assert (policy.escalate_after_days, policy.fair_by_area, policy.widen, policy.invitation_hours) == (
            5,
            False,
            True,
            24,
        )
        assert policy.check_after_days == 21

    @pytest.mark.parametrize("days", ["0", "366", "9" * 500, "x", "1.5", "-3", ""])
    def test_refuses_days_that_cannot_be(self, browser_of, community, days):
        steward = browser_of(make.make_member(community, "steward"))

        page = steward.post(
            self.address(community),
            {"escalate_after_days": days, "invitation_hours": "24", "referral_asks_after_days": "10"},
        )

        assert page.status_code == 422
        assert not MatchingPolicy.objects.exists()

    def test_is_changed_by_nobody_else(self, browser_of, desk, community):
        sent = {"escalate_after_days": "5", "invitation_hours": "24", "referral_asks_after_days": "10"}

        for client in (browser_of(None), browser_of(make.make_member(community)), desk):
            assert client.post(self.address(community), sent).status_code == 403
        assert queries.policy_of(community=community).escalate_after_days == 7
