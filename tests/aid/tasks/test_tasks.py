"""A promise on the page: the time, the day, the code, and the ways it can fall through."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from tadamun.foundation.notices.models import Notice
from tadamun.foundation.people.models import Reveal
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.models import Match, StayConcern
from tests.aid import make

pytestmark = pytest.mark.django_db
ADDRESS, NAME = "شارع الزيتون، بناء ٧", "أم ليلى"


@pytest.fixture
def task(community, coordinator, volunteer) -> Match:
    at = timezone.now()
    line = make.make_line(community, by=coordinator, quantity=3, at=at)
    offer = make.make_offer(community, giver=volunteer, quantity=3, at=at)
    return make.accepted_match(line, offer, by=coordinator, at=at)


@pytest.fixture
def giver(volunteer) -> Client:
    client = Client()
    client.force_login(volunteer)
    return client


def address(match: Match, verb: str = "") -> str:
    return f"/c/{match.community.slug}/tasks/{match.public_id}/{verb}"


def window(*, days: int = 1, starts: str = "16:00", ends: str = "18:00") -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=days)
    return {"day": day.isoformat(), "starts": starts, "ends": ends, "form_token": f"token-{days}-{starts}"}


def due_today(match: Match) -> Match:
    """Settled for an hour around now, which is today wherever the clock stands."""
    at = timezone.now()
    return services.schedule(
        match_id=match.public_id,
        starts=at,
        ends=at,
        actor=match.slot.offer.giver,
        at=at,
        night_is_agreed=True,
    )


class TestTheTime:
    def test_is_settled_in_the_communitys_own_time(self, giver, task):
        answer = giver.post(address(task, "time/"), window())

        task.refresh_from_db()
        assert answer.status_code == 302
        assert task.state == "scheduled"
        assert task.window_from.astimezone(timezone.get_fixed_timezone(180)).hour == 16

    def test_takes_arabic_digits_where_the_browser_has_no_calendar(self, giver, task):
        day = timezone.localdate() + timedelta(days=2)
        typed = f"{day:%d/%m/%Y}".translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

        giver.post(address(task, "time/"), {"day": typed, "starts": "١٦:٣٠", "ends": "١٨"})

        task.refresh_from_db()
        assert task.state == "scheduled"

    def test_the_same_form_sent_twice_tells_the_household_once(self, giver, task):
        member = make.make_member(task.community)
        type(task.line.request).objects.filter(pk=task.line.request_id).update(asker=member)

        giver.post(address(task, "time/"), window())
        giver.post(address(task, "time/"), window())

        assert Notice.objects.filter(kind="needs.scheduled").count() == 1

    @pytest.mark.parametrize(
        "typed",
        [
            {"day": "", "starts": "16:00", "ends": "18:00"},
            {"day": "2026-02-31", "starts": "16:00", "ends": "18:00"},
            {"day": "tomorrow<script>", "starts": "noon", "ends": "\x00"},
            {"day": "9999-12-31", "starts": "16:00", "ends": "18:00"},
            {"day": "0001-01-01", "starts": "16:00", "ends": "18:00"},
            window(days=-2),
            window(starts="18:00", ends="16:00"),
        ],
    )
    def test_an_impossible_one_is_said_and_what_was_typed_stays(self, giver, task, typed):
        answer = giver.post(address(task, "time/"), typed)

        task.refresh_from_db()
        page = answer.content.decode()
        assert (answer.status_code, task.state) == (422, "accepted")
        assert 'role="alert"' in page
        assert typed["starts"] in page


class TestATimeLaterThanAskedFor:
    def test_is_refused_until_the_household_agrees_and_what_was_typed_stays(self, giver, task):
        late = window(days=9)

        refused = giver.post(address(task, "time/"), late)
        task.refresh_from_db()

        page = refused.content.decode()
        assert (refused.status_code, task.state) == (422, "accepted")
        assert 'name="late_is_agreed"' in page
        assert late["day"] in page

        agreed = giver.post(address(task, "time/"), {**late, "late_is_agreed": "on"})
        task.refresh_from_db()
        assert (agreed.status_code, task.state) == (302, "scheduled")

    def test_is_not_asked_about_before_it_happens(self, giver, task):
        assert "late_is_agreed" not in giver.get(address(task)).content.decode()

    def test_a_last_minute_need_is_not_proposed_for_tomorrow(self, giver, task, monkeypatch):
        evening = timezone.localtime(timezone=ZoneInfo(task.community.time_zone)).replace(hour=18, minute=20)
        task.line.__class__.objects.filter(pk=task.line_id).update(
            until_at=evening.replace(hour=23, minute=59)
        )
        monkeypatch.setattr(timezone, "now", lambda: evening)

        page = giver.get(address(task)).content.decode()

        assert f'value="{evening:%Y-%m-%d}"' in page
        assert 'value="19:00"' in page


class TestTheOrderOfThePage:
    def test_the_time_comes_first_and_no_code_is_asked_before_there_is_one(self, giver, task):
        page = giver.get(address(task)).content.decode()

        assert page.index("/time/") < page.index('id="what"')
        assert 'name="code"' not in page

    def test_the_code_is_asked_once_the_time_is_settled(self, giver, task):
        due_today(task)

        page = giver.get(address(task)).content.decode()

        assert 'name="code"' in page
        assert page.index('name="code"') < page.index("/time/")

    def test_a_wrong_code_sent_before_there_is_a_time_is_answered_where_it_can_be_mended(self, giver, task):
        wrong = f"{(int(task.code) + 1) % 1000:03d}"

        answer = giver.post(address(task, "code/"), {"code": wrong, "quantity": "3"})

        assert answer.status_code == 422
        assert 'name="code"' in answer.content.decode()


class TestTheDay:
    def test_name_and_address_stay_closed_before_it(self, giver, task):
        giver.post(address(task, "time/"), window(days=3))

        answer = giver.post(address(task, "place/"))

        assert answer.status_code == 403
        assert ADDRESS not in answer.content.decode()
        assert not Reveal.objects.exists()

    def test_they_open_by_a_button_on_that_answer_only_and_are_logged(self, giver, task, volunteer):
        due_today(task)

        before = giver.get(address(task)).content.decode()
        opened = giver.post(address(task, "place/"))
        after = giver.get(address(task)).content.decode()

        assert NAME in opened.content.decode()
        assert ADDRESS in opened.content.decode()
        assert "قاسم" not in opened.content.decode()
        assert opened["Cache-Control"] == "no-store"
        assert ADDRESS not in before + after
        assert NAME not in before + after
        look = Reveal.objects.get()
        assert (look.viewer, look.viewer_role, look.what) == (volunteer, "volunteer", "place")

    def test_following_a_link_opens_nothing(self, giver, task):
        due_today(task)

        assert giver.get(address(task, "place/")).status_code == 405
        assert not Reveal.objects.exists()

    @pytest.mark.parametrize("verb", ["", "place/", "code/", "time/", "handed-over/", "cancel/", "concern/"])
    def test_nobody_else_gets_anything(self, task, community, verb):
        due_today(task)
        for person in (
            make.make_person(),
            make.make_member(community),
            make.make_member(community, "volunteer"),
            make.make_member(make.make_community(), "volunteer"),
        ):
            client = Client()
            client.force_login(person)
            for answer in (client.get(address(task, verb)), client.post(address(task, verb))):
                assert answer.status_code in {404, 405}
                assert ADDRESS not in answer.content.decode()
        assert Client().get(address(task)).status_code == 302
        assert Match.objects.get(pk=task.pk).state == "scheduled"


class TestTheCode:
    def test_confirms_all_of_it_in_any_digits(self, giver, task):
        due_today(task)
        typed = task.code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

        answer = giver.post(address(task, "code/"), {"code": f" {typed} ", "quantity": "٣"}, follow=True)

        task.refresh_from_db()
        assert answer.status_code == 200
        assert (task.state, task.delivered, task.confirmed_how) == ("confirmed", 3, "code")

    def test_confirms_a_part_and_the_rest_stays_open(self, giver, task):
        giver.post(address(task, "code/"), {"code": task.code, "quantity": "2"})

        task.refresh_from_db()
        assert (task.state, task.delivered) == ("confirmed", 2)
        assert task.line.__class__.objects.get(pk=task.line_id).state in {"open", "part_matched"}

    def test_sent_twice_is_thanked_twice_and_counted_once(self, giver, task):
        typed = {"code": task.code, "quantity": "3"}

        giver.post(address(task, "code/"), typed)
        again = giver.post(address(task, "code/"), typed, follow=True)

        task.refresh_from_db()
        assert again.status_code == 200
        assert task.delivered == 3

    @pytest.mark.parametrize("quantity", ["0", "4", "-1", "99999999999999999999", "two", "", "1e9"])
    def test_refuses_a_quantity_that_was_not_promised(self, giver, task, quantity):
        answer = giver.post(address(task, "code/"), {"code": task.code, "quantity": quantity})

        task.refresh_from_db()
        assert (answer.status_code, task.state) == (422, "accepted")

    def test_five_wrong_ones_leave_it_to_the_household(self, giver, task):
        wrong = f"{(int(task.code) + 1) % 1000:03d}"
        for _ in range(5):
            answer = giver.post(address(task, "code/"), {"code": wrong, "quantity": "3"})
            assert answer.status_code == 422

        page = giver.get(address(task)).content.decode()
        right = giver.post(address(task, "code/"), {"code": task.code, "quantity": "3"})

        task.refresh_from_db()
        assert "code/" not in page
        assert (right.status_code, task.state) == (422, "accepted")

    @pytest.mark.parametrize(
        "code", ["", "x" * 100_000, "<script>", "'; DROP TABLE", "\u202e731", "\x00\x00"]
    )
    def test_hostile_input_is_a_wrong_code_and_nothing_worse(self, giver, task, code):
        assert giver.post(address(task, "code/"), {"code": code, "quantity": "3"}).status_code == 422


class TestWithoutACode:
    def test_handed_over_waits_for_the_households_word(self, giver, task):
        giver.post(address(task, "handed-over/"))
        again = giver.post(address(task, "handed-over/"), follow=True)

        task.refresh_from_db()
        assert again.status_code == 200
        assert task.state == "handed_over"

    def test_thanks_are_shown_without_a_name(self, giver, task):
        services.confirm_receipt(match_id=task.public_id, actor=make.GUEST, with_pin=True, at=timezone.now())
        services.say_thanks(
            match_id=task.public_id,
            words="سلمت الأيادي <b>",
            actor=make.GUEST,
            with_pin=True,
            at=timezone.now(),
        )

        page = giver.get(address(task)).content.decode()

        assert "سلمت الأيادي &lt;b&gt;" in page
        assert NAME not in page


class TestCancelling:
    def test_asks_no_reason_and_says_it_kindly(self, giver, task):
        page = giver.get(address(task, "cancel/")).content.decode()
        giver.post(address(task, "cancel/"))
        again = giver.post(address(task, "cancel/"), follow=True)

        task.refresh_from_db()
        assert "<textarea" not in page
        assert (task.state, task.end_reason) == ("cancelled", "cancelled_early")
        assert again.status_code == 200

    def test_at_short_notice_is_kept_apart(self, giver, task):
        due_today(task)

        giver.post(address(task, "cancel/"))

        task.refresh_from_db()
        assert task.end_reason == "cancelled_late"

    def test_a_finished_one_cannot_be_cancelled(self, giver, task):
        giver.post(address(task, "code/"), {"code": task.code, "quantity": "3"})

        giver.post(address(task, "cancel/"))

        task.refresh_from_db()
        assert task.state == "confirmed"


class TestAStay:
    @pytest.fixture
    def stay(self, community, coordinator) -> Match:
        at = timezone.now()
        host = make.make_member(community, "volunteer", overnight=True, at=at)
        offer = make.make_offer(
            community,
            giver=host,
            category="night",
            quantity=2,
            at=at,
            shelter=services.ShelterOffer(
                beds=5, nights_from=at.date(), nights_until=at.date() + timedelta(days=9)
            ),
        )
        line = make.make_line(community, by=coordinator, category="night", quantity=2, at=at)
        return make.accepted_match(line, offer, by=coordinator, at=at)

    def test_begins_and_ends_by_the_word_of_both_sides(self, stay):
        host = Client()
        host.force_login(stay.slot.offer.giver)

        host.post(address(stay, "arrived/"))
        host.post(address(stay, "arrived/"))
        stay.refresh_from_db()
        assert stay.state == "accepted"
        services.check_in(match_id=stay.public_id, actor=make.GUEST, with_pin=True, at=timezone.now())
        host.post(address(stay, "left/"))
        stay.refresh_from_db()
        assert stay.state == "handed_over"
        services.check_out(match_id=stay.public_id, actor=make.GUEST, with_pin=True, at=timezone.now())

        stay.refresh_from_db()
        assert stay.state == "confirmed"
        assert host.get(address(stay)).status_code == 200

    def test_what_was_wrong_goes_to_the_coordinators_once(self, stay):
        host = Client()
        host.force_login(stay.slot.offer.giver)
        said = {"body": "ضاع المفتاح", "form_token": "one"}

        host.post(address(stay, "concern/"), said)
        host.post(address(stay, "concern/"), said)

        assert [concern.body for concern in StayConcern.objects.all()] == ["ضاع المفتاح"]
        assert "ضاع المفتاح" not in host.get(address(stay)).content.decode()

    @pytest.mark.parametrize("body", ["", "   ", "س" * 100_000])
    def test_an_empty_or_endless_one_is_said_and_kept_in_the_form(self, stay, body):
        host = Client()
        host.force_login(stay.slot.offer.giver)

        assert host.post(address(stay, "concern/"), {"body": body}).status_code == 422
        assert not StayConcern.objects.exists()


class TestTheList:
    def test_shows_promises_by_date_and_what_is_done(self, giver, task):
        due_today(task)

        page = giver.get(f"/c/{task.community.slug}/tasks/").content.decode()

        assert address(task) in page
        assert ADDRESS not in page

    def test_takes_as_many_queries_for_many_promises_as_for_one(
        self, giver, task, community, coordinator, volunteer, django_assert_max_num_queries
    ):
        at = timezone.now()
        giver.get(f"/c/{community.slug}/tasks/")
        for _ in range(6):
            line = make.make_line(community, by=coordinator, category="blankets", at=at)
            offer = make.make_offer(community, giver=volunteer, category="blankets", at=at)
            make.accepted_match(line, offer, by=coordinator, at=at)

        with django_assert_max_num_queries(14):
            giver.get(f"/c/{community.slug}/tasks/")

    def test_is_empty_and_kind_about_it(self, giver, community):
        assert giver.get(f"/c/{community.slug}/tasks/").status_code == 200
