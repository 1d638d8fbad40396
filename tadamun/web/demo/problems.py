"""What weighs on several in حيّ الزيتون: water on the hill, a dark way to school, and what was solved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tadamun.pillars.support.problems import services
from tadamun.pillars.support.problems.vocabulary import ProblemState, Side
from tadamun.web.demo.calendar import Strand

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Thought:
    """An idea with its reasons."""

    by: str
    words: str
    reasons: tuple[tuple[str, Side, str], ...] = ()


@dataclass(frozen=True)
class Task:
    """A step of a group: whose, in how many days from its writing it is due, whether it is done."""

    words: str
    owner: str
    due: int
    done: bool = False


@dataclass(frozen=True)
class Weight:
    """One problem and how it went."""

    days: float
    by: str
    title: str
    body: str
    area: str
    since: int
    joined: tuple[str, ...] = ()
    ideas: tuple[Thought, ...] = ()
    group: tuple[str, ...] = ()
    steps: tuple[Task, ...] = ()
    ended: ProblemState | None = None
    outcome: str = ""
    thanked: tuple[str, ...] = ()


WEIGHTS: tuple[Weight, ...] = (
    Weight(
        26,
        "dina",
        "ينقطع الماء عن التلّة أيّامًا كلّ أسبوع",
        "يصل الماء يومًا واحدًا ثمّ ينقطع ستّة أيّام، والخزّانات لا تكفي. من عنده أطفال أو مريض يشتري الماء بالصهريج.",
        "hill",
        120,
        (
            "nawal", "yazan", "amal", "samar", "tareq", "hala", "issa", "lubna", "walid", "rania", "fadi", "nabil",
            "suad", "bilal",
        ),
        (
            Thought(
                "amal",
                "رسالة واحدة باسم الجميع إلى شركة المياه مع جدول بأيّام الانقطاع",
                (
                    ("yazan", Side.FOR, "الشكاوى المتفرّقة لم تُجَب منذ الشتاء."),
                    ("nawal", Side.FOR, "جدول بالأيّام يصعب إنكاره."),
                    ("tareq", Side.AGAINST, "الردّ يستغرق أسابيع، والحاجة اليوم."),
                ),
            ),
            Thought(
                "tareq",
                "صهريج مشترك كلّ خميس نتقاسم ثمنه بحسب القدرة",
                (("dina", Side.FOR, "يكفي إلى أن تردّ الشركة."),),
            ),
        ),
    ),
    Weight(
        30,
        "mazen",
        "لا إنارة في الطريق إلى المدرسة",
        "ثلاثة أعمدة مطفأة بين السوق والمدرسة، والأولاد يعودون بعد المغرب شتاءً.",
        "school",
        60,
        ("rania", "reem", "hala", "layla", "sami"),
        (
            Thought(
                "rania",
                "طلب إلى البلديّة بأرقام الأعمدة، ومرافقة الصغار إلى أن تُصلَح",
                (("hala", Side.FOR, "المرافقة تبدأ غدًا ولا تنتظر أحدًا."),),
            ),
        ),
        ("reem", "mazen", "rania"),
        (
            Task("كتابة أرقام الأعمدة الثلاثة وتصويرها", "mazen", 3, done=True),
            Task("تسليم الطلب في البلديّة وأخذ رقمه", "reem", 7, done=True),
            Task("جدول مرافقة الصغار كلّ مساء", "rania", 24),
            Task("السؤال عن الطلب مرّة أخرى", "reem", 34),
        ),
    ),
    Weight(
        34,
        "lubna",
        "أقرب حاوية نفايات على بُعد ربع ساعة من السوق",
        "الأكياس تتجمّع عند زاوية الفرن، وكبار السنّ لا يصلون إلى الحاوية.",
        "market",
        200,
        ("hind", "fadi", "suad", "kamal", "hala"),
        (Thought("fadi", "حاوية عند مدخل السوق، ويتعهّد أصحاب المحالّ بنظافة ما حولها"),),
        ("reem", "lubna", "fadi"),
        (Task("الاتّفاق مع أصحاب المحالّ", "fadi", 5, done=True), Task("طلب الحاوية", "lubna", 8, done=True)),
        ProblemState.SOLVED,
        "صارت عند مدخل السوق حاوية تُفرَّغ كلّ صباح، وتعهّد أصحاب المحالّ بنظافة ما حولها.",
        ("hind", "suad", "kamal", "hala"),
    ),
    Weight(
        20,
        "walid",
        "مطبّ عالٍ في شارع النخيل يكسر العربات",
        "",
        "palms",
        400,
        ("samar",),
        ended=ProblemState.SET_ASIDE,
        outcome="يُعاد رصف الشارع كلّه في الربيع، فننتظره ثمّ نرى.",
    ),
    Weight(
        2.5,
        "suad",
        "ترتفع الإيجارات كلّ ستّة أشهر",
        "صاحب البناء يرفعها بلا إشعار، وكثيرون يسكتون خوفًا.",
        "market",
        540,
    ),
)  # fmt: skip


def problems_of(here: Any) -> Iterator[Strand]:
    """The strands of all problems of the neighbourhood."""
    return (_told(here, one) for one in WEIGHTS)


def _told(here: Any, one: Weight) -> Strand:
    at = yield here.calendar.ago(one.days)
    people, calendar = here.people, here.calendar
    since_on = at.date() - timedelta(days=one.since)
    facts = services.ProblemFacts(one.title, one.body, here.areas[one.area], None, since_on)
    community = here.community
    row = services.raise_problem(community=community, actor=people[one.by], facts=facts, at=at)
    given: dict[str, Any] = {"community": community, "problem_id": row.public_id}
    at = yield at + timedelta(hours=5)
    services.open_to_all(actor=here.coordinator, at=at, **given)
    for name in one.joined:
        at = yield at + timedelta(hours=3)
        services.say_affected(actor=people[name], area=here.areas[one.area], at=at, **given)
    for thought in one.ideas:
        at = yield at + timedelta(hours=7)
        _think(here, thought, given, at=at)
    if one.group:
        at = yield at + DAY
        yield from _work(here, one, given, at=at)
    if one.ended is not None:
        at = yield calendar.ago(one.days - 16)
        services.settle(actor=people["reem"], state=one.ended, outcome=one.outcome, at=at, **given)
    for name in one.thanked:
        at = yield at + timedelta(hours=4)
        services.say_thanks(actor=people[name], at=at, **given)


def _think(here: Any, thought: Thought, given: dict[str, Any], *, at: Any) -> None:
    idea = services.add_idea(actor=here.people[thought.by], words=thought.words, at=at, **given)
    for name, side, words in thought.reasons:
        services.add_reason(
            idea_id=idea.public_id, actor=here.people[name], side=side, words=words, at=at, **given
        )


def _work(here: Any, one: Weight, given: dict[str, Any], *, at: Any) -> Strand:
    first, *others = one.group
    services.form_group(actor=here.people[first], at=at, **given)
    for name in others:
        services.join_group(actor=here.people[name], at=at, **given)
    for task in one.steps:
        step = services.add_step(
            actor=here.people[first],
            words=task.words,
            owner_id=here.people[task.owner].public_id,
            due_on=at.date() + timedelta(days=task.due),
            at=at,
            **given,
        )
        if task.done:
            done_at = yield at + timedelta(days=task.due - 1)
            services.finish_step(actor=here.people[task.owner], step_id=step.public_id, at=done_at, **given)
