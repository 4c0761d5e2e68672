"""Terms with their frozen rosters, slots, keys and issuance; polls may go by ticket."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_POLL = "poll_id, fingerprint, title_zh, title_en, wave, way, first_day, last_day, state, box_sha256"


def upgrade() -> None:
    _let_polls_go_by_ticket()
    op.create_table(
        "term",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("collect_first_day", sa.Date(), nullable=False),
        sa.Column("collect_last_day", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'ended')", name=op.f("ck_term_state_is_known")),
        sa.CheckConstraint("collect_first_day <= collect_last_day", name=op.f("ck_term_days_are_in_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
    )
    op.create_table(
        "term_unit",
        sa.Column("term_id", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("unit_type", sa.Text(), nullable=False),
        sa.Column("n_eligible", sa.Integer(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("n_eligible >= 10", name=op.f("ck_term_unit_unit_is_large_enough")),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_term_unit_term_id")),
        sa.PrimaryKeyConstraint("term_id", "unit_id", name=op.f("pk_term_unit")),
    )
    op.create_table(
        "term_member",
        sa.Column("term_id", sa.Text(), nullable=False),
        sa.Column("staff_number", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["term_id", "unit_id"],
            ["term_unit.term_id", "term_unit.unit_id"],
            name=op.f("fk_term_member_term_id_unit_id"),
        ),
        sa.PrimaryKeyConstraint("term_id", "staff_number", name=op.f("pk_term_member")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_term_member_term_id_unit_id"), "term_member", ["term_id", "unit_id"], unique=False)
    op.create_table(
        "slot",
        sa.Column("slot_id", sa.Text(), nullable=False),
        sa.Column("term_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("poll_id", sa.Text(), nullable=True),
        sa.Column("manifest", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("ack_private", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("state IN ('free', 'bound', 'sealed')", name=op.f("ck_slot_state_is_known")),
        sa.CheckConstraint("state <> 'bound' OR poll_id IS NOT NULL", name=op.f("ck_slot_bound_to_a_poll")),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_slot_term_id")),
        sa.PrimaryKeyConstraint("slot_id", name=op.f("pk_slot")),
        sa.UniqueConstraint("poll_id", name=op.f("uq_slot_poll_id")),
    )
    op.create_index(op.f("ix_slot_term_id"), "slot", ["term_id"], unique=False)
    op.create_table(
        "slot_key",
        sa.Column("slot_id", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(), nullable=False),
        sa.Column("n", sa.LargeBinary(), nullable=False),
        sa.Column("private", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("length(key_id) = 32", name=op.f("ck_slot_key_key_id_is_a_hash")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.slot_id"], name=op.f("fk_slot_key_slot_id")),
        sa.PrimaryKeyConstraint("slot_id", "unit_id", name=op.f("pk_slot_key")),
    )
    op.create_table(
        "issuance",
        sa.Column("slot_id", sa.Text(), nullable=False),
        sa.Column("staff_number", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(), nullable=True),
        sa.Column("blinded_hash", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("method IN ('ticket', 'slip')", name=op.f("ck_issuance_method_is_known")),
        sa.CheckConstraint("(method = 'ticket') = (key_id IS NOT NULL)", name=op.f("ck_issuance_tickets_have_a_key")),
        sa.CheckConstraint("method = 'ticket' OR blinded_hash IS NULL", name=op.f("ck_issuance_slips_have_no_hash")),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.slot_id"], name=op.f("fk_issuance_slot_id")),
        sa.PrimaryKeyConstraint("slot_id", "staff_number", name=op.f("pk_issuance")),
        sqlite_with_rowid=False,
    )


def _let_polls_go_by_ticket() -> None:
    known = "way IN ('slip', 'open', 'ticket')"
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_poll_way_is_known"), "poll", type_="check")
        op.create_check_constraint(op.f("ck_poll_way_is_known"), "poll", known)
        return
    op.create_table(
        "poll_rebuilt",
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
        sa.CheckConstraint(known, name=op.f("ck_poll_way_is_known")),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_poll_days_are_in_order")),
        sa.ForeignKeyConstraint(["fingerprint"], ["version.fingerprint"], name=op.f("fk_poll_fingerprint")),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_poll")),
    )
    op.execute(f"INSERT INTO poll_rebuilt ({_POLL}) SELECT {_POLL} FROM poll")  # noqa: S608 - our own column names
    op.drop_table("poll")
    op.rename_table("poll_rebuilt", "poll")
    if op.get_bind().exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise RuntimeError("Rows of the registry refer to rows that are missing: restore it from the backup.")
