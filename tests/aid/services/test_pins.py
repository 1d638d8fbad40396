"""Number and PIN: the only key of a guest."""

from datetime import timedelta

import pytest

from tadamun.pillars.aid.needs import services
from tadamun.pillars.aid.needs.errors import PinLocked, WrongPin
from tests.aid import make
from tests.aid.make import NOON


def attempt(community, number, pin, at=NOON, sender="192.0.2.1"):
    return services.open_with_pin(community=community, number=str(number), pin=pin, sender=sender, at=at)


def wrong_pin(asked):
    return "000000" if asked.pin != "000000" else "111111"


def test_opens_in_either_digits(community):
    asked = make.make_request(community)
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

    number = str(asked.request.number).translate(arabic)
    assert attempt(community, number, asked.pin.translate(arabic)) == asked.request


def test_a_thousand_guesses_get_at_most_a_handful_of_tries(community):
    asked = make.make_request(community)
    outcomes = []
    for guess in range(1000):
        pin = f"{guess:06d}"
        if pin != asked.pin:
            with pytest.raises((PinLocked, WrongPin)) as refused:
                attempt(community, asked.request.number, pin, at=NOON + timedelta(milliseconds=guess))
            outcomes.append(refused.value)

    judged = [refusal for refusal in outcomes if isinstance(refusal, WrongPin)]
    locked = [refusal for refusal in outcomes if isinstance(refusal, PinLocked)]
    assert len(judged) == 5
    assert len(locked) >= 990
    assert all(1 <= refusal.params["minutes"] <= 15 for refusal in locked)


def test_even_the_right_pin_waits_and_then_opens(community):
    asked = make.make_request(community)
    for _ in range(5):
        with pytest.raises(WrongPin):
            attempt(community, asked.request.number, wrong_pin(asked))

    with pytest.raises(PinLocked) as refused:
        attempt(community, asked.request.number, asked.pin)
    waits = timedelta(minutes=refused.value.params["minutes"])
    assert attempt(community, asked.request.number, asked.pin, at=NOON + waits) == asked.request


def test_the_minutes_said_are_not_longer_than_the_wait(community):
    asked = make.make_request(community)
    at = NOON + timedelta(minutes=4)
    for _ in range(5):
        with pytest.raises(WrongPin):
            attempt(community, asked.request.number, wrong_pin(asked), at=at)

    with pytest.raises(PinLocked) as refused:
        attempt(community, asked.request.number, asked.pin, at=at)

    assert refused.value.params["minutes"] == 11


def test_a_stranger_who_guesses_does_not_keep_the_asker_out(community):
    asked = make.make_request(community)
    for _ in range(8):
        with pytest.raises((WrongPin, PinLocked)):
            attempt(community, asked.request.number, wrong_pin(asked), sender="203.0.113.9")

    assert attempt(community, asked.request.number, asked.pin) == asked.request


def test_the_right_pin_begins_the_count_anew(community):
    asked = make.make_request(community)
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(WrongPin):
                attempt(community, asked.request.number, wrong_pin(asked))
        assert attempt(community, asked.request.number, asked.pin) == asked.request


def test_many_senders_together_reach_a_high_limit(community):
    asked = make.make_request(community)
    judged = 0
    for sender in range(20):
        for _ in range(5):
            with pytest.raises((WrongPin, PinLocked)) as refused:
                attempt(community, asked.request.number, wrong_pin(asked), sender=f"198.51.100.{sender}")
            judged += isinstance(refused.value, WrongPin)

    assert judged == 60
    with pytest.raises(PinLocked) as refused:
        attempt(community, asked.request.number, asked.pin)
    waits = timedelta(minutes=refused.value.params["minutes"])
    assert attempt(community, asked.request.number, asked.pin, at=NOON + waits) == asked.request


def test_a_number_that_does_not_exist_is_counted_alike(community):
    for _ in range(5):
        with pytest.raises(WrongPin):
            attempt(community, 999_999, "123456")

    with pytest.raises(PinLocked):
        attempt(community, 999_999, "123456")


@pytest.mark.parametrize("number", ["", "0", "-1", "²", "१", "9" * 40, "1001; drop", "\x00", "1001.0"])
def test_hostile_numbers_are_only_wrong(community, number):
    asked = make.make_request(community)

    with pytest.raises(WrongPin):
        attempt(community, number, asked.pin)


def test_a_pin_of_another_community_opens_nothing(community):
    asked = make.make_request(community)

    with pytest.raises(WrongPin):
        attempt(make.make_community(), asked.request.number, asked.pin)
