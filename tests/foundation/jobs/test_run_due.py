"""Repeated work: caught up once, tried again after a failure, never run by two workers."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from tadamun.foundation.jobs import queries, services
from tadamun.foundation.jobs.models import Schedule
from tadamun.pillars.aid.needs.services.jobs import reckon
from tests.foundation.make import NOON
from tests.foundation.together import together

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@pytest.fixture
def ticks(monkeypatch):
    """One hourly job that counts its runs, alone in the register."""
    monkeypatch.setattr(services, "_repeated", {})
    runs: list = []

    @services.every(name="tests.tick", interval=HOUR)
    def tick(*, at):
        runs.append(at)

    return runs


@pytest.mark.django_db
class TestRunDue:
    def test_runs_a_new_job_at_once_and_then_each_interval(self, ticks):
        for minutes in (0, 10, 59, 60, 61):
            services.run_due(at=NOON + timedelta(minutes=minutes))

        assert ticks == [NOON, NOON + HOUR]

    def test_catches_a_missed_run_up_once(self, ticks):
        services.run_due(at=NOON)
        services.run_due(at=NOON + 10 * HOUR)
        services.run_due(at=NOON + 10 * HOUR + timedelta(minutes=1))

        assert ticks == [NOON, NOON + 10 * HOUR]

    def test_tries_a_failed_job_again_sooner_and_sooner_gives_way_to_its_interval(self, monkeypatch):
        monkeypatch.setattr(services, "_repeated", {})
        tries: list = []

        @services.every(name="tests.breaks", interval=timedelta(minutes=5))
        def breaks(*, at):
            tries.append(at)
            raise RuntimeError

        for minute in range(14):
            services.run_due(at=NOON + timedelta(minutes=minute))

        assert [int((at - NOON).total_seconds() // 60) for at in tries] == [0, 1, 3, 7, 12]
        assert Schedule.objects.get().failures == 5

    def test_keeps_trying_after_very_many_failures(self, monkeypatch):
        monkeypatch.setattr(services, "_repeated", {})

        @services.every(name="tests.breaks", interval=HOUR)
        def breaks(*, at):
            raise RuntimeError

        services.run_due(at=NOON)
        Schedule.objects.update(failures=5000)

        services.run_due(at=NOON + HOUR)

        assert Schedule.objects.get().next_run_at == NOON + 2 * HOUR

    def test_runs_the_others_when_one_fails(self, ticks):
        @services.every(name="tests.a_breaks", interval=HOUR)
        def breaks(*, at):
            raise RuntimeError

        assert services.run_due(at=NOON) == ["tests.a_breaks", "tests.tick"]
        assert ticks == [NOON]

    def test_begins_to_count_failures_anew_after_a_good_run(self, ticks):
        services.run_due(at=NOON)
        Schedule.objects.update(failures=3, next_run_at=NOON)

        services.run_due(at=NOON + timedelta(minutes=1))

        assert Schedule.objects.get().failures == 0

    def test_runs_again_what_its_worker_was_killed_over(self, ticks):
        services.run_due(at=NOON)
        Schedule.objects.update(running_since=NOON)

        assert services.run_due(at=NOON + timedelta(minutes=15)) == []
        assert services.run_due(at=NOON + timedelta(minutes=16)) == ["tests.tick"]
        assert Schedule.objects.get().running_since is None

    def test_nobody_begins_what_another_has_been_running_for_longer_than_its_interval(self, monkeypatch):
        monkeypatch.setattr(services, "_repeated", {})
        runs: list = []

        @services.every(name="tests.slow", interval=SECOND)
        def slow(*, at):
            runs.append(at)
            if len(runs) == 1:
                assert services.run_due(at=NOON + timedelta(minutes=2)) == []

        services.run_due(at=NOON)

        assert runs == [NOON]
        assert Schedule.objects.get().running_since is None

    def test_one_taken_for_cut_off_leaves_the_row_to_its_successor(self, ticks, monkeypatch):
        services.run_due(at=NOON)
        later = NOON + HOUR

        @services.every(name="tests.tick", interval=HOUR)
        def slow(*, at):
            Schedule.objects.update(running_since=later + timedelta(minutes=16))

        services.run_due(at=later)

        row = Schedule.objects.get()
        assert (row.running_since, row.last_finished_at) == (later + timedelta(minutes=16), NOON)

    def test_a_worker_that_is_stopped_leaves_its_job_to_the_next(self, ticks):
        @services.every(name="tests.tick", interval=HOUR)
        def stopped(*, at):
            raise SystemExit

        with pytest.raises(SystemExit):
            services.run_due(at=NOON)

        row = Schedule.objects.get()
        assert (row.running_since, row.next_run_at) == (None, NOON)

    def test_runs_the_others_when_one_cannot_tell_whether_it_has_work(self, ticks):
        def broken(*, at):
            raise RuntimeError

        @services.every(name="tests.a_broken", interval=HOUR, only_if=broken)
        def never(*, at):
            raise AssertionError

        assert services.run_due(at=NOON) == ["tests.tick"]
        row = Schedule.objects.get(name="tests.a_broken")
        assert (row.failures, row.next_run_at) == (1, NOON + timedelta(minutes=1))

        services.run_due(at=NOON + timedelta(minutes=1))
        row.refresh_from_db()
        assert (row.failures, row.next_run_at) == (2, NOON + timedelta(minutes=3))

    def test_does_not_wait_for_a_time_that_a_wrong_clock_set(self, ticks):
        services.run_due(at=NOON + timedelta(days=400))

        services.run_due(at=NOON)
        services.run_due(at=NOON + timedelta(minutes=1))

        assert ticks[1:] == [NOON]

    def test_says_how_each_job_stands(self, ticks):
        services.run_due(at=NOON)

        (standing,) = services.schedules()

        assert (standing.name, standing.every_seconds, standing.failures) == ("tests.tick", 3600, 0)
        assert standing.next_run_at == NOON + HOUR


@pytest.fixture
def errands(monkeypatch):
    """A job of every second that can tell whether there is anything to do: what there is, and when it was done."""
    monkeypatch.setattr(services, "_repeated", {})
    waiting: list = []
    done: list = []

    @services.every(name="tests.errands", interval=SECOND, only_if=lambda *, at: bool(waiting))
    def run_errands(*, at):
        waiting.clear()
        done.append(at)

    services.run_due(at=NOON)
    done.clear()
    return waiting, done


def written(captured):
    return [one["sql"] for one in captured if one["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]


@pytest.mark.django_db
class TestWithNothingToDo:
    def test_writes_once_a_minute_at_most(self, errands):
        with CaptureQueriesContext(connection) as captured:
            for halves in range(1, 2 * 180):
                services.run_due(at=NOON + halves * SECOND / 2)

        assert len(written(captured)) == 2
        assert errands[1] == []

    def test_is_still_known_to_be_alive(self, errands):
        for seconds in range(300):
            services.run_due(at=NOON + seconds * SECOND)

        assert NOON + 299 * SECOND - queries.pulse().last_beat_at <= timedelta(minutes=1)

    def test_begins_within_a_second_of_there_being_something(self, errands):
        waiting, done = errands
        for halves in range(1, 61):
            if halves == 40:
                waiting.append("one")
            services.run_due(at=NOON + halves * SECOND / 2)

        (at,) = done
        assert timedelta(0) <= at - (NOON + 20 * SECOND) <= SECOND

    def test_rests_longer_and_longer_when_what_there_is_fails(self, monkeypatch):
        monkeypatch.setattr(services, "_repeated", {})
        tries: list = []

        @services.every(name="tests.breaks", interval=SECOND, only_if=lambda *, at: True)
        def breaks(*, at):
            tries.append(at)
            raise RuntimeError

        for seconds in range(20 * 60):
            services.run_due(at=NOON + seconds * SECOND)

        assert [int((at - NOON).total_seconds() // 60) for at in tries] == [0, 1, 3, 7, 12, 17]

    def test_forgets_the_failures_of_what_cleared_by_itself(self, errands):
        Schedule.objects.update(failures=3, next_run_at=NOON)

        services.run_due(at=NOON + timedelta(minutes=2))

        assert Schedule.objects.get().failures == 0

    def test_does_not_hide_a_run_that_is_under_way_elsewhere(self, errands):
        Schedule.objects.update(running_since=NOON, last_started_at=NOON)

        services.run_due(at=NOON + timedelta(minutes=2))

        assert Schedule.objects.get().running_since == NOON


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_both_run_it(ticks):
    together([lambda: services.run_due(at=NOON)] * 4)

    assert len(ticks) == 1


@pytest.mark.django_db
class TestQueuedJobs:
    @pytest.fixture
    def began(self):
        """A job that a worker began at noon, and a way to begin it again."""
        reckon.enqueue(round_id="none")
        row = DBTaskResult.objects.get()

        def begin(worker="w"):
            row.refresh_from_db()
            row.claim(worker)
            DBTaskResult.objects.update(started_at=NOON)

        begin()
        return begin

    def test_of_a_killed_worker_are_queued_again(self, began):
        assert services.take_up_cut_off(at=NOON + timedelta(minutes=15)) == 0
        assert services.take_up_cut_off(at=NOON + timedelta(minutes=16)) == 1
        assert services.take_up_cut_off(at=NOON + timedelta(minutes=17)) == 0

        found = queries.queue()
        assert (found.waiting, found.running, found.failed) == (1, 0, 0)
        assert (found.jobs[0].state, found.jobs[0].tries) == ("waiting", 1)

    def test_that_kill_their_worker_each_time_are_given_up(self, began):
        for _ in range(services.MOST_BEGINNINGS):
            services.take_up_cut_off(at=NOON + HOUR)
            began()

        services.take_up_cut_off(at=NOON + HOUR)

        found = queries.queue()
        assert (found.waiting, found.running, found.failed) == (0, 0, 1)
        assert found.jobs[0].error == "InterruptedError"
