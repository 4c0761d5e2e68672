"""Officers, branches, polls, releases and the audit log that nobody can edit."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("officer_name", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_table(
        "branch",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("unit_type", sa.Text(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.CheckConstraint("members >= 0", name=op.f("ck_branch_members_are_counted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branch")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_attempt_name_at"), ["name", "at"], unique=False)

    op.create_table(
        "version",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("questionnaire_id", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_version")),
    )
    op.create_table(
        "head_count",
        sa.Column("branch_id", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.CheckConstraint("members >= 0", name=op.f("ck_head_count_members_are_counted")),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_head_count_branch_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("branch_id", "category", name=op.f("pk_head_count")),
    )
    op.create_table(
        "officer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("branch_id", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(role = 'branch_officer') = (branch_id IS NOT NULL)", name=op.f("ck_officer_branch_officer_has_a_branch")
        ),
        sa.CheckConstraint(
            "role IN ('university_officer', 'branch_officer', 'leadership', 'administrator')",
            name=op.f("ck_officer_role_is_known"),
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_officer_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officer")),
        sa.UniqueConstraint("name", name=op.f("uq_officer_name")),
    )
    op.create_table(
        "poll",
        sa.Column("poll_id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("wave", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("box_sha256", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('frozen', 'closed', 'sealed', 'released')", name=op.f("ck_poll_state_is_known")),
        sa.CheckConstraint("way IN ('slip', 'open')", name=op.f("ck_poll_way_is_known")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_poll_days_are_in_order")),
        sa.ForeignKeyConstraint(["fingerprint"], ["version.fingerprint"], name=op.f("fk_poll_fingerprint")),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_poll")),
    )
    op.create_table(
        "roster_member",
        sa.Column("staff_number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("branch_id", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["branch.id"], name=op.f("fk_roster_member_branch_id")),
        sa.PrimaryKeyConstraint("staff_number", name=op.f("pk_roster_member")),
    )
    with op.batch_alter_table("roster_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_member_branch_id"), ["branch_id"], unique=False)

    op.create_table(
        "officer_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("expires", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_officer_session_officer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_officer_session")),
    )
    with op.batch_alter_table("officer_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_officer_session_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "poll_unit",
        sa.Column("poll_id", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("unit_type", sa.Text(), nullable=False),
        sa.Column("n_eligible", sa.Integer(), nullable=False),
        sa.Column("n_responding", sa.Integer(), nullable=True),
        sa.Column("n_slips_used", sa.Integer(), nullable=True),
        sa.Column("n_slips_unused", sa.Integer(), nullable=True),
        sa.CheckConstraint("n_eligible >= 10", name=op.f("ck_poll_unit_unit_is_large_enough")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.poll_id"], name=op.f("fk_poll_unit_poll_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("poll_id", "unit_id", name=op.f("pk_poll_unit")),
    )
    op.create_table(
        "release",
        sa.Column("poll_id", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.poll_id"], name=op.f("fk_release_poll_id")),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_release")),
    )
    op.create_table(
        "poll_unit_branch",
        sa.Column("poll_id", sa.Text(), nullable=False),
        sa.Column("branch_id", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["poll_id", "unit_id"],
            ["poll_unit.poll_id", "poll_unit.unit_id"],
            name=op.f("fk_poll_unit_branch_poll_id_unit_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("poll_id", "branch_id", name=op.f("pk_poll_unit_branch")),
    )
    _make_audit_append_only()


def _make_audit_append_only() -> None:
    """Neither the service nor a role it gives can change or take away what was recorded."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_entry_refuses_{verb.lower()} BEFORE {verb} ON audit_entry "
                "BEGIN SELECT RAISE(ABORT, 'The audit log is append only.'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'The audit log is append only.'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_append_only()"
    )
