"""The same form received twice makes one record."""

from datetime import timedelta

import pytest

from tadamun.foundation.idempotency.models import ReceivedForm
from tadamun.foundation.idempotency.services import forget_old_forms, new_form_token, once
from tests.foundation.make import NOON
from tests.foundation.together import together


@pytest.mark.django_db
class TestOnce:
    def test_answers_a_repeat_with_the_first_outcome(self):
        token = new_form_token()

        first = once(token=token, purpose="ask", at=NOON, do=lambda: "made")
        second = once(token=token, purpose="ask", at=NOON, do=lambda: "made again")

        assert (first, second) == (("made", True), ("made", False))

    def test_keeps_forms_of_different_purposes_apart(self):
        token = new_form_token()

        once(token=token, purpose="ask", at=NOON, do=lambda: "asked")

        assert once(token=token, purpose="offer", at=NOON, do=lambda: "offered") == ("offered", True)

    def test_lets_a_form_be_sent_again_when_the_work_failed(self):
        token = new_form_token()

        def fail() -> str:
            raise ValueError

        with pytest.raises(ValueError):  # noqa: PT011  # the work's own error comes through
            once(token=token, purpose="ask", at=NOON, do=fail)

        assert once(token=token, purpose="ask", at=NOON, do=lambda: "made") == ("made", True)

    def test_stores_no_token(self):
        token = new_form_token()

        once(token=token, purpose="ask", at=NOON, do=lambda: "made")

        assert token not in ReceivedForm.objects.get().key

    def test_forgets_tokens_after_three_days(self):
        once(token="old", purpose="ask", at=NOON - timedelta(days=4), do=lambda: "a")
        once(token="new", purpose="ask", at=NOON, do=lambda: "b")

        assert forget_old_forms(at=NOON) == 1
        assert ReceivedForm.objects.get().outcome == "b"


@pytest.mark.django_db(transaction=True)
def test_makes_one_record_when_sent_many_times_at_once():
    made: list[int] = []
    token = new_form_token()

    def work(number: int) -> str:
        made.append(number)
        return f"record-{number}"

    outcomes = together(
        [lambda n=n: once(token=token, purpose="ask", at=NOON, do=lambda: work(n)) for n in range(5)]
    )

    assert len(made) == 1
    assert sorted(done for _, done in outcomes) == [False, False, False, False, True]
    assert {outcome for outcome, _ in outcomes} == {f"record-{made[0]}"}
