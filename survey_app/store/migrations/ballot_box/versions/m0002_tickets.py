"""Polls by ticket: their slot, verification keys and acknowledgement key."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_OLD = "poll_id, way, first_day, last_day, state, fingerprint, document, facts"
_CHECKS = {
    "state_is_known": "state IN ('frozen', 'closed', 'sealed')",
    "way_is_known": "way IN ('slip', 'open', 'ticket')",
    "fingerprint_is_whole": "length(fingerprint) = 39",
    "days_are_days": "length(first_day) = 10 AND length(last_day) = 10 AND first_day <= last_day",
    "id_is_short": "length(poll_id) BETWEEN 1 AND 32",
    "mode_is_known": "mode IN ('two_phases', 'combined')",
    "tickets_have_a_slot": (
        "(way = 'ticket') = (slot_id IS NOT NULL) AND (slot_id IS NULL) = (mode IS NULL) "
        "AND (slot_id IS NULL) = (manifest IS NULL)"
    ),
    "ack_private_is_a_key": "ack_private IS NULL OR (length(ack_private) = 32 AND slot_id IS NOT NULL)",
}
_NEW_CHECKS = ("way_is_known", "mode_is_known", "tickets_have_a_slot", "ack_private_is_a_key")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_box_poll_way_is_known"), "box_poll", type_="check")
        for column in _new_columns():
            op.add_column("box_poll", column)
        for name in _NEW_CHECKS:
            op.create_check_constraint(op.f(f"ck_box_poll_{name}"), "box_poll", _CHECKS[name])
        op.create_unique_constraint(op.f("uq_box_poll_slot_id"), "box_poll", ["slot_id"])
    else:
        _rebuild()
    op.create_table(
        "box_key",
        sa.Column("poll_id", sa.Text(), nullable=False),
        sa.Column("key_id", sa.LargeBinary(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("n", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(key_id) = 32", name=op.f("ck_box_key_key_id_is_a_hash")),
        sa.CheckConstraint("length(n) IN (256, 384, 512)", name=op.f("ck_box_key_n_is_a_modulus")),
        sa.PrimaryKeyConstraint("poll_id", "key_id", name=op.f("pk_box_key")),
        sqlite_with_rowid=False,
    )


def _new_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("slot_id", sa.Text(), nullable=True),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("manifest", sa.LargeBinary(), nullable=True),
        sa.Column("ack_private", sa.LargeBinary(), nullable=True),
    ]


def _rebuild() -> None:
    """SQLite takes a new check with a new table only."""
    op.create_table(
        "box_poll_rebuilt",
        sa.Column("poll_id", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Text(), nullable=False),
        sa.Column("last_day", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        *_new_columns(),
        *[sa.CheckConstraint(said, name=op.f(f"ck_box_poll_{name}")) for name, said in _CHECKS.items()],
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_box_poll")),
        sa.UniqueConstraint("slot_id", name=op.f("uq_box_poll_slot_id")),
        sqlite_with_rowid=False,
    )
    op.execute(f"INSERT INTO box_poll_rebuilt ({_OLD}) SELECT {_OLD} FROM box_poll")  # noqa: S608 - our own names
    op.drop_table("box_poll")
    op.rename_table("box_poll_rebuilt", "box_poll")
