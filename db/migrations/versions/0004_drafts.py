"""Forms that are not finished, and how each clerk has the columns."""

from alembic import op

revision = "0004"
down_revision = "0003"

DRAFT = """CREATE TABLE draft (
    who TEXT NOT NULL,
    form TEXT NOT NULL,
    at TEXT NOT NULL,
    content TEXT NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (id),
    CONSTRAINT uq_draft_who_form UNIQUE (who, form)
) STRICT"""
LAYOUT = """CREATE TABLE layout (
    who TEXT NOT NULL,
    register TEXT NOT NULL,
    content TEXT NOT NULL,
    id INTEGER NOT NULL,
    CONSTRAINT pk_layout PRIMARY KEY (id),
    CONSTRAINT uq_layout_who_register UNIQUE (who, register)
) STRICT"""


def upgrade() -> None:
    """Add two tables, and the index by which a long register is listed without reading it."""
    op.execute(DRAFT)
    op.execute(LAYOUT)
    op.execute("CREATE INDEX ix_student_provisional ON student (provisional)")
