"""Internships and apprenticeships as they are lived."""

from pathlib import Path

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add what is new; the SQL beside this file never changes once it was released."""
    script = Path(__file__).with_name("0005_training.sql").read_text(encoding="utf-8")
    for statement in script.split(";\n\n"):
        if statement.strip():
            op.execute(statement)
