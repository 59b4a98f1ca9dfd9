"""The log and the reports of a bug tell where it is, and nothing of any person."""

import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.books import id_number
from xqhz_desktop.base.log import HIDDEN, Discreet, kept_log, report, scrubbed
from xqhz_desktop.base.paths import DataFolder

ID, OLD_ID, PHONE, NAME = id_number(7), "371300060301001", "13800138000", "王小芳"
SECRETS = (ID, OLD_ID, PHONE, NAME)
SEPARATED = (
    "138 0013 8000",
    "138-0013-8000",
    "(138) 0013-8000",
    "+86 138 0013 8000",
    "138.0013.8000",
    "1 3 8 0 0 1 3 8 0 0 0",
    "１３８００１３８０００",
    f"{ID[:6]} {ID[6:14]} {ID[14:]}",
    f"{ID[:6]}-{ID[6:14]}-{ID[14:]}",
    f"{ID[:17]}x",
    "371300-060301-001",
    "0539-8123456",
    "0539 8123456",
    repr(PHONE.encode("utf-16-le")),
    repr(ID.encode("utf-16-be")),
)


def digits(text: str) -> str:
    """Its digits alone."""
    return re.sub(r"\\x00|\D", "", text)


def raised(work: Callable[[], object]) -> BaseException:
    """What a piece of work raises."""
    with pytest.raises(BaseException) as caught:
        work()
    return caught.value


def row() -> dict[str, str]:
    """What a row of the records holds."""
    return {"name": NAME, "id_number": ID, "phone": PHONE, "old": OLD_ID}


def by_value() -> None:
    raise ValueError(f"invalid literal {row()}")


def by_key() -> None:
    {}[ID]


def by_conversion() -> None:
    int(f"{NAME}{PHONE}")


def by_decoding() -> None:
    f"{NAME}{ID}".encode("ascii")


def by_cause() -> None:
    try:
        by_conversion()
    except ValueError as error:
        raise RuntimeError(f"row {ID}") from error


def by_context() -> None:
    try:
        by_key()
    except KeyError:
        raise LookupError(PHONE)  # noqa: B904 - the context is what is looked at


def by_note() -> None:
    error = ValueError("x")
    error.add_note(f"while reading {NAME}, {PHONE}")
    raise error


def by_group() -> None:
    raise ExceptionGroup(ID, [ValueError(PHONE), TypeError(NAME)])


def by_file() -> None:
    Path(f"/nowhere/{NAME}-{ID}.xlsx").read_text("utf-8")


def by_arguments() -> None:
    raise RuntimeError(ID, {"phone": PHONE}, [NAME, OLD_ID])


def by_assertion() -> None:
    raise AssertionError(f"{PHONE}\n  File '{NAME}', line {ID}")


BUGS = [
    *(by_value, by_key, by_conversion, by_decoding, by_cause, by_context),
    *(by_note, by_group, by_file, by_arguments, by_assertion),
]


@pytest.mark.parametrize("bug", BUGS)
def test_a_report_names_the_place_and_no_person(bug: Callable[[], object]) -> None:
    error = raised(bug)
    said = report(error)
    assert type(error).__name__ in said
    assert f"in {bug.__name__}" in said
    assert not [secret for secret in SECRETS if secret in said]


@pytest.mark.parametrize("bug", BUGS)
def test_neither_does_the_log(bug: Callable[[], object], tmp_path: Path) -> None:
    log = logging.getLogger("xqhz.bugs")
    with kept_log(DataFolder(tmp_path)) as path:
        log.error("row %s of %s", ID, NAME, exc_info=raised(bug))
        log.warning("told %s", raised(bug))
    said = path.read_text("utf-8")
    assert bug.__name__ in said
    assert not [secret for secret in SECRETS if secret in said]


def test_another_listener_that_was_first_tells_the_log_nothing() -> None:
    record = logging.LogRecord("x", logging.ERROR, "x", 1, "bug", None, None)
    error = raised(by_value)
    record.exc_info = (type(error), error, error.__traceback__)
    assert ID in logging.Formatter().format(record)
    assert ID not in Discreet().format(record)


@pytest.mark.parametrize("written", SEPARATED)
@pytest.mark.parametrize("around", ["{}", "x{}y", "row {} is bad", "[{}, 3]", "n={};"])
def test_a_number_with_anything_between_its_digits_is_left_out(written: str, around: str) -> None:
    said = scrubbed(around.format(written))
    assert HIDDEN in said
    assert len(digits(said)) <= 3


@given(st.lists(st.sampled_from(["", " ", "-", "  ", " - ", ".", "·"]), min_size=17, max_size=17))
def test_an_id_number_is_left_out_however_it_is_cut_up(gaps: list[str]) -> None:
    said = scrubbed("".join(map("".join, zip(ID, [*gaps, ""], strict=True))))
    assert digits(said) == ""


def test_what_a_developer_needs_stays() -> None:
    kept = "NOT NULL constraint failed: student.name [SQL: INSERT INTO student (id) VALUES (?)]"
    assert scrubbed(kept) == kept
    assert scrubbed("'id_number' at cells.py:112, 2025-03-01 09:30") == (
        "'id_number' at cells.py:112, 2025-03-01 09:30"
    )


def test_a_chain_is_told_from_its_first_cause() -> None:
    said = report(raised(by_cause))
    assert said.index("ValueError") < said.index("RuntimeError")


def test_a_chain_without_end_and_words_that_cannot_be_said_do_no_harm() -> None:
    class Mute(Exception):
        """An error that fails to tell itself."""

        def __str__(self) -> str:
            raise ValueError(ID)

    one, other = Mute(), ValueError()
    one.__cause__, other.__cause__ = other, one
    assert ID not in report(one)
    assert "Mute" in report(one)


def test_words_without_end_are_cut_off() -> None:
    assert len(report(ValueError("x " * 1_000_000))) < 5_000


def test_the_folders_above_the_program_are_not_told(tmp_path: Path) -> None:
    place = tmp_path / NAME / "13800138000" / "program"
    place.mkdir(parents=True)
    (place / "wrong.py").write_text("1 / 0", "utf-8")
    code = compile("1 / 0", str(place / "wrong.py"), "exec")
    said = report(raised(lambda: exec(code)))
    assert "program/wrong.py" in said
    assert NAME not in said
    assert PHONE not in said
