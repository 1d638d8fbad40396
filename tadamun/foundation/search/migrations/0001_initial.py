"""Entries: what can be found, by its tokens."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("scope", models.BigIntegerField()),
                ("kind", models.CharField(max_length=12)),
                ("about", models.CharField(max_length=24)),
                ("dated_at", models.DateTimeField()),
                ("tokens", models.TextField()),
            ],
            options={
                "verbose_name_plural": "entries",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "about", "scope"), name="entry_is_one_a_thing"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["request", "offer", "member"])),
                        name="entry_kind_is_known",
                    ),
                ],
            },
        ),
    ]
