"""Search a community from the terminal, or build the index anew."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from tadamun.cli.instance import with_instance
from tadamun.cli.output import emit, json_option, refuse

_LIMIT = 20


class QueryOrVerb(click.Group):
    """`tadamun search build` is a verb; any other first word begins a query."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb named, or the query."""
        if args[0] not in self.commands:
            args = ["find", *args]
        return super().resolve_command(ctx, args)


@click.group(
    "search",
    cls=QueryOrVerb,
    subcommand_metavar="QUERY --community SLUG | build",
    # Options after a query belong to it, wherever they stand.
    context_settings={"ignore_unknown_options": True},
)
def command() -> None:
    """Search a community, or build the index anew (`tadamun search build`).

    A query finds as a coordinator's would: public ids and how each was found, never what a page would not show.
    """


@command.command("build")
@click.option(
    "--community", "slug", metavar="SLUG", help="Only this community; every one when none is named."
)
@json_option
@with_instance
def build(slug: str | None, as_json: bool) -> None:
    """Build the index anew from what is stored: after a change of the lexicon, or of the names of categories."""
    from tadamun.web import searching

    at = datetime.now(UTC)
    here = _community(slug) if slug is not None else None
    built = {here.slug: searching.build(community=here, at=at)} if here else searching.build_all(at=at)
    lines = [
        f"{name}: {', '.join(f'{count} {kind}' for kind, count in counts.items())}"
        for name, counts in built.items()
    ]
    emit({"communities": built}, as_json=as_json, text=lines or "There is no community yet.")


@command.command("find")
@click.argument("query", nargs=-1, required=True)
@click.option("--community", "slug", metavar="SLUG", required=True)
@click.option(
    "--limit", default=_LIMIT, show_default=True, type=click.IntRange(1, 1000), help="For each kind."
)
@json_option
@with_instance
def find(query: tuple[str, ...], slug: str, limit: int, as_json: bool) -> None:
    """Find requests, offers and members in a community, the newest first; all words are required."""
    from tadamun.foundation.search.vocabulary import Kind
    from tadamun.kernel.arabic import analyser
    from tadamun.web import searching

    community = _community(slug)
    text = " ".join(query)
    found = searching.search_index(
        community=community, audiences=searching.EVERY_AUDIENCE, text=text, kinds=tuple(Kind), limit=limit
    )
    results = [
        {"kind": hit.kind, "id": hit.about, "dated_at": hit.dated_at, "matched": hit.answers}
        for each in found.values()
        for hit in each.hits
    ]
    report = {
        "query": text,
        "community": slug,
        "words": [{"word": word.text, "any_of": word.any_of} for word in analyser().query(text).words],
        "results": results,
        "more": [kind for kind, each in found.items() if each.more],
    }
    emit(report, as_json=as_json, text=[_line(result) for result in results] or "Nothing was found.")


def _community(slug: str) -> Any:
    from tadamun.foundation.communities.errors import NoSuchCommunity
    from tadamun.foundation.communities.queries import community_of

    try:
        return community_of(slug=slug)
    except NoSuchCommunity:
        refuse(f"There is no community {slug}.", code="no_such_community", community=slug)


def _line(result: dict[str, Any]) -> str:
    matched = ", ".join(
        f"{answer.word} → {answer.token[1:]}" if answer.token else answer.word for answer in result["matched"]
    )
    return f"{result['kind']:<8} {result['id']}  {result['dated_at']:%Y-%m-%d}  {matched}"
