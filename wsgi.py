"""The service as a WSGI application: `granian --interface wsgi wsgi:app`."""

from survey_app.app import create_app
from survey_app.commands import add_commands
from survey_app.settings import Settings

app = create_app(Settings.from_environment())
add_commands(app)
