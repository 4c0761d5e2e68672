"""The yearly assessment of a wave, and the records that enter it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assessment_release",
        sa.Column("wave", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("context", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("wave", name=op.f("pk_assessment_release")),
    )
    op.create_table(
        "unit_record",
        sa.Column("wave", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Integer(), nullable=True),
        sa.Column("ledger_cases", sa.Integer(), nullable=True),
        sa.Column("ledger_solved", sa.Integer(), nullable=True),
        sa.CheckConstraint("evidence BETWEEN 0 AND 100", name=op.f("ck_unit_record_evidence_is_an_index")),
        sa.CheckConstraint(
            "ledger_solved BETWEEN 0 AND ledger_cases", name=op.f("ck_unit_record_solved_cases_are_cases")
        ),
        sa.CheckConstraint(
            "(ledger_cases IS NULL) = (ledger_solved IS NULL)",
            name=op.f("ck_unit_record_ledger_figures_come_together"),
        ),
        sa.PrimaryKeyConstraint("wave", "unit_id", name=op.f("pk_unit_record")),
    )
    op.create_table(
        "unit_veto",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wave", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_veto")),
    )
    with op.batch_alter_table("unit_veto", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_veto_wave_unit_id"), ["wave", "unit_id"], unique=False)
