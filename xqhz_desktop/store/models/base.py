"""What all tables share: STRICT, typed columns, and where a record came from."""

from datetime import date
from typing import Any

from sqlalchemy import REAL, ForeignKey, LargeBinary, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from xqhz_desktop.store.types import Day, Flag

STRICT = {"sqlite_strict": True}


class Model(DeclarativeBase):
    """A table of the database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Text, float: REAL, bool: Flag, date: Day, bytes: LargeBinary}
    __table_args__: Any = STRICT

    id: Mapped[int] = mapped_column(primary_key=True)


class Sourced:
    """A record keeps the row that last confirmed it: file and sheet by `source`, and its row."""

    @declared_attr
    def source_id(cls) -> Mapped[int | None]:
        """The sheet of an import; NULL for what was typed into the program."""
        return mapped_column(ForeignKey("source.id"))

    source_row: Mapped[int | None]


def one_of(column: str, *values: str) -> str:
    """A CHECK expression: the column is NULL or one of the values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IS NULL OR {column} IN ({listed})"
