"""Serving refuses a port that is taken, in a sentence, before anything starts."""

import socket

import pytest

from tadamun.cli.output import Refusal
from tadamun.cli.serve import refuse_taken_port, web_process


def test_says_which_port_is_taken_and_how_to_choose_another():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(Refusal) as refused:
            refuse_taken_port(host="127.0.0.1", port=port)

    assert refused.value.code == "port_taken"
    assert f"PORT={port + 1} ./run" in refused.value.message


def test_a_free_port_is_fine():
    with socket.create_server(("127.0.0.1", 0)) as trial:
        port = trial.getsockname()[1]

    refuse_taken_port(host="127.0.0.1", port=port)


def test_the_web_process_stops_when_asked_just_after_its_start():
    command = web_process(host="127.0.0.1", port=8000, workers=2, threads=4).command

    assert command[command.index("--workers-kill-timeout") + 1] == "3"
