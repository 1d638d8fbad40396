"""Which way the rows point: down the house, never up."""

from django.apps import apps
from django.db import models

from tests.house.plan import app_of, place_of


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("tadamun.")]


def test_a_key_points_down_or_stays_in_its_app():
    upward = []
    for model in our_models():
        here = app_of(model.__module__)
        assert here is not None
        for field in model._meta.get_fields():
            target = field.related_model
            if (
                not field.concrete
                or not isinstance(target, type)
                or not target.__module__.startswith("tadamun.")
            ):
                continue
            there = app_of(target.__module__)
            assert there is not None
            if here != there and place_of(there) >= place_of(here):
                upward.append(f"{model._meta.label}.{field.name} → {target._meta.label}")

    assert upward == []


def test_rows_are_not_wired_by_signals():
    """A change is one readable call chain; what a signal does, nobody finds by reading."""
    senders = (
        models.signals.pre_save,
        models.signals.post_save,
        models.signals.pre_delete,
        models.signals.post_delete,
    )
    ours = [
        receiver
        for sender in senders
        for receiver in map(_receiver, sender.receivers)
        if getattr(receiver, "__module__", "").startswith("tadamun.")
    ]

    assert ours == []


def _receiver(entry: tuple) -> object:
    reference = entry[1]
    return (
        reference()
        if callable(reference) and type(reference).__name__ in {"ReferenceType", "WeakMethod"}
        else reference
    )
