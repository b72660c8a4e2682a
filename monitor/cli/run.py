"""``nafta-monitor run``: the daemon."""

import asyncio

import click

from monitor.cli.context import settings_of


@click.command("run")
@click.option("--no-web", is_flag=True, help="Do not serve the page.")
@click.option("--host", metavar="ADDRESS", help="Serve the page here (default: [web] host).")
@click.option("--port", type=click.IntRange(0, 65535), help="And here (default: [web] port, 8787).")
@click.option(
    "--once", is_flag=True, help="One full round through all stages, without the page; then exit."
)
@click.option(
    "--demo-if-offline",
    is_flag=True,
    help="Show the demo while no feed can be reached and nothing is stored yet.",
)
@click.pass_context
def run_command(
    ctx: click.Context,
    no_web: bool,
    host: str | None,
    port: int | None,
    once: bool,
    demo_if_offline: bool,
) -> None:
    """Watch the feeds until told to stop (Ctrl-C), and serve the page.

    Example: nafta-monitor run --port 8787
    """
    from monitor.logs import configure_logs
    from monitor.running import run_daemon, run_once

    settings = settings_of(ctx)
    configure_logs(settings.log.format, settings.log.level)
    if once:
        done = asyncio.run(run_once(settings))
        failed = f", {done.failed_feeds} failed" if done.failed_feeds else ""
        click.echo(f"Polled {done.feeds} feeds{failed}; {done.articles} new articles.", err=True)
        return
    asyncio.run(
        run_daemon(
            settings,
            web=not no_web,
            host=host or settings.web.host,
            port=settings.web.port if port is None else port,
            on_ready=_say_ready,
            demo_if_offline=demo_if_offline and not no_web,
        )
    )


def _say_ready(address: str | None) -> None:
    where = f"the page is at {address}" if address else "without the page"
    click.echo(f"nafta-monitor is running; {where}  (Ctrl-C stops it)", err=True)
