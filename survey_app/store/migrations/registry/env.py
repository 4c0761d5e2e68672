from survey_app.store.migrations.running import run
from survey_app.store.registry import Base

run(Base.metadata)
