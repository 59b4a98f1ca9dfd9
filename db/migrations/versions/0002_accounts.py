"""Users and roles, the audit chain, attachments."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what is new; the SQL beside this file never changes once it was released."""
    script = Path(__file__).with_name("0002_accounts.sql").read_text(encoding="utf-8")
    for statement in script.split(";\n\n"):
        if statement.strip():
            op.execute(statement)
