"""How a version tree runs: on the connection handed over, its own version table, offline never."""

from alembic import context
from sqlalchemy import MetaData


def run(metadata: MetaData) -> None:
    """Called by each tree's env.py. The two trees use different version tables, so they never take each other's place."""
    attributes = context.config.attributes
    context.configure(
        connection=attributes["connection"],
        target_metadata=metadata,
        version_table=attributes["version_table"],
        render_as_batch=True,
    )
    context.run_migrations()
