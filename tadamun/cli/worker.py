"""Runs the worker alone: queued jobs and repeated ones, for a machine beside the web's."""

from __future__ import annotations

import click

from tadamun.cli.instance import prepare, refuse_left_over_demonstration
from tadamun.cli.output import say
from tadamun.cli.processes import supervise
from tadamun.cli.serve import worker_processes


@click.command("worker")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Run the worker until Ctrl-C or SIGTERM."""
    prepare()
    refuse_left_over_demonstration()

    def tell(_: object) -> bool:
        say("The worker is running. Ctrl-C stops it.")
        return True

    ctx.exit(supervise(worker_processes(), when_started=tell))
