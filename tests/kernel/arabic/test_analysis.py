"""What is asked for in one form is found in every other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadamun.kernel.arabic import Analyser, Lexicon, LexiconNotUnderstood, analyser, read_lexicon
from tadamun.kernel.arabic.stems import stem

ARABIC = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأإآؤئ ", max_size=60)
ANY_TEXT = st.one_of(ARABIC, st.text(max_size=60))
BARE = Analyser(Lexicon())


def finds(query: str, text: str, *, by: Analyser = BARE) -> bool:
    return by.finds(by.query(query), tokens=by.tokens(text))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("بطانية", "وبالبطانيات الصوفية"),
        ("البطانيه", "بطّانيّتان جديدتان"),
        ("سيارتهم", "سيارات للنقل"),
        ("معلمون", "المعلمين المتطوّعين"),
        ("مدرسة", "حقيبة مدرسية"),
        ("نقل", "للنقل"),
        ("خبز", "طحين وخبز"),
        ("couvertures", "Une couverture chaude"),
        ("batteries", "battery"),
        ("boxes", "box"),
    ],
)
def test_finds_what_is_joined_and_inflected(query: str, text: str) -> None:
    assert finds(query, text)
    assert finds(text.split()[-1], text)


@pytest.mark.parametrize(
    ("singular", "plural"),
    [
        ("طفل", "أطفال"),
        ("حقيبة", "حقائب"),
        ("فاتورة", "فواتير"),
        ("خيمة", "خيام"),
        ("معطف", "معاطف"),
        ("درس", "دروس"),
        ("جهاز", "أجهزة"),
        ("زميل", "زملاء"),
        ("باب", "أبواب"),
        ("هدية", "هدايا"),
    ],
)
def test_finds_a_broken_plural_that_no_list_knows(singular: str, plural: str) -> None:
    assert finds(singular, f"ال{plural} كلّها")
    assert finds(plural, f"{singular} واحد")


@pytest.mark.parametrize(("query", "text"), [("مدرسة", "دراسة"), ("كاتب", "مكتبة"), ("سلّة", "مسألة")])
def test_two_singulars_of_one_root_do_not_meet(query: str, text: str) -> None:
    assert not finds(query, text)


def test_every_word_of_a_query_is_required() -> None:
    assert finds("كرسي متحرك", "كراسي متحرّكة")
    assert not finds("كرسي متحرك", "كرسي خشبيّ")


def test_an_empty_query_finds_nothing() -> None:
    assert not finds("", "كلّ شيء")
    assert not finds("؟!", "كلّ شيء")


def test_the_lexicon_joins_synonyms_phrases_and_languages() -> None:
    own = Analyser(read_lexicon("دواء، أدوية، علاج، medicine\nكبار السن، مسنّ، مسنّون\n- أحتاج، إلى"))

    assert finds("أحتاج إلى الأدوية", "علاجٌ للضغط", by=own)
    assert finds("medicines", "دوا الضغط", by=own)
    assert finds("مسن", "زيارة كبار السنّ", by=own)
    assert finds("كبار السن", "المسنّين في الحيّ", by=own)
    assert finds("كبار السن", "كبار في السنّ", by=own)
    assert not finds("كبار السن", "كبار الحيّ", by=own)
    assert not finds("أحتاج إلى", "أحتاج إلى دواء", by=own)


def test_a_lexicon_can_be_added_to() -> None:
    own = Analyser(read_lexicon("بطانية، غطاء").extended("غطاء، حرام # كما يقال هنا"))

    assert finds("حرام", "أغطية غطاء", by=own)
    assert finds("غطاء", "بطانية", by=own)


@pytest.mark.parametrize("text", ["،،", "كلمة، ؟", "-"])
def test_refuses_a_lexicon_line_without_words(text: str) -> None:
    with pytest.raises(LexiconNotUnderstood) as refused:
        read_lexicon(f"كلمة، أخرى\n{text}")

    assert refused.value.params == {"line": 2}


def test_says_which_word_answered_and_how() -> None:
    own = Analyser(read_lexicon("دواء، أدوية"))
    text = "الأدوية وحقائب الدواء"
    marks = own.marks(own.query("دواء حقيبة"), text=text)

    assert [(mark.text, mark.asked, mark.why) for mark in marks] == [
        ("الأدوية", "دواء", "form"),
        ("وحقائب", "حقيبة", "plural"),
        ("الدواء", "دواء", "form"),
    ]
    assert all(text[mark.start : mark.end] == mark.text for mark in marks)


@given(ARABIC)
def test_a_stem_of_a_stem_is_the_stem(text: str) -> None:
    for word in text.split():
        assert stem(stem(word)) == stem(word)


@given(ANY_TEXT)
def test_a_text_is_found_by_itself(text: str) -> None:
    query = BARE.query(text)
    if query:
        assert BARE.finds(query, tokens=BARE.tokens(text))
        assert {mark.asked for mark in BARE.marks(query, text=text)} >= {query.words[0].text}


@given(ANY_TEXT)
def test_tokens_are_letters_and_digits_in_order_and_each_once(text: str) -> None:
    tokens = analyser().tokens(text)

    assert list(tokens) == sorted(set(tokens))
    assert all(token.isalnum() and token == token.strip() for token in tokens)
    assert analyser().tokens(text) == tokens


@pytest.mark.parametrize(("query", "text"), [("ليلى", "ليلة باردة"), ("ليلة", "ليلى"), ("ليلى", "الله")])
def test_a_name_is_no_night(query: str, text: str) -> None:
    read = analyser()

    assert not read.finds(read.query(query), tokens=read.tokens(text))
