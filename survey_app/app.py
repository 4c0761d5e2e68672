"""The service, wired together. Nothing is decided here."""

from importlib import import_module

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from survey_app.settings import Settings
from survey_app.store.engines import Stores, ballot_box_engine, registry_engine
from survey_app.web import access, assets, errors, formats, headers, languages, sessions
from survey_app.web.instance import Instance

ALL = ("staff", "officers", "leadership", "account")
LARGEST_REQUEST = 6 * 1024 * 1024


def create_app(settings: Settings, doors: tuple[str, ...] = ALL) -> Flask:
    """The Flask app of one installation, with the doors asked for; raises NoAudience if an endpoint names none."""
    app = Flask("survey_app", static_folder=None, template_folder="web/templates")
    app.config.update(SECRET_KEY=settings.secret, MAX_CONTENT_LENGTH=LARGEST_REQUEST, WTF_CSRF_TIME_LIMIT=None)
    # Our pages send no referrer, so over https Flask-WTF must not ask for one; the token stands.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["survey"] = Instance(
        settings, Stores(registry_engine(settings.registry_url), ballot_box_engine(settings.ballot_box_url))
    )
    app.jinja_env.globals["organisation"] = lambda: (
        settings.organisation_zh if languages.language() == "zh" else settings.organisation_en
    )
    app.jinja_env.globals["contact"] = lambda: (
        settings.contact_zh if languages.language() == "zh" else settings.contact_en or settings.contact_zh
    )
    sessions.init_app(app, https=settings.https)
    headers.init_app(app, https=settings.https)
    errors.init_app(app)
    languages.init_app(app, settings.languages)
    formats.init_app(app)
    assets.init_app(app)
    csrf = CSRFProtect(app)
    if set(doors) & {"officers", "leadership"}:
        import_module("survey_app.sign_in").init_app(app)
    for door in doors:
        blueprint = import_module(f"survey_app.{door}").blueprint
        app.register_blueprint(blueprint)
        if door == "staff":
            csrf.exempt(blueprint)  # no cookie, nothing signed in: there is nothing to forge a request with
    access.init_app(app)
    return app
