"""The day a mailing began: two reminders lie at least three days apart."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mail_job", sa.Column("day", sa.Date(), nullable=True))
