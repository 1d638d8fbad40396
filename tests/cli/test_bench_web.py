"""The bench of the site measures every door on an instance of its own, and no answer is wrong."""

import pytest

from tests.operating.instances import Instance


@pytest.mark.slow
def test_measures_each_door_without_a_wrong_answer(tmp_path):
    here = Instance(home=tmp_path / "not-touched")

    report = here.run("bench", "web", "--needs", 100, "--requests", 8, "--clients", "8", "--workers", 1)

    doors = [
        "board",
        "page of twenty needs",
        "twenty needs for a program",
        "open needs",
        "asking",
        "accepting",
    ]
    assert [row["door"] for row in report["doors"]] == doors
    assert [(row["requests"], row["wrong"]) for row in report["doors"]] == [(8, 0)] * len(doors)
    assert all(row["cpu_ms"] > 0 for row in report["doors"])
    assert report["largest_process_mb"] > 10
    assert not here.home.exists()
