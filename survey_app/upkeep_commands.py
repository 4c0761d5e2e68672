"""`flask --app wsgi audit`, `board`, `backup` and `restore`: what whoever runs the service owes those who use it."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from survey_app.web.instance import instance_folder, settings, stores, today

OFFICER = "command line"
LANGUAGE = click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("audit")
@click.argument("poll_id", metavar="POLL")
@click.option("--fingerprint", default="", help="As it stands on the poster.")
@click.option("--acknowledged", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None)
@LANGUAGE
def audit_command(poll_id: str, fingerprint: str, acknowledged: Path | None, language: str) -> None:
    """Check a sealed poll: board against box, registry against both, released figures from the ballots again."""
    from survey_app.ballots.audit import __main__ as auditor
    from survey_app.ballots.audit.words import is_sound
    from survey_app.services import auditing_polls

    def audited() -> Any:
        given = auditor.acknowledged(acknowledged) if acknowledged else []
        return auditing_polls.audit_poll(
            stores(), instance_folder(), poll_id, today(), OFFICER, fingerprint=fingerprint, acknowledged=given
        )

    findings = _plainly(audited)
    click.echo("\n".join(auditor.lines(findings, language)))
    if not is_sound(findings):
        sys.exit(1)


@click.command("board")
@click.argument("poll_id", metavar="POLL")
@click.argument("folder", metavar="DIR", type=FOLDER)
def board_command(poll_id: str, folder: Path) -> None:
    """Write a sealed poll's published files and its box to DIR, for an auditor. The box holds single ballots."""
    from survey_app.services import auditing_polls

    files = _plainly(
        lambda: auditing_polls.copy_for_auditor(stores(), instance_folder(), poll_id, folder, today(), OFFICER)
    )
    click.echo(f"written: {', '.join(files)} to {folder}")
    click.echo(f"check with: python -m survey_app.ballots.audit {folder} --fingerprint LETTERS-OF-THE-POSTER")


@click.command("backup")
@click.argument("folder", metavar="DIR", type=FOLDER)
def backup_command(folder: Path) -> None:
    """Write the registry and all sealed polls to DIR. Ballots of open polls are never in a backup."""
    from survey_app.services import backing_up

    made = _plainly(lambda: backing_up.back_up(stores(), instance_folder(), folder, OFFICER))
    click.echo(f"written: {sum(made.counts.values())} rows and {len(made.sealed)} sealed polls to {made.folder}")
    if made.left_out:
        click.echo(f"without their ballots, because they are not sealed yet: {', '.join(made.left_out)}")
    click.echo("not in it: the secret of this instance (secret.key or SURVEY_SECRET). Keep it in another place.")


@click.command("restore")
@click.argument("folder", metavar="DIR", type=FOLDER)
@LANGUAGE
def restore_command(folder: Path, language: str) -> None:
    """Bring a backup back into an empty instance, and prove it by counts and by auditing every sealed poll."""
    from survey_app.ballots.audit import __main__ as auditor
    from survey_app.services import restoring
    from survey_app.store.engines import upgrade

    instance_folder().mkdir(mode=0o700, parents=True, exist_ok=True)

    def restored() -> Any:
        upgrade(stores().registry, stores().ballot_box)
        return restoring.restore(stores(), instance_folder(), folder, settings().secret, today(), OFFICER)

    back = _plainly(restored)
    click.echo(f"restored: {sum(back.counts.values())} rows")
    for poll_id, findings in back.audits.items():
        click.echo(f"\n{poll_id}")
        click.echo("\n".join(auditor.lines(findings, language)))
    if back.left_out:
        click.echo(f"closed, for their ballots were in no backup: {', '.join(back.left_out)}")
    if back.keys_open is False:
        click.echo("The secret here is not the one of the backup: put it into secret.key or SURVEY_SECRET, or no ticket can be signed.")  # fmt: skip
    if not back.is_sound:
        sys.exit(1)


def _plainly(service: Callable[[], Any]) -> Any:
    """Call a service; what it refuses becomes a sentence and exit code 1."""
    from survey_app.ballots.audit.evidence import Unreadable
    from survey_app.services.errors import Busy, NoSuchBoard, NoSuchPoll, Refusal, StoreFull
    from survey_app.store.durability import FolderInTheWay

    try:
        return service()
    except NoSuchPoll as fault:
        raise click.ClickException(f"No poll is called {fault}.") from fault
    except NoSuchBoard as fault:
        raise click.ClickException(f"{fault} is not sealed yet: there is nothing to check.") from fault
    except Unreadable as fault:
        raise click.ClickException(f"Missing or none of its kind: {fault}.") from fault
    except Refusal as refusal:
        raise click.ClickException(" ".join(each.in_language("en") for each in refusal.sentences)) from refusal
    except FolderInTheWay as fault:
        raise click.ClickException(f"{fault} holds something else; nothing was written over.") from fault
    except (Busy, StoreFull, OSError) as fault:
        raise click.ClickException(str(fault)) from fault
