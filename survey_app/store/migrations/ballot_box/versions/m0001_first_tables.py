"""Polls, ballots, comments and slip codes: without rowid, time, address or order."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ballot",
        sa.Column("poll_id", sa.Text(), nullable=False),
        sa.Column("nonce_hash", sa.LargeBinary(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("opener", sa.LargeBinary(), nullable=False),
        sa.Column("receipt", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("substr(answers, 1, 1) = x'5b'", name=op.f("ck_ballot_answers_are_an_array")).ddl_if(
            dialect="sqlite"
        ),
        sa.CheckConstraint("get_byte(answers, 0) = 91", name=op.f("ck_ballot_answers_are_an_array")).ddl_if(
            dialect="postgresql"
        ),
        sa.CheckConstraint("length(answers) BETWEEN 2 AND 8192", name=op.f("ck_ballot_answers_are_compact")),
        sa.CheckConstraint("length(nonce_hash) = 32", name=op.f("ck_ballot_nonce_hash_is_a_hash")),
        sa.CheckConstraint("length(opener) = 32", name=op.f("ck_ballot_opener_is_a_hash")),
        sa.CheckConstraint("length(receipt) = 32", name=op.f("ck_ballot_receipt_is_a_hash")),
        sa.PrimaryKeyConstraint("poll_id", "nonce_hash", name=op.f("pk_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "box_poll",
        sa.Column("poll_id", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("state IN ('frozen', 'closed', 'sealed')", name=op.f("ck_box_poll_state_is_known")),
        sa.CheckConstraint("way IN ('slip', 'open')", name=op.f("ck_box_poll_way_is_known")),
        sa.CheckConstraint("length(fingerprint) = 39", name=op.f("ck_box_poll_fingerprint_is_whole")),
        sa.CheckConstraint(
            "length(first_day) = 10 AND length(last_day) = 10 AND first_day <= last_day",
            name=op.f("ck_box_poll_days_are_days"),
        ),
        sa.CheckConstraint("length(poll_id) BETWEEN 1 AND 32", name=op.f("ck_box_poll_id_is_short")),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_box_poll")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comment",
        sa.Column("poll_id", sa.Text(), nullable=False),
        sa.Column("receipt", sa.LargeBinary(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("opener", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(opener) = 32", name=op.f("ck_comment_opener_is_a_hash")),
        sa.CheckConstraint("length(receipt) = 32", name=op.f("ck_comment_receipt_is_a_hash")),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 5000", name=op.f("ck_comment_text_has_a_length")),
        sa.PrimaryKeyConstraint("poll_id", "receipt", name=op.f("pk_comment")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "slip_code",
        sa.Column("poll_id", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(code_hash) = 32", name=op.f("ck_slip_code_code_hash_is_a_hash")),
        sa.CheckConstraint("used IN (0, 1)", name=op.f("ck_slip_code_used_or_not")),
        sa.PrimaryKeyConstraint("poll_id", "code_hash", name=op.f("pk_slip_code")),
        sqlite_with_rowid=False,
    )
