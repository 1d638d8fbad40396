"""Form fields in their parts, so that every control carries its label, hint and error the same way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from tadamun.design.region import shown_digits
from tadamun.kernel.text import without_controls

_ISOLATED = re.compile("(\u2066[^\u2069]*\u2069)")
_NUMBERED = re.compile(r"(\d+)(\.\s.*)", re.DOTALL)
_ENDS = " ?؟:.…!"
_LONG_NUMBER = re.compile(r"[+\d][\d ]{5,}")
_LEFT_TO_RIGHT = frozenset({"tel", "email", "url", "number", "password"})


class ShownField(BoundField):
    """A field that shows what was typed without controls and direction marks, whoever draws it."""

    def value(self) -> Any:
        """What stands in the control."""
        value = super().value()
        return without_controls(value) if isinstance(value, str) and self.form.is_bound else value


class FormRenderer(TemplatesSetting):
    """How Django's own forms are drawn everywhere: by templates of ours, each field as a `ShownField`."""

    bound_field_class = ShownField


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a radio or checkbox group."""

    id: str
    name: str
    value: str
    label: Any
    kind: str
    checked: bool
    icon: str = ""
    hint: Any = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class FieldParts:
    """What a field template needs, ids already tied together."""

    bound: BoundField
    label: Any
    hint: Any
    errors: tuple[str, ...]
    id: str
    hint_id: str
    error_id: str
    described_by: str
    optional: bool
    shape: str
    control: str = ""
    options: tuple[Option, ...] = ()

    @property
    def radio(self) -> bool:
        """Whether one choice of several is asked for."""
        return bool(self.options) and self.options[0].kind == "radio"


def _in_own_digits(error: object) -> str:
    """An error's small numbers in the reader's digits; a sample in it stays as it is typed.

    A sample is a long number, such as a phone, or what stands between direction isolates, such as two degrees.
    """
    text = str(error)
    if _LONG_NUMBER.search(text):
        return text
    parts = _ISOLATED.split(text)
    return "".join(part if _ISOLATED.match(part) else shown_digits(part) for part in parts)


def _numbered_in_own_digits(label: Any) -> Any:
    """A label that begins with its number, as in «3. When?», with the number in the reader's digits."""
    found = _NUMBERED.match(str(label))
    return f"{shown_digits(found[1])}{found[2]}" if found and not hasattr(label, "__html__") else label


def _shape_of(field: BoundField) -> str:
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "check" if isinstance(widget, forms.CheckboxInput) else "plain"


def first_id(field: BoundField) -> str:
    """The id a link to this field goes to: its control, or the first choice of a group."""
    if _shape_of(field) == "choices":
        options = options_of(field)
        return options[0].id if options else field.auto_id
    return field.id_for_label or field.auto_id


def options_of(
    field: BoundField,
    *,
    icons: Mapping[str, str] | None = None,
    hints: Mapping[str, Any] | None = None,
    danger: str = "",
) -> tuple[Option, ...]:
    """The choices of a field, the empty one left out; `field.icons` and `field.hints` serve where none are given."""
    by_icon = icons or getattr(field.field, "icons", None) or {}
    by_hint = hints or getattr(field.field, "hints", None) or {}
    multiple = isinstance(field.field.widget, forms.CheckboxSelectMultiple)
    options = []
    for part in field.subwidgets:
        data = part.data
        value = str(data["value"])
        if value:
            options.append(
                Option(
                    id=data["attrs"].get("id", ""),
                    name=data["name"],
                    value=value,
                    label=data["label"],
                    kind="checkbox" if multiple else "radio",
                    checked=bool(data["selected"]),
                    icon=by_icon.get(value, ""),
                    hint=by_hint.get(value, ""),
                    danger=value in danger.split(),
                )
            )
    return tuple(options)


def _direction(field: BoundField, *, ltr: bool) -> dict[str, str]:
    """Phones, addresses and codes run left to right; free text takes the direction of what is written."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", "")
    if ltr or kind in _LEFT_TO_RIGHT:
        return {"dir": "ltr"}
    return {"dir": "auto"} if isinstance(widget, forms.Textarea) or kind == "text" else {}


def _whole_numbers_take_every_digit_set(field: BoundField) -> dict[str, str]:
    """A browser's own number input refuses Arabic-Indic digits: a text input with a number pad takes both."""
    widget = field.field.widget
    if type(widget) is not forms.NumberInput:
        return {}
    widget.input_type = "text"
    for limit in ("min", "max", "step"):
        widget.attrs.pop(limit, None)
    whole = isinstance(field.field, forms.IntegerField)
    return {"inputmode": "numeric" if whole else "decimal", "dir": "ltr", "autocomplete": "off"}


def _attributes(field: BoundField, *, described_by: str, ltr: bool, size: str) -> dict[str, Any]:
    attributes: dict[str, Any] = {**_direction(field, ltr=ltr), **_whole_numbers_take_every_digit_set(field)}
    if getattr(field.field.widget, "input_type", "") == "tel":
        attributes |= {
            "inputmode": "tel",
            "autocomplete": field.field.widget.attrs.get("autocomplete", "tel"),
        }
    if described_by:
        attributes["aria-describedby"] = described_by
    if field.errors:
        attributes["aria-invalid"] = "true"
    if size:
        attributes["class"] = f"{field.field.widget.attrs.get('class', '')} {size}".strip()
    return attributes


def parts_of(
    field: BoundField,
    *,
    label: Any = "",
    hint: Any = "",
    ltr: bool = False,
    size: str = "",
    options: Iterable[Option] = (),
) -> FieldParts:
    """Gather a bound field for its template: the control is rendered here, its input kept as it was typed."""
    shape = _shape_of(field)
    words = hint or field.help_text
    hint_id = f"{field.auto_id}_hint" if words else ""
    error_id = f"{field.auto_id}_error" if field.errors else ""
    described_by = " ".join(part for part in (hint_id, error_id) if part)
    grouped = tuple(options) or (options_of(field) if shape == "choices" else ())
    attributes = _attributes(field, described_by=described_by, ltr=ltr, size=size)
    control = "" if shape == "choices" else field.as_widget(attrs=attributes)
    return FieldParts(
        bound=field,
        label=_numbered_in_own_digits(label or field.label),
        hint=words,
        errors=tuple(_in_own_digits(error) for error in field.errors),
        id=field.id_for_label or field.auto_id,
        hint_id=hint_id,
        error_id=error_id,
        described_by=described_by,
        optional=not field.field.required,
        shape=shape,
        control=control,
        options=grouped,
    )


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing to mend, and where."""

    target: str
    text: str
    field: Any = ""


def slips_of(*given: forms.BaseForm) -> tuple[Slip, ...]:
    """Every error of the forms in the order of their fields; those of no field come first and link nowhere."""
    slips = [Slip("", _in_own_digits(error)) for form in given for error in form.non_field_errors()]
    for form in given:
        for field in form:
            target = first_id(field) if field.errors and not field.is_hidden else ""
            slips.extend(
                Slip(target, _in_own_digits(error), str(_numbered_in_own_digits(field.label)).rstrip(_ENDS))
                for error in field.errors
            )
    return tuple(slips)
