"""Members sign in: their addresses, sessions, one-time links, printed codes; and the mail that invites them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("roster_member", sa.Column("email", sa.Text(), nullable=True))
    with op.batch_alter_table("roster_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_member_email"), ["email"], unique=True)
    for table in ("member_session", "member_link"):
        op.create_table(
            table,
            sa.Column("token_hash", sa.LargeBinary(), nullable=False),
            sa.Column("staff_number", sa.Text(), nullable=False),
            sa.Column("expires", sa.DateTime(), nullable=False),
            sa.PrimaryKeyConstraint("token_hash", name=op.f(f"pk_{table}")),
        )
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_index(batch_op.f(f"ix_{table}_staff_number"), ["staff_number"], unique=False)
    op.create_table(
        "personal_code",
        sa.Column("staff_number", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("staff_number", name=op.f("pk_personal_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_personal_code_code_hash")),
    )
    _make_mail()


def _make_mail() -> None:
    op.create_table(
        "mail_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("n_mails", "n_sent", "n_skipped", "n_failed", "n_doubtful")
        ),
        sa.CheckConstraint("kind IN ('invitation', 'reminder')", name=op.f("ck_mail_job_kind_is_known")),
        sa.CheckConstraint("state IN ('going', 'done', 'stopped')", name=op.f("ck_mail_job_state_is_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_job")),
    )
    with op.batch_alter_table("mail_job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mail_job_term_id"), ["term_id"], unique=False)
    op.create_table(
        "mail",
        sa.Column("job_id", sa.Integer(), nullable=False),
        sa.Column("staff_number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'sending')", name=op.f("ck_mail_state_is_known")),
        sa.ForeignKeyConstraint(["job_id"], ["mail_job.id"], name=op.f("fk_mail_job_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job_id", "staff_number", name=op.f("pk_mail")),
    )
