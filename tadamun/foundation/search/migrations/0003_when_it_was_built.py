"""When each community's index was last built anew."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_token_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="Built",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.BigIntegerField(unique=True)),
                ("built_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "built",
            },
        ),
    ]
