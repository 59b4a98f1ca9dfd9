"""What people call it and what is kept agree, register by register."""

import re

import pytest
from sqlalchemy import CheckConstraint, Table

from xqhz_desktop.registers.catalogue import IMPORTED, REGISTERS
from xqhz_desktop.registers.kinds import Field, Kind, Register
from xqhz_desktop.registers.words import LISTS
from xqhz_desktop.store import models

# Columns that no cell of a workbook fills: the program sets them.
OWN = {"id", "source_id", "source_row", "provisional", "partner", "uscc_note"}
OWN |= {"cancelled", "occurrence", "department_id", "follows_id", "replaces_id"}
# Required without a reason of their own: from context, or a blank counts as none.
DERIVED = {"courses": {"intake", "major_id", "total", "theory", "practice"}}
TYPES = {
    Kind.DATE: "Day",
    Kind.END_DATE: "Day",
    Kind.FLAG: "Flag",
    Kind.AMOUNT: "REAL",
    Kind.COUNT: "Integer",
    Kind.LINK: "Integer",
}
EVERY = pytest.mark.parametrize("register", REGISTERS.values(), ids=lambda r: r.name)
WITH_SHEETS = pytest.mark.parametrize("register", IMPORTED, ids=lambda r: r.name)


def table(register: Register) -> Table:
    found: Table = getattr(models, register.model).__table__
    return found


def column(field: Field) -> str:
    return f"{field.name}_id" if field.link else field.name


@EVERY
def test_every_stored_field_is_a_column_and_every_column_a_field(register: Register) -> None:
    fields = {column(field) for field in register.stored()}
    assert fields == set(table(register).columns.keys()) - OWN


@WITH_SHEETS
def test_a_column_that_must_be_filled_has_a_reason_for_its_blank(register: Register) -> None:
    reasons = {column(field) for field in register.stored() if field.missing}
    needed = {c.name for c in table(register).columns if not c.nullable} - OWN
    assert needed - reasons == DERIVED.get(register.name, set())


@EVERY
def test_a_field_is_kept_as_its_kind_asks(register: Register) -> None:
    kept = {
        field.name: type(table(register).columns[column(field)].type).__name__
        for field in register.stored()
    }
    asked = {field.name: TYPES.get(field.kind, "Text") for field in register.stored()}
    if register.name == "courses":
        asked["intake"] = "Integer"  # written 2021级, kept as a year
    assert kept == asked


@EVERY
def test_a_link_names_a_register_and_points_to_its_table(register: Register) -> None:
    for field in register.fields:
        if field.link:
            (key,) = table(register).columns[column(field)].foreign_keys
            assert key.column.table is table(REGISTERS[field.link])


@EVERY
def test_the_words_of_a_choice_are_those_that_the_table_allows(register: Register) -> None:
    allowed = {
        found[1]: set(re.findall(r"'([^']*)'", str(check.sqltext)))
        for check in table(register).constraints
        if isinstance(check, CheckConstraint)
        and (found := re.match(r"(\w+) IS NULL OR \w+ IN", str(check.sqltext)))
    }
    for field in register.stored():
        if field.kind is Kind.CHOICE and field.name in allowed:
            words = LISTS[field.words]
            meanings = {*words.exact.values(), *(meaning for _, meaning in words.patterns)}
            assert meanings == allowed[field.name]


@EVERY
def test_a_flag_is_read_by_words_that_mean_yes_and_no(register: Register) -> None:
    for field in register.fields:
        if field.kind is Kind.FLAG:
            words = LISTS[field.words]
            meanings = {*words.exact.values(), *(meaning for _, meaning in words.patterns)}
            assert meanings == {True, False}


@EVERY
def test_identity_nearness_and_needs_name_fields(register: Register) -> None:
    names = {field.name for field in register.fields}
    assert len(names) == len(register.fields)
    assert names.issuperset(register.identity + register.near)
    assert all(names.issuperset(group) for group in register.needs)
