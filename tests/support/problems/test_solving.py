"""The working group, what becomes of a problem, photos, the weekly word, and forgetting."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tadamun.foundation.notices.models import Notice
from tadamun.kernel.errors import TadamunError
from tadamun.pillars.aid.needs.models import Offer, Request
from tadamun.pillars.support.problems import errors, queries, services
from tadamun.pillars.support.problems.models import Idea, Problem, Step
from tadamun.pillars.support.problems.vocabulary import MOVES, OPEN, Moment, PostKind, ProblemState
from tests.aid import make
from tests.aid.make import NOON
from tests.support.problems.make import camera_file, do, join, make_problem

DAY = timedelta(days=1)


def kinds_told(person):
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def group(problem, viewer):
    return queries.group_card(
        community=problem.community, problem_id=problem.public_id, viewer=viewer, today=NOON.date()
    )


class TestGroup:
    def test_is_begun_by_a_facilitator_and_told_to_those_who_follow(self, problem, layla, sami, reem):
        with pytest.raises(errors.NotForYouToSteer):
            do("form_group", problem, sami)
        with pytest.raises(errors.GroupNeeded):
            do("join_group", problem, sami)

        do("form_group", problem, reem)
        do("join_group", problem, sami)

        assert kinds_told(layla) == ["problems.group"]
        assert (group(problem, layla).size, group(problem, layla).facilitator) == (2, "ريم")

    def test_tells_names_to_the_group_alone(self, problem, layla, sami, reem):
        do("form_group", problem, reem)
        do("join_group", problem, sami)
        do("add_step", problem, sami, words="شراء المصباح", owner_id=sami.public_id)

        assert "سامي" not in str(group(problem, layla))
        assert "سامي ناصر" in str(group(problem, reem))
        do("open_to_all", problem, reem)
        with pytest.raises(errors.ProblemsForMembers):
            group(problem, make.make_person())

    def test_has_steps_with_owner_and_day(self, problem, layla, sami, reem):
        do("form_group", problem, reem)
        do("join_group", problem, sami)
        with pytest.raises(errors.NotInTheGroup):
            do("add_step", problem, layla, words="شراء المصباح")
        with pytest.raises(errors.NotInTheGroup):
            do("add_step", problem, sami, words="شراء المصباح", owner_id=layla.public_id)

        step = do("add_step", problem, reem, words="شراء", owner_id=sami.public_id, due_on=NOON.date() - DAY)
        assert kinds_told(sami) == ["problems.step"]
        assert group(problem, sami).steps[0].late
        do("finish_step", problem, sami, step_id=step.public_id)

        assert group(problem, sami).steps[0].done_at == NOON

    def test_is_handed_on_before_its_facilitator_leaves(self, problem, sami, reem):
        do("form_group", problem, reem)
        do("join_group", problem, sami)
        with pytest.raises(errors.FacilitatorStays):
            do("leave_group", problem, reem)

        do("hand_on", problem, reem, to_id=sami.public_id)
        do("leave_group", problem, reem)

        assert group(problem, sami).size == 1
        do("settle", problem, sami, state=ProblemState.SOLVED, outcome="أُضيء الدرج")

    def test_asks_and_offers_among_needs_and_offers(self, community, problem, sami, layla, reem):
        do("form_group", problem, reem)
        lamp = services.PostFacts(PostKind.NEED, make.make_category("stove"), 2, "مصباحان")
        hours = services.PostFacts(PostKind.OFFER, make.make_category("blankets"), 1, "")
        with pytest.raises(errors.NotInTheGroup):
            do("post_for_group", problem, layla, facts=lamp)

        do("post_for_group", problem, reem, facts=lamp)
        do("post_for_group", problem, reem, facts=hours)

        request, offer = Request.objects.get(), Offer.objects.get()
        assert (request.asker, request.lines.get().quantity) == (reem, 2)
        posts = group(problem, reem).posts
        assert [post.reference for post in posts] == [request.public_id, offer.public_id]
        assert {post.reference for post in group(problem, layla).posts} == {""}


class TestStates:
    @pytest.mark.parametrize("state", [*ProblemState])
    def test_follow_each_other_as_the_list_says(self, problem, reem, state):
        for wanted in ProblemState:
            Problem.objects.update(state=state, settled_at=None if state in OPEN else NOON)
            allowed = wanted in MOVES[state] and wanted in ("solved", "partly", "set_aside")
            try:
                do("settle", problem, reem, state=wanted, outcome="تغيّر")
            except errors.ProblemMovedOn:
                assert not allowed, (state, wanted)
            else:
                assert allowed, (state, wanted)

    def test_need_a_reason_and_are_told(self, problem, layla, reem, sami):
        with pytest.raises(errors.WordsNeeded):
            do("settle", problem, reem, state=ProblemState.SET_ASIDE, outcome=" ")
        with pytest.raises(errors.NotForYouToSteer):
            do("settle", problem, sami, state=ProblemState.SET_ASIDE, outcome="لا")

        do("settle", problem, reem, state=ProblemState.SET_ASIDE, outcome="تنتظر البلديّة")
        assert kinds_told(layla) == ["problems.set_aside"]
        do("take_up", problem, reem)

        problem.refresh_from_db()
        assert (problem.state, problem.outcome, problem.settled_at) == (ProblemState.GATHERING, "", None)

    def test_thanks_are_counted_once_something_is_solved(self, problem, layla, reem):
        with pytest.raises(errors.ProblemMovedOn):
            do("say_thanks", problem, layla)
        do("settle", problem, reem, state=ProblemState.PARTLY, outcome="نصف الدرج")

        for _again in range(2):
            do("say_thanks", problem, layla)

        assert problem.thanks.count() == 1


class TestPictures:
    def put(self, problem, by, moment=Moment.BEFORE):
        return do("put_picture", problem, by, moment=moment, content=camera_file())

    def file(self, picture, viewer):
        return queries.picture_file(
            community=picture.problem.community, picture_id=picture.public_id, viewer=viewer
        )

    def test_keep_nothing_of_the_camera(self, problem, layla):
        picture = self.put(problem, layla)

        content = services.picture_bytes(file=picture.file).getvalue()
        assert content[8:12] == b"WEBP"
        assert b"PlantedCamera" not in content
        assert b"EXIF" not in content

    def test_refuse_what_is_no_picture(self, problem, layla, sami):
        with pytest.raises(errors.PictureNotReadable):
            do("put_picture", problem, layla, moment=Moment.BEFORE, content=b"<svg onload=alert(1)>")
        with pytest.raises(errors.NotForYouToSteer):
            self.put(problem, sami)

    def test_a_report_hides_one_until_a_coordinator_decides(self, problem, layla, sami, hind):
        picture = self.put(problem, layla)
        given = {"community": problem.community, "picture_id": picture.public_id, "at": NOON}
        services.report_picture(actor=sami, **given)

        with pytest.raises(errors.NoSuchPicture):
            self.file(picture, sami)
        assert self.file(picture, hind) == picture.file
        assert kinds_told(hind) == ["problems.picture_reported"]
        with pytest.raises(errors.NotForYouToSteer):
            services.keep_picture(actor=sami, **given)
        services.keep_picture(actor=hind, **given)
        services.report_picture(actor=sami, **given)
        assert self.file(picture, sami) == picture.file

        services.remove_picture(actor=hind, **given)

        with pytest.raises(errors.NoSuchPicture):
            self.file(picture, hind)

    def test_another_takes_the_place_of_the_first(self, problem, layla):
        self.put(problem, layla)
        self.put(problem, layla)

        assert problem.pictures.count() == 1

    def test_are_seen_by_strangers_only_with_an_open_problem(self, problem, layla, reem):
        picture = self.put(problem, layla)
        with pytest.raises(errors.NoSuchPicture):
            self.file(picture, None)
        do("open_to_all", problem, reem)
        assert self.file(picture, None)


class TestWeekly:
    def test_says_once_how_many_moved(self, community, problem, layla, sami):
        join(problem, sami)
        other = make_problem(community, by=layla, title="النفايات")
        do("add_idea", other, layla, words="حاوية")
        community.refresh_from_db()

        told = [services.tell_weekly(at=NOON + timedelta(hours=hours)) for hours in range(0, 24 * 14, 3)]

        assert sum(told) == 2
        notice = Notice.objects.get(recipient=layla, kind="problems.weekly")
        assert notice.params == {"count": 2}

    def test_says_nothing_to_who_left(self, community, problem, layla):
        from tadamun.foundation.communities.services import leave

        leave(community=community, person=layla, at=NOON)

        assert services.tell_weekly(at=NOON + 10 * DAY) == 0


class TestSameRequests:
    def test_are_counted_from_ten_up(self, community, layla):
        area, kind = community.areas.get(), make.make_category("food-parcel")
        problem = make_problem(community, by=layla, title="غلاء الخبز", area=area, category=kind)

        def seen():
            return queries.problem_card(
                community=community, problem_id=problem.public_id, viewer=layla
            ).same_requests

        for number in range(9):
            make.make_request(community, phone=f"+96279123456{number}", area=area)
        assert seen() is None
        make.make_request(community, phone="+962791234599", area=area)
        assert seen() == 10
        type(kind).objects.update(sensitive=True)
        assert seen() is None


def test_forgetting_takes_the_person_out_and_leaves_what_others_share(community, problem, layla, sami, reem):
    join(problem, sami)
    alone = make_problem(community, by=layla, title="لي وحدي")
    do("add_idea", problem, layla, words="فكرة")
    do("form_group", problem, reem)
    do("join_group", problem, layla)
    do("add_step", problem, layla, words="خطوة", owner_id=layla.public_id)
    do("put_picture", problem, layla, moment=Moment.AFTER, content=camera_file())
    assert queries.my_records(person=layla)["problems_raised"]

    services.forget_person(person=layla, at=NOON)

    problem.refresh_from_db()
    assert problem.raised_by is None
    assert not Problem.objects.filter(pk=alone.pk).exists()
    assert (Idea.objects.get().author, Step.objects.get().owner) == (None, None)
    assert not problem.pictures.exists()
    left = queries.my_records(person=layla)
    assert not any(left.values())


def test_every_error_is_typed():
    assert all(issubclass(one, TadamunError) for one in vars(errors).values() if isinstance(one, type))
