"""Lists that leave the house: what the viewer may see, and never a name without a reason."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from tadamun.foundation.people.errors import ReasonNeeded
from tadamun.foundation.people.models import Reveal
from tadamun.kernel.ids import new_public_id
from tadamun.pillars.aid.needs import queries, services
from tadamun.pillars.aid.needs.errors import CoordinatorsOnly, GiverNotVerified, MembersOnly, NoSuchMatch
from tadamun.pillars.aid.needs.models import NeedLine
from tadamun.pillars.aid.needs.queries import exporting
from tests.aid import make
from tests.aid.make import NOON

pytestmark = pytest.mark.django_db
SECRETS = ("أم ليلى قاسم", "791234567", "9123 4567", "شارع الزيتون", "الباب الخلفي")


def table_of(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def plain(row):
    """The columns of a row, as a copy takes them."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields[1:]}


def url(name, community, *more):
    return reverse(f"needs:{name}", args=[community.slug, *more])


@pytest.fixture
def asked(community):
    """One request shown in public, one that is not, one of a sensitive thing."""
    shown = make.make_request(community, shows_in_public=True, categories=("blankets",), quantity=2)
    hidden = make.make_request(community, categories=("blankets", "shoes"), quantity=3, asker_name="=1+1")
    sensitive = make.make_request(community, categories=("medicine",), shows_in_public=True)
    coordinator = make.make_coordinator(community)
    for one in (shown, hidden, sensitive):
        for line in one.request.lines.all():
            make.triage(line, by=coordinator)
    return shown, hidden, sensitive


class TestSheets:
    def test_a_coordinator_has_every_open_need_without_names_and_a_tag_row(self, desk, community, asked):
        answer = desk.get(url("export_sheet", community, "csv"))
        table = table_of(answer)

        assert table[1][0] == "#meta+id"
        assert all(tag.startswith("#") for tag in table[1])
        assert [row[2] for row in table[2:]] == ["blankets", "blankets", "shoes", "medicine"]
        text = answer.content.decode()
        assert not [secret for secret in SECRETS if secret in text]
        assert answer["Cache-Control"] == "no-store"
        assert not Reveal.objects.exists()

    def test_a_member_has_what_was_agreed_to_be_shown(self, browser_of, community, asked):
        member = browser_of(make.make_member(community))

        table = table_of(member.get(url("export_sheet", community, "csv")))

        assert [(row[0], row[3]) for row in table[2:]] == [("", "Blankets and bedding")]
        assert member.post(url("export_names", community), {"reason": "for us"}).status_code == 403

    def test_xlsx_holds_the_same(self, desk, community, asked):
        answer = desk.get(url("export_sheet", community, "xlsx"))

        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert rows[1][0] == "#meta+id"
        assert len(rows) == 6

    def test_names_go_out_with_a_reason_that_everybody_concerned_can_read(self, desk, community, asked):
        assert desk.post(url("export_names", community), {"reason": " "}).status_code == 422
        assert not Reveal.objects.exists()

        answer = desk.post(url("export_names", community), {"reason": "توزيع الغد", "kind": "csv"})

        table = table_of(answer)
        names = [row[table[1].index("#contact+name")] for row in table[2:]]
        assert names == ["أم ليلى قاسم", "'=1+1", "'=1+1", "أم ليلى قاسم"]
        assert {row[table[1].index("#contact+phone")] for row in table[2:]} == {"0791234567"}
        looks = Reveal.objects.filter(reason="توزيع الغد")
        assert set(looks.values_list("about", flat=True)) == {one.request.public_id for one in asked}
        assert looks.count() == 3

    def test_a_formula_in_a_name_is_text_in_xlsx(self, desk, community, asked):
        answer = desk.post(url("export_names", community), {"reason": "للتوزيع", "kind": "xlsx"})

        cells = [cell for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active for cell in row]
        assert "=1+1" in {cell.value for cell in cells}
        assert "f" not in {cell.data_type for cell in cells}

    def test_needs_a_reason_and_the_role(self, community, asked):
        coordinator, member = make.make_coordinator(community), make.make_member(community)

        with pytest.raises(ReasonNeeded):
            services.export_with_names(community=community, actor=coordinator, reason="", at=NOON)
        with pytest.raises(CoordinatorsOnly):
            services.export_with_names(community=community, actor=member, reason="لماذا", at=NOON)
        with pytest.raises(MembersOnly):
            queries.export_rows(community=community, viewer=make.make_person())

    def test_leaves_no_row_out_however_many(self, desk, community, coordinator, monkeypatch):
        line = make.make_line(community, by=coordinator, shows_in_public=True)
        monkeypatch.setattr(exporting, "AT_ONCE", 7)
        more = [NeedLine(pk=None, **{**plain(line), "public_id": new_public_id()}) for _ in range(120)]
        NeedLine.objects.bulk_create(more)

        assert len(table_of(desk.get(url("export_sheet", community, "csv")))) == 2 + 121
        assert len(queries.export_rows(community=community, viewer=make.make_member(community))) == 121
        named = {"community": community, "actor": coordinator, "reason": "للتوزيع", "at": NOON}
        assert len(services.export_with_names(**named)) == 121
        assert Reveal.objects.count() == 1, "one look a household"


