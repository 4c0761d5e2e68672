"""The floor of `answering`: a bare Flask with one GET and one POST that makes one raw durable insert of the same size."""

import os
import random
import secrets
import sqlite3
import threading
import time
from typing import Any

from flask import Flask, request

DATABASE = os.environ["FLOOR_DATABASE"]
PAGE = b"x" * int(os.environ.get("FLOOR_PAGE_BYTES", "10000"))
local = threading.local()
app = Flask(__name__, static_folder=None)


def _sqlite() -> sqlite3.Connection:
    connection = sqlite3.connect(DATABASE.removeprefix("sqlite:///"), isolation_level=None, timeout=30)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("PRAGMA synchronous=EXTRA")
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("CREATE TABLE IF NOT EXISTS floor (k BLOB PRIMARY KEY, a BLOB) WITHOUT ROWID")
    connection.execute("PRAGMA busy_timeout=0")
    return connection


def _postgresql() -> Any:
    import psycopg

    connection = psycopg.connect(DATABASE.replace("postgresql+psycopg", "postgresql"), autocommit=True)
    connection.execute("CREATE TABLE IF NOT EXISTS floor (k BYTEA PRIMARY KEY, a BYTEA)")
    return connection


def _connection() -> Any:
    if not hasattr(local, "connection"):
        local.connection = _sqlite() if DATABASE.startswith("sqlite") else _postgresql()
    return local.connection


_connection()  # makes the table before the threads come


@app.get("/page")
def page() -> bytes:
    return PAGE


@app.post("/ballots")
def ballots() -> tuple[bytes, int]:
    body = request.get_data()
    connection = _connection()
    row = (secrets.token_bytes(32), body)
    if not DATABASE.startswith("sqlite"):
        connection.execute("INSERT INTO floor VALUES (%s, %s)", row)
        return b"{}", 201
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO floor VALUES (?, ?)", row)
            connection.execute("COMMIT")
        except sqlite3.OperationalError:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            time.sleep(random.uniform(0.0002, 0.002))
        else:
            return b"{}", 201
