"""The service as a WSGI application: `granian --interface wsgi wsgi:app`."""

import sys

from survey_app.app import create_app
from survey_app.commands import add_commands
from survey_app.mail_commands import begin_sending
from survey_app.settings import Settings, UnsafeSettings

try:
    settings = Settings.from_environment()
except UnsafeSettings as refused:
    sys.exit(f"Not started. {refused}")
app = create_app(settings)
add_commands(app)
begin_sending(app)