class TestChatList:
    def test_says_an_area_only_where_that_was_agreed_and_nothing_sensitive(self, community, asked):
        coordinator = make.make_coordinator(community)

        with_area, sums = queries.chat_lines(community=community, viewer=coordinator)

        assert [(one.area, one.open) for one in with_area] == [("الزيتون", 2)]
        assert [(one.open, one.area) for one in sums] == [(3, ""), (3, "")]

    def test_is_a_text_without_names(self, desk, community, asked):
        page = desk.get(url("chat_list", community)).content.decode()

        assert "Blankets and bedding" in page
        assert "Medicine" not in page
        assert not [secret for secret in SECRETS if secret in page]

    def test_is_for_coordinators(self, community):
        with pytest.raises(CoordinatorsOnly):
            queries.chat_lines(community=community, viewer=make.make_member(community))


class TestRunSheets:
    @pytest.fixture
    def run(self, community, coordinator, volunteer):
        line = make.make_line(community, by=coordinator, quantity=1)
        offer = make.make_offer(community, giver=volunteer)
        return make.scheduled_match(line, offer, by=coordinator, hours=3)

    def test_holds_first_names_and_addresses_of_today_and_logs_each_look(self, community, volunteer, run):
        sheet = services.open_run_sheet(
            community=community, giver_id=volunteer.public_id, actor=volunteer, at=NOON
        )

        assert [(stop.first_name, stop.address) for stop in sheet.stops] == [
            ("أم ليلى", "شارع الزيتون، بناء ٧، الطابق الثاني")
        ]
        look = Reveal.objects.get(about=run.line.request.public_id)
        assert (look.viewer, look.viewer_role, look.what) == (volunteer, "volunteer", "place")

    def test_opens_on_the_day_only_and_to_nobody_else(self, community, volunteer, run):
        for actor, at in (
            (volunteer, NOON - timedelta(days=1)),
            (make.make_member(community, "volunteer"), NOON),
            (make.make_coordinator(make.make_community()), NOON),
        ):
            with pytest.raises(NoSuchMatch):
                services.open_run_sheet(community=community, giver_id=volunteer.public_id, actor=actor, at=at)
        assert not Reveal.objects.exists()

    def test_is_not_opened_for_a_giver_who_may_not_help_any_more(self, community, coordinator):
        from tadamun.foundation.communities.models import Membership
        from tadamun.foundation.communities.vocabulary import MembershipState

        giver = make.make_member(community, "volunteer")
        line = make.make_line(community, by=coordinator)
        make.scheduled_match(line, make.make_offer(community, giver=giver), by=coordinator, hours=2)
        Membership.objects.filter(person=giver).update(state=MembershipState.REMOVED, ended_at=NOON)

        with pytest.raises(GiverNotVerified):
            services.open_run_sheet(
                community=community, giver_id=giver.public_id, actor=coordinator, reason="للطباعة", at=NOON
            )

    def test_a_coordinator_opens_anothers_with_a_reason_alone(self, community, coordinator, volunteer, run):
        given = {"community": community, "giver_id": volunteer.public_id, "actor": coordinator, "at": NOON}
        with pytest.raises(ReasonNeeded):
            services.open_run_sheet(**given)
        assert not Reveal.objects.exists()

        services.open_run_sheet(**given, reason="السائق بلا هاتف")

        (look,) = queries.looks_at(request_id=run.line.request.public_id, viewer=coordinator)
        assert (look.role, look.what, look.reason) == ("coordinator", "place", "السائق بلا هاتف")

    def test_the_page_lists_the_runs_of_today(self, desk, community, coordinator, volunteer):
        now = timezone.now()
        line = make.make_line(community, by=coordinator, at=now)
        match = make.accepted_match(
            line, make.make_offer(community, giver=volunteer, at=now), by=coordinator, at=now
        )
        services.schedule(
            match_id=match.public_id,
            starts=now,
            ends=now + timedelta(hours=1),
            actor=volunteer,
            at=now,
            night_is_agreed=True,
        )

        run = url("run_sheet", community, volunteer.public_id)
        page = desk.get(url("exports", community)).content.decode()
        assert "سامي" in page
        assert f'formaction="{run}"' in page
        refused = desk.post(run, {"run_reason": " "})
        assert refused.status_code == 422
        assert "شارع الزيتون" not in refused.content.decode()

        sheet = desk.post(run, {"run_reason": "للسائق"}).content.decode()

        assert Reveal.objects.get().reason == "للسائق"
        assert "شارع الزيتون" in sheet
        assert "قاسم" not in sheet


def test_the_form_on_paper_asks_what_a_sheet_may_hold_and_tells_the_consent(browser_of, community):
    make.make_category()
    page = browser_of(None).get(url("paper_form", community)).content.decode()

    for words in ("Name", "Phone number", "How many people", "What is needed", "الزيتون", "Signature"):
        assert words in page
    assert "find help" in page
