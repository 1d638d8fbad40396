import django.db.models.deletion
from django.db import migrations, models

import tadamun.foundation.catalogue.vocabulary


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("communities", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40)),
                ("name_ar", models.CharField(blank=True, max_length=60)),
                ("name_en", models.CharField(blank=True, max_length=60)),
                ("name_fr", models.CharField(blank=True, max_length=60)),
                ("icon", models.CharField(max_length=40)),
                (
                    "unit",
                    models.CharField(
                        default=tadamun.foundation.catalogue.vocabulary.Unit["ITEM"], max_length=8
                    ),
                ),
                ("perishable", models.BooleanField(default=False)),
                ("sensitive", models.BooleanField(default=False)),
                (
                    "safety_tier",
                    models.PositiveSmallIntegerField(
                        default=tadamun.foundation.catalogue.vocabulary.SafetyTier["HANDOVER"]
                    ),
                ),
                ("whole", models.BooleanField(default=False)),
                ("is_money", models.BooleanField(default=False)),
                ("on_first_page", models.BooleanField(default=False)),
                ("open_eligibility", models.CharField(blank=True, max_length=40)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "community",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="categories",
                        to="communities.community",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="catalogue.category",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "categories",
                "ordering": ["position", "code"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("community__isnull", True)),
                        fields=("code",),
                        name="category_code_is_one_for_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "unit__in",
                                ["item", "parcel", "meal", "box", "hour", "visit", "night", "ride", "money"],
                            )
                        ),
                        name="category_unit_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("safety_tier__in", [0, 1, 2])),
                        name="category_safety_tier_is_known",
                    ),
                    models.UniqueConstraint(
                        fields=("community", "code"), name="category_code_is_one_a_community"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name_ar", ""), ("name_en", ""), ("name_fr", ""), _negated=True),
                        name="category_has_a_name_in_some_language",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="category_is_not_below_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HiddenCategory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.category"
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hidden_categories",
                        to="communities.community",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("community", "category"), name="category_is_hidden_once")
                ],
            },
        ),
    ]
