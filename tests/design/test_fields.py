"""Fields carry label, hint and error together, and keep what was typed."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.core import validators
from django.utils.translation import override

from tadamun.design import django_words
from tadamun.design.fields import slips_of
from tadamun.design.region import regional


class Ask(forms.Form):
    """Fields as a request has them."""

    category = forms.ChoiceField(
        label="أحتاج إلى", choices=[("", "…"), ("food", "طعام"), ("home", "سكن")], widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        label="الأيّام", choices=[("fri", "الجمعة"), ("sat", "السبت")], widget=forms.CheckboxSelectMultiple
    )
    people = forms.IntegerField(label="لكم شخصًا؟", min_value=1)
    phone = forms.CharField(label="رقم هاتفك", help_text="يراه المنسّق وحده.", min_length=9)
    notes = forms.CharField(label="تفاصيل", widget=forms.Textarea, required=False)
    agrees = forms.BooleanField(label="أوافق")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].widget.input_type = "tel"

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("لا يكتمل الطلب هكذا.")


TYPED = {"people": "٥٥ب", "phone": "079 <b>", "notes": "سطر", "category": "car"}


@pytest.fixture
def wrong() -> Ask:
    return Ask(TYPED)


def test_a_field_ties_label_hint_and_error_to_its_control(written: Callable[..., str], wrong: Ask) -> None:
    shown = written("{% field form.phone %}", form=wrong)
    assert '<label for="id_phone">' in shown
    assert 'id="id_phone_hint"' in shown
    assert 'id="id_phone_error"' in shown
    control = re.search(r"<input[^>]*>", shown)
    assert control is not None
    assert 'aria-describedby="id_phone_hint id_phone_error"' in control[0]
    assert 'aria-invalid="true"' in control[0]
    assert control[0].count("aria-describedby") == 1


def test_what_was_typed_is_kept_and_escaped(written: Callable[..., str], wrong: Ask) -> None:
    assert 'value="079 &lt;b&gt;"' in written("{% field form.phone %}", form=wrong)
    assert ">\nسطر</textarea>" in written("{% field form.notes %}", form=wrong)
    assert 'value="٥٥ب"' in written("{% field form.people %}", form=wrong)


def test_phones_run_left_to_right_and_notes_as_they_are_written(written: Callable[..., str]) -> None:
    assert 'dir="ltr"' in written("{% field form.phone %}", form=Ask())
    assert 'inputmode="tel"' in written("{% field form.phone %}", form=Ask())
    assert 'dir="auto"' in written("{% field form.notes %}", form=Ask())


def test_a_whole_number_takes_arabic_digits(written: Callable[..., str]) -> None:
    shown = written("{% field form.people %}", form=Ask())
    assert 'type="text"' in shown
    assert 'inputmode="numeric"' in shown
    assert 'type="number"' not in shown


def test_an_optional_field_says_so(written: Callable[..., str]) -> None:
    assert "ليس ضروريًا" in written("{% field form.notes %}", form=Ask())
    assert "ليس ضروريًا" not in written("{% field form.notes optional=False %}", form=Ask())
    assert "ليس ضروريًا" not in written("{% field form.phone %}", form=Ask())


def test_a_field_without_help_has_no_empty_reference(written: Callable[..., str]) -> None:
    shown = written("{% field form.notes %}", form=Ask())
    assert "aria-describedby" not in shown
    assert "aria-invalid" not in shown


def test_a_hidden_field_has_no_label(written: Callable[..., str]) -> None:
    shown = written("{% field form.secret %}", form=Ask())
    assert 'type="hidden"' in shown
    assert "label" not in shown


def test_one_checkbox_stands_in_its_label(written: Callable[..., str]) -> None:
    shown = written("{% field form.agrees %}", form=Ask())
    assert re.search(r'<label class="check" for="id_agrees"><input type="checkbox"', shown)
    assert 'class="knob"' in written("{% switch form.agrees %}", form=Ask())


def test_tiles_leave_the_empty_choice_out_and_draw_icons(written: Callable[..., str]) -> None:
    shown = written("{% tiles form.category icons=icons %}", form=Ask(), icons={"food": "soup"})
    assert shown.count('type="radio"') == 2
    assert "#soup" in shown
    assert 'role="radiogroup"' in shown


def test_a_chosen_tile_stays_chosen(written: Callable[..., str]) -> None:
    shown = written("{% tiles form.category %}", form=Ask({"category": "home"}))
    assert re.search(r'value="home" checked', shown)


def test_several_choices_are_checkboxes(written: Callable[..., str]) -> None:
    shown = written("{% segments form.days %}", form=Ask({"days": ["sat"]}))
    assert shown.count('type="checkbox"') == 2
    assert 'role="radiogroup"' not in shown
    assert re.search(r'value="sat" checked', shown)


def test_choices_carry_a_line_and_mark_danger(written: Callable[..., str]) -> None:
    shown = written(
        '{% choices form.category hints=hints danger="home" %}', form=Ask(), hints={"home": "ثمّ نتّصل."}
    )
    assert "ثمّ نتّصل." in shown
    assert shown.count("path danger") == 1


def test_a_group_that_was_missed_is_marked(written: Callable[..., str]) -> None:
    shown = written("{% segments form.category %}", form=Ask({}))
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_category_error"' in shown


def test_the_summary_links_to_every_slip(written: Callable[..., str], wrong: Ask) -> None:
    shown = written("{% error_summary form %}", form=wrong)
    page = shown + "".join(written("{% field form." + name + " %}", form=wrong) for name in wrong.fields)
    targets = re.findall(r'href="#([^"]+)"', shown)
    assert 'role="alert"' in shown
    assert 'tabindex="-1"' in shown
    assert "لا يكتمل الطلب هكذا." in shown
    assert len(targets) == 5
    assert all(f'id="{target}"' in page for target in targets)


def test_the_summary_counts_in_words(written: Callable[..., str]) -> None:
    class One(forms.Form):
        name = forms.CharField(label="الاسم؟")

    assert "بقي أمر واحد" in written("{% error_summary form %}", form=One({}))
    assert "الاسم: " in written("{% error_summary form %}", form=One({}))


def test_there_is_no_summary_without_slips(written: Callable[..., str]) -> None:
    assert written("{% error_summary form other %}", form=Ask(), other=None).strip() == ""
    assert slips_of(Ask()) == ()


def test_small_numbers_in_errors_are_in_the_readers_digits_and_phones_are_not() -> None:
    class Numbers(forms.Form):
        code = forms.CharField(label="رمز", min_length=9, error_messages={"min_length": "9 خانات على الأقلّ."})
        phone = forms.CharField(label="هاتف", error_messages={"required": "مثل 079 000 0000"})

    texts = [slip.text for slip in slips_of(Numbers({"code": "1"}))]
    assert texts == ["٩ خانات على الأقلّ.", "مثل 079 000 0000"]


def test_a_sample_between_direction_isolates_stays_as_it_is_typed() -> None:
    class Middle(forms.Form):
        point = forms.CharField(
            label="الوسط", error_messages={"required": "2 من الأرقام، مثل \u206631.95, 35.91\u2069."}
        )

    assert [slip.text for slip in slips_of(Middle({}))] == ["٢ من الأرقام، مثل \u206631.95, 35.91\u2069."]


@pytest.mark.parametrize(("region", "number"), [("JO", "٣"), ("MA", "3")])
@pytest.mark.parametrize("label", ["3. متى؟", "٣. متى؟"])
def test_a_numbered_label_counts_in_the_digits_of_the_region(
    written: Callable[..., str], region: str, number: str, label: str
) -> None:
    class When(forms.Form):
        day = forms.CharField(label=label)

    with regional(region):
        shown = written("{% field form.day %}{% error_summary form %}", form=When({}))

    assert f">{number}. متى؟" in shown
    assert f">{number}. متى: " in shown


def test_a_label_that_is_a_sentence_ends_once_in_the_summary(written: Callable[..., str]) -> None:
    class Consent(forms.Form):
        agrees = forms.BooleanField(label="قرأت معنى العضوية، وأوافق.")

    assert "وأوافق: " in written("{% error_summary form %}", form=Consent({}))


def test_the_sentences_worded_for_django_are_those_it_says() -> None:
    fields = [
        kind for kind in vars(forms).values() if isinstance(kind, type) and issubclass(kind, forms.Field)
    ]
    checks = [vars(validators).get(name) for name in dir(validators)]
    with override("en"):
        said = {
            str(words) for kind in fields for words in getattr(kind, "default_error_messages", {}).values()
        }
        said |= {str(getattr(check, "message", "")) for check in checks}
        counted = {str(words % {"limit_value": 2, "show_value": 1}) for words in django_words.COUNTED}
        of_length = [validators.MinLengthValidator.message, validators.MaxLengthValidator.message]
        assert counted == {str(words % {"limit_value": 2, "show_value": 1}) for words in of_length}

    assert set(django_words.SENTENCES) <= said


def test_a_stepper_is_a_plain_input_without_scripts(written: Callable[..., str]) -> None:
    shown = written("{% stepper form.people %}", form=Ask())
    assert shown.count('class="js"') == 2
    assert 'aria-controls="id_people"' in shown


HOSTILE = "ab\x00c\u202edef\u2066 \x1b[1m"


@pytest.mark.parametrize("name", ["phone", "notes", "people", "secret"])
def test_what_was_typed_comes_back_without_controls_and_direction_marks(name):
    form = Ask({**TYPED, name: HOSTILE})

    drawn = str(form[name])

    assert "def" in drawn
    assert not set("\x00\x1b\u202e\u2066").intersection(drawn)


def test_line_breaks_and_spaces_stay_as_they_were_typed():
    form = Ask({**TYPED, "notes": "سطر  أوّل\r\nوسطر\tثانٍ"})

    assert form["notes"].value() == "سطر  أوّل\r\nوسطر\tثانٍ"
