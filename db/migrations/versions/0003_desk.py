"""What was put off, and what was handed out."""

from alembic import op

revision = "0003"
down_revision = "0002"

PUT_OFF = """CREATE TABLE put_off (
    line TEXT NOT NULL,
    until TEXT NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_put_off PRIMARY KEY (id),
    CONSTRAINT uq_put_off_line UNIQUE (line)
) STRICT"""
HANDOUT = """CREATE TABLE handout (
    register TEXT NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    file TEXT NOT NULL,
    rows INTEGER NOT NULL,
    sent TEXT NOT NULL,
    returned TEXT,
    id INTEGER NOT NULL,
    CONSTRAINT pk_handout PRIMARY KEY (id),
    CONSTRAINT ck_handout_rows CHECK (rows > 0)
) STRICT"""


def upgrade() -> None:
    """Add two tables."""
    for statement in (PUT_OFF, HANDOUT, "CREATE INDEX ix_handout_file ON handout (file)"):
        op.execute(statement)
