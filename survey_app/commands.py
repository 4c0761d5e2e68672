"""The `flask --app wsgi ...` commands. Each calls one service and prints what it did in plain words."""

import os
import shutil
import socket
import sys
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from survey_app.mail_commands import SERVING, mails
from survey_app.release_commands import releases
from survey_app.upkeep_commands import audit_command, backup_command, board_command, restore_command
from survey_app.web.assets import bundle_sha384
from survey_app.web.instance import instance_folder, settings, stores, today

# Of each server process; more than guesses at codes may hold at once (services.slowing).
THREADS = 4
ROLES = ("university_officer", "branch_officer", "leadership", "administrator")


@click.command("init")
def init_command() -> None:
    """Make or upgrade both databases of this instance."""
    _upgrade()
    click.echo(f"ready: {instance_folder()}")


@click.command("demo")
@click.option(
    "--university", type=click.Path(path_type=Path), default=None, help="CSV of branches; the demo's own if left out."
)
def demo_command(university: Path | None) -> None:
    """Fill this instance with the demo university: two finished waves and one open poll."""
    click.echo(_make_demo(university))


@click.command("serve")
@click.option("--demo", "with_demo", is_flag=True, help="Make the demo university first, if this instance is empty.")
@click.option("--workers", type=click.IntRange(1, 64), default=max(1, min(4, (os.cpu_count() or 1))))
def serve_command(workers: int, *, with_demo: bool) -> None:
    """Serve this instance until stopped. We intentionally keep no access log."""
    chosen = settings()
    _refuse_taken_port(chosen.host, chosen.port)
    if with_demo:
        _make_demo(None)
        os.environ.setdefault("SURVEY_SIGN_IN", "code")  # members come in without any service outside
    else:
        _upgrade()
    _print_doors()
    sys.stdout.flush()
    server = shutil.which("granian", path=str(Path(sys.executable).parent)) or "granian"
    arguments = [server, "--interface", "wsgi", "--host", chosen.host, "--port", str(chosen.port)]
    arguments += ["--workers", str(workers), "--blocking-threads", str(THREADS), "--backpressure", "64"]
    arguments += ["--no-access-log", "--log-level", "warning", "wsgi:app"]
    os.environ[SERVING] = "1"
    os.execv(server, arguments)  # noqa: S606 - our own server, no shell


users = AppGroup("user", help="Officers, leadership and administrators.")


@users.command("add")
@click.argument("name")
@click.option("--display-name", default="", help="The name shown on pages; NAME if left out.")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--branch", default=None, help="The branch of a branch officer, e.g. B15.")
@click.password_option()
def add_user(name: str, display_name: str, role: str, branch: str | None, password: str) -> None:
    """Add a person who may sign in."""
    from survey_app.services import signing_in

    _upgrade()
    try:
        signing_in.add_officer(stores(), name, display_name or name, role, password, branch_id=branch)
    except ValueError as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(f"added: {name} ({role})")


def _refuse_taken_port(host: str, port: int) -> None:
    """Two servers of this kind can share a port without an error: each reader would then meet either of two instances."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as fault:
        said = f"Cannot listen on {host}:{port} ({fault.strerror}). Stop what runs there, or set SURVEY_PORT."
        raise click.ClickException(said) from fault


def _upgrade() -> None:
    from survey_app.services.register import uploads
    from survey_app.store.engines import upgrade
    from survey_app.store.errors import Busy

    instance_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        upgrade(stores().registry, stores().ballot_box)
    except Busy as fault:
        raise click.ClickException(f"{fault} See SURVEY_REGISTRY and SURVEY_BALLOT_BOX.") from fault
    uploads.wipe_old(instance_folder())


def _make_demo(university: Path | None) -> str:
    from survey_app import demo
    from survey_app.services.designing import TicketMeans

    _upgrade()
    if settings().is_public:
        raise click.ClickException("The demo has passwords that everybody knows: not on a public address.")
    bundle = bundle_sha384()
    tickets = TicketMeans(settings().secret, bundle) if bundle else None
    try:
        made = demo.make_demo(
            stores(), instance_folder(), university, today(), progress=sys.stderr.isatty(), tickets=tickets
        )
    except demo.DemoRefused as fault:
        raise click.ClickException(str(fault)) from fault
    return made.summary


def _print_doors() -> None:
    from survey_app import demo

    address = settings().public_address
    click.echo(f"教职工 staff       {address}/")
    click.echo(f"工会干部 officers   {address}/officers/")
    click.echo(f"校领导 leadership  {address}/leadership/")
    if os.environ.get("SURVEY_SIGN_IN"):
        click.echo(f"会员领取 members    {address}/account/")
    for line in demo.sign_ins(instance_folder()):
        click.echo(line)


def add_commands(app: Flask) -> None:
    upkeep = (audit_command, board_command, backup_command, restore_command)
    for command in (init_command, demo_command, serve_command, users, releases, mails, *upkeep):
        app.cli.add_command(command)
