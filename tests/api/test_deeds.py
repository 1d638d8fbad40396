"""What programs do beyond asking and offering: as on the pages, by the same rules."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tadamun.foundation.trail.models import TrailEntry
from tadamun.pillars.aid.directory import services as directory
from tadamun.pillars.aid.directory.models import Service
from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.models import Match, NeedLine, Request, StayConcern
from tadamun.pillars.aid.needs.vocabulary import MatchState
from tests.aid import make
from tests.api.test_once import HERE, send
from tests.doors.world import HIDDEN, SECRETS, World


def path_of(world: World, path: str) -> str:
    return path.format_map(world.keys)


class TestDistributionDay:
    def test_goes_from_the_list_to_the_last_household(
        self, world: World, visitors: dict[str, Client]
    ) -> None:
        by, at = world.people["coordinator"], timezone.now()
        line = make.make_line(world.community, by=by, at=at - timedelta(hours=5), phone="+962790000077")
        offer = make.make_offer(
            world.community, giver=world.people["giver"], quantity=9, at=at, is_organisation=True
        )
        match = make.accepted_match(line, offer, by=by, at=at)
        client = visitors["coordinator"]
        said = {
            "offer_id": offer.public_id,
            "title": "يوم السلال",
            "where": "المدرسة",
            "opens": (at + timedelta(hours=1)).isoformat(timespec="seconds"),
            "closes": (at + timedelta(hours=4)).isoformat(timespec="seconds"),
        }
        waiting = client.get(f"{HERE}/distributions/waiting").json()["items"]

        made = send(client, "distributions", said)
        again = send(client, "distributions", said)
        day = client.get(f"{HERE}/distributions/{made.json()['id']}").json()
        match.refresh_from_db()
        wrong = send(client, f"distributions/{day['id']}/check", {"number": 1, "code": "0000"})
        right = send(client, f"distributions/{day['id']}/check", {"number": 1, "code": match.code})
        twice = send(client, f"distributions/{day['id']}/check", {"number": 1, "code": match.code})
        closed = send(client, f"distributions/{day['id']}/close", {})

        assert {one["offer_id"]: one["parcels"] for one in waiting}[offer.public_id] == 1
        assert (made.status_code, again.json()) == (201, made.json())
        assert [seat["number"] for seat in day["seats"]] == [1]
        assert match.code not in str(day)
        assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong_code")
        assert (right.status_code, right.json()["number"]) == (200, 1)
        assert (twice.status_code, twice.json()["code"]) == (409, "checked_off_already")
        assert closed.json()["closed_at"] is not None
        assert Match.objects.get(pk=match.pk).state == MatchState.CONFIRMED


class TestStay:
    def test_begins_with_the_word_of_both_sides(self, world: World, visitors: dict[str, Client]) -> None:
        stay = path_of(world, "matches/{stay_id}")

        host = send(visitors["giver"], f"{stay}/check-in", {})
        early = send(visitors["giver"], f"{stay}/check-out", {})
        guest = send(visitors["coordinator"], f"{stay}/check-in", {})

        assert host.json()["host_in_at"]
        assert (early.status_code, early.json()["code"]) == (409, "match_cannot_move")
        assert guest.json()["guest_in_at"]
        task = visitors["giver"].get(f"{HERE}/tasks/{world.keys['stay_id']}").json()
        assert task["state"] == "handed_over"
        assert task["stay"]["guest_in_at"]

    def test_a_concern_is_said_once_read_by_coordinators_and_taken_care_of(
        self, world: World, visitors: dict[str, Client]
    ) -> None:
        stay, had = path_of(world, "matches/{stay_id}"), StayConcern.objects.count()

        first = send(visitors["giver"], f"{stay}/concerns", {"body": "ضجيج طول الليل"})
        send(visitors["giver"], f"{stay}/concerns", {"body": "ضجيج طول الليل"})
        read = visitors["coordinator"].get(f"{HERE}/{stay}/concerns").json()["items"]
        handled = send(visitors["coordinator"], f"{stay}/concerns/{first.json()['id']}/handled", {})
        elsewhere = send(
            visitors["coordinator"],
            path_of(world, f"matches/{{match_id}}/concerns/{read[0]['id']}/handled"),
            {},
        )

        assert StayConcern.objects.count() == had + 1
        assert [one["body"] for one in read] == ["باب لا يُقفل", "ضجيج طول الليل"]
        assert handled.json()["handled_at"]
        assert elsewhere.status_code == 404


class TestReferral:
    def test_a_service_is_found_sent_to_and_answered_about(
        self, world: World, visitors: dict[str, Client]
    ) -> None:
        line = NeedLine.objects.get(request__public_id=world.keys["other_request_id"])
        found = visitors["coordinator"].get(f"{HERE}/lines/{line.public_id}/services?q=بيت").json()["items"]
        made = send(
            visitors["coordinator"],
            f"lines/{line.public_id}/refer-to-service",
            {"service_id": world.keys["service_id"]},
        )
        mine = path_of(world, "requests/{request_id}/referrals")
        listed = visitors["asker"].get(f"{HERE}/{mine}").json()["items"]
        answer = path_of(world, "requests/{request_id}/referrals/{referral_id}/answer")
        first = send(visitors["asker"], answer, {"outcome": "not_helped"})
        second = send(visitors["asker"], answer, {"outcome": "helped"})

        assert world.keys["service_id"] in {one["id"] for one in found}
        assert made.json()["outcome"] == "waiting"
        assert [one["directions"]["name"] for one in listed] == ["أوراق وحقوق"]
        assert first.json()["outcome"] == "not_helped"
        assert (second.status_code, second.json()["code"]) == (409, "need_cannot_move")
        assert NeedLine.objects.get(pk=listed_line(world, listed)).state == "triage"

    def test_a_referral_of_another_request_is_not_answered_here(
        self, world: World, visitors: dict[str, Client]
    ) -> None:
        other = path_of(world, "requests/{other_request_id}/referrals/{referral_id}/answer")

        assert send(visitors["coordinator"], other, {"outcome": "helped"}).status_code == 404


def listed_line(world: World, listed: list[dict[str, Any]]) -> int:
    return NeedLine.objects.get(public_id=listed[0]["line_id"]).pk


class TestDoubles:
    def test_are_joined_under_the_older_number_and_only_where_they_look_alike(
        self, world: World, visitors: dict[str, Client]
    ) -> None:
        client = visitors["coordinator"]
        older, newer = (
            make.make_request(world.community, at=timezone.now(), phone="+962790000067").request.public_id
            for _ in range(2)
        )
        stranger = make.make_request(
            world.community, actor=None, at=timezone.now(), phone="+962790000066", address="شارع بعيد ٤"
        ).request

        listed = client.get(f"{HERE}/requests/{newer}/alike").json()["items"]
        unlike = send(client, f"requests/{newer}/alike/{stranger.public_id}", {"found": "join"})
        joined = send(client, f"requests/{newer}/alike/{older}", {"found": "join"})
        again = send(client, f"requests/{newer}/alike/{older}", {"found": "join"})

        assert {one["request_id"]: one["same_phone"] for one in listed}[older]
        assert unlike.status_code == 404
        assert joined.json() == {"id": older}
        assert (again.status_code, again.json()["code"]) == (409, "cannot_merge")
        assert Request.objects.get(public_id=newer).merged_into == Request.objects.get(public_id=older)

    def test_of_an_account_and_a_guest_are_linked_and_not_joined(
        self, world: World, visitors: dict[str, Client]
    ) -> None:
        client, own = visitors["coordinator"], world.keys["request_id"]
        phone = Request.objects.get(public_id=own).phone or ""
        guest = make.make_request(world.community, at=timezone.now(), phone=phone).request.public_id

        listed = client.get(f"{HERE}/requests/{guest}/alike").json()["items"]
        joined = send(client, f"requests/{guest}/alike/{own}", {"found": "join"})
        linked = send(client, f"requests/{guest}/alike/{own}", {"found": "same"})

        assert {one["request_id"]: one["may_join"] for one in listed}[own] is False
        assert (joined.status_code, joined.json()["code"]) == (409, "asked_by_two")
        assert linked.status_code == 200

    def test_a_guests_joined_number_opens_nothing_for_programs(
        self, world: World, visitors: dict[str, Client]
    ) -> None:
        kept, joined = (make.make_request(world.community, at=timezone.now()) for _ in range(2))
        first, second = kept.request.public_id, joined.request.public_id
        send(visitors["coordinator"], f"requests/{second}/alike/{first}", {"found": "join"})

        answers = {
            asked.request.number: send(
                visitors["guest"], "tracking", {"number": str(asked.request.number), "pin": asked.pin}
            )
            for asked in (kept, joined)
        }

        assert answers[kept.request.number].status_code == 200
        shut = answers[joined.request.number]
        assert (shut.status_code, shut.json()["code"]) == (409, "joined_to_another")
        assert str(kept.request.number) not in shut.content.decode()


class TestAroundARequest:
    def test_a_call_completes_what_is_hidden_without_showing_it(
        self, world: World, visitors: dict[str, Client]
    ) -> None:
        here = path_of(world, "requests/{request_id}/details")
        answer = visitors["coordinator"].patch(
            f"{HERE}/{here}",
            {"phone": "0790000088", "address": "شارع آخر ٧", "household_size": 6},
            content_type="application/json",
        )

        asked = Request.objects.get(public_id=world.keys["request_id"])
        assert answer.status_code == 200
        assert (asked.phone, asked.household_size) == ("+962790000088", 6)
        assert "790000088" not in answer.content.decode()
        entry = TrailEntry.objects.filter(verb="request_completed").latest("pk")
        assert entry.data == {"fields": ["address", "household_size", "phone"]}

    def test_a_call_that_was_tried_stands_in_the_log_with_its_follow_up(
        self, world: World, visitors: dict[str, Client]
    ) -> None:
        day = (timezone.now() + timedelta(days=2)).date().isoformat()
        here = path_of(world, "requests/{request_id}")
        send(visitors["coordinator"], f"{here}/contacts", {"outcome": "call_later", "follow_up_on": day})

        log = visitors["coordinator"].get(f"{HERE}/{here}/contacts").json()["items"]
        card = visitors["coordinator"].get(f"{HERE}/{here}").json()

        assert [one["outcome"] for one in log] == ["call_later"]
        assert card["follow_up_on"] == day

    def test_the_thread_names_sides_and_nobody(self, world: World, visitors: dict[str, Client]) -> None:
        here = path_of(world, "requests/{request_id}/messages")

        (message,) = visitors["coordinator"].get(f"{HERE}/{here}").json()["items"]

        assert message.keys() == {"side", "body", "at"}
        assert message["body"] == SECRETS["message"]

    def test_leaves_a_phone_to_be_called_and_gets_a_number_and_a_pin(
        self, world: World, visitors: dict[str, Client]
    ) -> None:
        said = {"phone": "0791112233", "safe_hours": "صباحًا", "consent_version": "1"}

        first = send(visitors["member"], "call-backs", said)
        again = send(visitors["member"], "call-backs", said)

        assert first.status_code == 201
        assert first.json() == again.json()
        assert Request.objects.get(public_id=first.json()["id"]).origin == "call_back"


class TestByPin:
    def pinned(self, world: World, **said: Any) -> dict[str, Any]:
        return {"number": world.keys["number"], "pin": world.keys["pin"], **said}

    def test_adds_changes_and_keeps_asking(self, world: World) -> None:
        guest = Client()
        said = self.pinned(world, line={"category": "blankets", "quantity": 2})
        made = send(guest, "tracking/lines", said)
        again = send(guest, "tracking/lines", said)
        line = self.pinned(world, line_id=made.json()["id"])
        changed = send(guest, "tracking/change-line", {**line, "quantity": 3, "when": "month"})
        still = send(guest, "tracking/still-needed", line)
        around = send(guest, "tracking/change", self.pinned(world, change={"safe_hours": "مساءً"}))

        assert (made.status_code, again.json()) == (201, made.json())
        assert (changed.json()["quantity"], still.status_code, around.status_code) == (3, 200, 200)
        assert Request.objects.get(public_id=world.keys["request_id"]).safe_hours == "مساءً"

    def test_thanks_for_what_arrived_and_not_before(self, world: World) -> None:
        said = self.pinned(world, match_id=world.keys["match_id"], words="سلمت يداكم")
        early = send(Client(), "tracking/thanks", said)
        send(Client(), "tracking/confirm", self.pinned(world, match_id=world.keys["match_id"]))
        done = send(Client(), "tracking/thanks", said)

        assert (early.status_code, early.json()["code"], done.status_code) == (409, "match_cannot_move", 200)
        assert Match.objects.get(public_id=world.keys["match_id"]).thanks == "سلمت يداكم"

    def test_reaches_no_other_request(self, world: World) -> None:
        said = self.pinned(world, match_id=world.keys["stay_id"])

        assert send(Client(), "tracking/refuse", said).status_code == 404
        assert send(Client(), "tracking/concerns", {**said, "body": "شيء"}).status_code == 404


class TestDirectory:
    def test_shows_nobody_where_a_confidential_place_lies(
        self, world: World, visitors: dict[str, Client]
    ) -> None:
        here = f"{HERE}/services/{world.keys['service_id']}"

        for name in ("guest", "coordinator"):
            answer = visitors[name].get(here)
            assert answer.json()["hours"][0] == {
                "weekday": 0,
                "opens": "09:00",
                "closes": "14:30",
                "words": "",
            }
            assert HIDDEN not in answer.content.decode()

    def test_is_kept_by_coordinators(self, world: World, visitors: dict[str, Client]) -> None:
        said = {
            "name": "عيادة الحيّ",
            "organisation": "جمعية الصحّة",
            "categories": ["medicine"],
            "phones": ["065000007"],
            "hours": [{"weekday": 0, "opens": "08:00", "closes": "13:00"}],
            "place": {"town": "عمّان", "area_id": world.keys["area_id"]},
        }
        client = visitors["coordinator"]
        made = send(client, "services", said)
        again = send(client, "services", said)
        here = f"{HERE}/services/{made.json()['id']}"
        changed = client.put(
            here, {**said, "name": "عيادة الأسرة", "place": None}, content_type="application/json"
        )
        confirmed = client.post(f"{here}/confirm")
        card = Client().get(here).json()

        assert (made.status_code, again.json()) == (201, made.json())
        assert changed.status_code == confirmed.status_code == 200
        assert (card["name"], card["places"][0]["town"]) == ("عيادة الأسرة", "عمّان")
        assert Service.objects.filter(organisation__name="جمعية الصحّة").count() == 1
        found = Client().get(f"{HERE}/services", {"q": "عياده الاسره"}).json()["items"]
        assert [one["id"] for one in found] == [made.json()["id"]]

    @pytest.mark.parametrize("website", ["javascript:alert(1)", "ftp://x", "http://a b"])
    def test_takes_no_address_that_runs(
        self, world: World, visitors: dict[str, Client], website: str
    ) -> None:
        said = {"name": "عيادة", "organisation": "جمعية", "website": website}

        assert send(visitors["coordinator"], "services", said).status_code == 422

    def test_pages_of_services_follow_each_other_and_ask_no_more_often(self, world: World) -> None:
        at = timezone.now()
        for number in range(7):
            directory.add_service(
                community=world.community,
                actor=world.people["coordinator"],
                facts=directory.ServiceFacts(name=f"خدمة {number % 3}", organisation="جمعية"),
                at=at,
                on=at.date(),
            )
        seen: list[str] = []
        after: str | None = ""
        counts = set()
        while after is not None:
            given = {"limit": 2, **({"after": after} if after else {})}
            page = Client().get(f"{HERE}/services", given).json()
            seen += [one["id"] for one in page["items"]]
            after = page["next"]
        whole = Client().get(f"{HERE}/services", {"limit": 100}).json()["items"]
        for limit in (2, 9):
            # Calls are counted in blocks, so that now and then one asks for the next block.
            tries = []
            for _ in range(2):
                with CaptureQueriesContext(connection) as asked:
                    Client().get(f"{HERE}/services", {"limit": limit})
                tries.append(len(asked))
            counts.add(min(tries))

        assert seen == [one["id"] for one in whole]
        assert len(set(seen)) == len(seen) == 9
        assert len(counts) == 1, counts


class TestSearch:
    def test_finds_for_each_what_their_pages_show(self, world: World, visitors: dict[str, Client]) -> None:
        at = timezone.now()
        own = make.make_request(world.community, actor=world.people["member"], at=at, categories=("stove",))
        found = {
            name: {
                one["id"]
                for one in visitors[name].get(f"{HERE}/search/requests", {"q": "مدفأة"}).json()["items"]
            }
            for name in ("member", "giver", "coordinator")
        }

        assert found["giver"] == set()
        assert found["member"] == {own.request.public_id}
        assert found["member"] < found["coordinator"]

    def test_an_offer_is_found_without_whose_it_is(self, world: World, visitors: dict[str, Client]) -> None:
        answer = visitors["coordinator"].get(f"{HERE}/search/offers", {"q": "بطانيات"})

        assert answer.json()["items"]
        assert "giver" not in answer.json()["items"][0]


@pytest.mark.parametrize("path", ["due", "distributions", "exports/needs", "handovers"])
def test_a_longer_list_asks_the_database_no_more_often(
    world: World, visitors: dict[str, Client], path: str
) -> None:
    client, by, at = visitors["coordinator"], world.people["coordinator"], timezone.now()
    counts = []
    for round_number in range(2):
        client.get(f"{HERE}/{path}")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{HERE}/{path}").status_code == 200
        counts.append(len(asked))
        for number in range(4):
            line = make.make_line(
                world.community,
                by=by,
                at=at - timedelta(hours=40),
                phone=f"+96279100{round_number}{number:03d}",
            )
            offer = make.make_offer(
                world.community, giver=world.people["giver"], quantity=3, at=at, is_organisation=True
            )
            match = make.accepted_match(line, offer, by=by, at=at)
            if number % 2:
                services.open_distribution(
                    offer_id=offer.public_id,
                    title="يوم",
                    where="ساحة",
                    opens_at=at + timedelta(hours=1),
                    closes_at=at + timedelta(hours=3),
                    actor=by,
                    at=at,
                )
            else:
                starts = at + timedelta(minutes=5)
                services.schedule(
                    match_id=match.public_id,
                    starts=starts,
                    ends=starts + timedelta(hours=1),
                    actor=by,
                    at=at,
                )

    assert counts[0] == counts[1]
