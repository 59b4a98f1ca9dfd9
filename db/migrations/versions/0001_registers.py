"""The first schema: school, five registers and what belongs to them, journal, quarantine."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table as it was first released; the SQL beside this file never changes."""
    script = Path(__file__).with_name("0001_registers.sql").read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            op.execute(statement)
