"""`flask --app wsgi release ...`: publish a poll or a year's assessment, and write the public files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from survey_app.web.instance import instance_folder, stores

releases = AppGroup("release", help="Publish results once, and write the public files of what is published.")
OFFICER = "command line"


@releases.command("poll")
@click.argument("poll_id", metavar="POLL")
def release_poll(poll_id: str) -> None:
    """Work out the results of a sealed poll, once and for all."""
    from survey_app.services import reporting

    released = _plainly(reporting.release_poll, stores(), instance_folder(), poll_id, OFFICER)
    click.echo(f"released: {released.poll.id}, box {released.poll.box_sha256}")


@releases.command("assessment")
@click.argument("wave", metavar="WAVE")
def release_assessment(wave: str) -> None:
    """Work out the yearly assessment of a wave from its sealed polls, once and for all."""
    from survey_app.services import assessing

    released = _plainly(assessing.release_assessment, stores(), instance_folder(), wave, OFFICER)
    click.echo(f"released: assessment {released.wave}, {len(released.units)} units, method {released.version}")


@releases.command("export")
@click.argument("arguments", nargs=-1, required=True, metavar="[POLL] DIR")
@click.option("--all", "everything", is_flag=True, help="Every released poll and assessment, one folder each.")
def export(arguments: tuple[str, ...], *, everything: bool) -> None:
    """Write the files of all published cells to DIR, which is there whole afterwards or not at all."""
    from survey_app.services import publishing_cells

    if len(arguments) != (1 if everything else 2):
        raise click.UsageError("Give POLL and DIR, or --all and DIR.")
    folder = Path(arguments[-1])
    if everything:
        files = _plainly(publishing_cells.all_files, stores())
    else:
        files = _plainly(publishing_cells.poll_files, stores(), arguments[0])
    written = _plainly(publishing_cells.export, files, folder)
    click.echo(f"{'written' if written else 'already there'}: {len(files)} files in {folder}")


def _plainly(service: Callable[..., Any], *arguments: Any) -> Any:
    """Call a service; what it refuses becomes a sentence and exit code 1."""
    from survey_app.services.errors import Busy, NoSuchPoll, NoSuchWave, Refusal, StoreFull

    try:
        return service(*arguments)
    except NoSuchPoll as fault:
        raise click.ClickException(f"No released poll is called {fault}.") from fault
    except NoSuchWave as fault:
        raise click.ClickException(f"No assessment of {fault} is released.") from fault
    except Refusal as refusal:
        raise click.ClickException(" ".join(each.in_language("en") for each in refusal.sentences)) from refusal
    except (Busy, StoreFull, OSError) as fault:
        raise click.ClickException(str(fault)) from fault
