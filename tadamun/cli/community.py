"""Communities of this instance: begin one, list them."""

from __future__ import annotations

from urllib.parse import quote

import click

from tadamun.cli.instance import refuse_left_over_demonstration, with_instance
from tadamun.cli.output import emit, json_option, refuse, table


@click.group("community")
def command() -> None:
    """Communities of this instance: begin one, list them."""


@command.command("create")
@click.argument("slug")
@click.option("--name", required=True, help="What people call the community.")
@click.option(
    "--region",
    required=True,
    help="Two-letter code of its country, such as JO: settles digits, money and clock.",
)
@click.option("--latitude", type=float, help="Middle of the community, in degrees.")
@click.option("--longitude", type=float, help="Middle of the community, in degrees.")
@click.option(
    "--steward-email", help="Where the first steward's invitation goes: prints a mailto: link with the text."
)
@click.option(
    "--steward-phone", help="Where the first steward's invitation goes: prints a wa.me link with the text."
)
@json_option
@with_instance
def create(
    slug: str,
    name: str,
    region: str,
    latitude: float | None,
    longitude: float | None,
    steward_email: str | None,
    steward_phone: str | None,
    as_json: bool,
) -> None:
    """Begin an empty community and print its first steward's one-time invitation.

    SLUG is its short name in addresses: small Latin letters, digits and hyphens. An instance in demo mode takes no
    community of real people.
    """
    from django.conf import settings
    from django.db import transaction
    from django.urls import reverse
    from django.utils import timezone, translation

    from tadamun.foundation.communities import services
    from tadamun.foundation.communities.errors import RegionUnknown
    from tadamun.kernel.errors import TadamunError
    from tadamun.kernel.phones import read_phone
    from tadamun.kernel.regions import REGIONS
    from tadamun.web.sentences import sentence_for

    if settings.DEMO:
        refuse(
            "This instance is in demo mode, where anybody enters as anybody: real people do not belong into it. Name a "
            "folder of their own, as in TADAMUN_HOME=~/tadamun, and leave TADAMUN_DEMO unset.",
            code="demo_mode",
        )
    refuse_left_over_demonstration()
    at = timezone.now()
    try:
        phone = read_phone(steward_phone, region=region) if steward_phone else ""
        with transaction.atomic():
            community = services.create_community(
                slug=slug, name=name, region=region, latitude=latitude, longitude=longitude, at=at
            )
            invitation, token = services.invite_first_steward(community=community, at=at)
    except TadamunError as error:
        with translation.override("en"):
            sentence = sentence_for(error)
        # On a page the list stands beside the words; here it has to be said.
        known = f" Known are: {', '.join(REGIONS)}." if isinstance(error, RegionUnknown) else ""
        refuse(f"{sentence.title}{known or f' {sentence.advice}'}", code=error.code)
    link = settings.PUBLIC_URL + reverse("communities:invitation", args=[community.slug, token])
    send_by = [f"https://wa.me/{phone.lstrip('+')}?text={quote(link, safe='')}"] if phone else []
    send_by += (
        [f"mailto:{quote(steward_email, safe='@.')}?body={quote(link, safe='')}"] if steward_email else []
    )
    result = {
        "slug": community.slug,
        "name": community.name,
        "region": community.region,
        "currency": community.currency,
        "time_zone": community.time_zone,
        "steward_link": link,
        "steward_link_expires_at": invitation.expires_at,
        "send_by": send_by,
    }
    lines = [
        f"{community.name} stands at {settings.PUBLIC_URL}/c/{community.slug}/",
        "",
        "The first steward joins once, within a week, by this link (it is shown only now):",
        link,
        *send_by,
    ]
    emit(result, as_json=as_json, text=lines)


@command.command("list")
@json_option
@with_instance
def list_communities(as_json: bool) -> None:
    """List the communities of this instance."""
    from tadamun.foundation.communities import queries

    rows = [
        {
            "slug": community.slug,
            "name": community.name,
            "region": community.region,
            "members": queries.member_count(community=community),
            "created_at": community.created_at,
            "demo": community.is_demo,
        }
        for community in queries.all_communities()
    ]
    lines = table(
        heads=["short name", "name", "region", "members"],
        rows=[[row["slug"], row["name"], row["region"], row["members"]] for row in rows],
    )
    emit(rows, as_json=as_json, text=lines if rows else "No community yet: tadamun community create")
