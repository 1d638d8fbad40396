"""Problems for tests: through the services, with the rest filled in."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from tadamun.foundation.people.models import Person
from tadamun.pillars.support.problems import services
from tadamun.pillars.support.problems.models import Problem
from tadamun.pillars.support.problems.vocabulary import Moment, Side
from tests.aid.make import NOON


def make_problem(community: Any, *, by: Person, title: str = "مصباح الدرج مطفأ", **facts: Any) -> Problem:
    """A problem that somebody raised at noon."""
    at: datetime = facts.pop("at", NOON)
    details = services.ProblemFacts(title=title, **facts)
    return services.raise_problem(community=community, actor=by, facts=details, at=at)


def do(name: str, problem: Problem, by: Any, *, at: datetime = NOON, **given: Any) -> Any:
    """One deed with a problem."""
    service = getattr(services, name)
    return service(community=problem.community, problem_id=problem.public_id, actor=by, at=at, **given)


def join(problem: Problem, by: Person, *, area: Any = None, at: datetime = NOON) -> Problem:
    """«يمسّني أيضًا»."""
    joined: Problem = do("say_affected", problem, by, area=area, at=at)
    return joined


def camera_file() -> bytes:
    """A picture as a camera writes it: with a place and the camera's name beside it."""
    from PIL import Image

    out = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "PlantedCamera"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def common_problem(community: Any, *, by: Person, at: datetime) -> dict[str, str]:
    """A problem that everybody may see, with a group, an idea and a photo, by url keyword; another stands beside it."""
    problem = make_problem(community, by=by, body="منذ شهر", at=at)
    make_problem(community, by=by, title="النفايات أمام المدرسة", at=at)
    idea = do("add_idea", problem, by, words="مصباح شمسيّ", at=at)
    do("add_reason", problem, by, idea_id=idea.public_id, side=Side.FOR, words="لا يحتاج كهرباء", at=at)
    do("form_group", problem, by, at=at)
    step = do("add_step", problem, by, words="شراء المصباح", at=at)
    picture = do("put_picture", problem, by, moment=Moment.BEFORE, content=camera_file(), at=at)
    do("open_to_all", problem, by, at=at)
    return {
        "problem_id": problem.public_id,
        "idea_id": idea.public_id,
        "said_id": idea.public_id,
        "step_id": step.public_id,
        "picture_id": picture.public_id,
    }
