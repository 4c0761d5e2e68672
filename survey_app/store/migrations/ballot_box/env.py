from survey_app.store.ballot_box import metadata
from survey_app.store.migrations.running import run

run(metadata)
