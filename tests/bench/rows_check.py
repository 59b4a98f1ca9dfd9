"""Bench row: a school year with 20,000 placements is read and held to every rule."""

import datetime
from pathlib import Path

from cases import Case, row, timed
from rosters import FIRMS, GIVEN, POSTS, SURNAMES, identity

from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.numbers import numbers
from xqhz_desktop.services.office import Office
from xqhz_desktop.store.database import open_engine

ROWS = 20_000
_YEAR = "2024-2025学年"
_FIRM_IDS = range(1, len(FIRMS) + 1)
_START = datetime.date(2024, 9, 1)
# What the rules ask of a placement; the floor reads it as the driver hands it out.
_PLAIN = """
SELECT p.id, p.student_id, s.id_number, p.firm_id, p.start, p."end", p.arrangement, p.matched,
  p.pay, p.reference_pay, p.agreement, p.insurance, p.night_shift, p.class_name, p.consent,
  p.position, p.school_supervisor, p.firm_supervisor, p.batch_id, b.school_year, p.agreement_date,
  p.consent_date, p.insured_from, p.insured_until, p.insurance_payer, p.cross_province, p.abroad,
  p.filed, p.filed_date, p.intermediary, p.heavy_work, p.overtime, p.fees, p.grade, p.outcome,
  c.intake
FROM placement p JOIN student s ON s.id = p.student_id
LEFT JOIN school_class c ON c.id = s.class_id LEFT JOIN batch b ON b.id = p.batch_id
"""


@row("check", "20,000 条岗位实习逐条核对规则")
def check(folder: Path) -> Case:
    """Ours: facts read and every rule held against them. Floor: the placements as plain tuples."""
    data = DataFolder(folder / "data")
    with Office.open(data, "bench", datetime.datetime.now) as office:
        fill(office)

    def ours() -> None:
        with Office.look(data, "bench", datetime.datetime.now) as office:
            assert numbers(office).findings

    def floor() -> None:
        engine = open_engine(data.database, key=data.key, make=False, looking=True)
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert len(driver.execute(_PLAIN).fetchall()) == ROWS
        engine.dispose()

    return Case(ours=lambda: timed(ours), floor=lambda: timed(floor), limit=5.0)


def fill(office: Office) -> None:
    """Write the firms, the batch, the students and their placements, as one action."""
    with office.acting("import", "样本") as (connection, _):
        for table, columns, values in tables():
            named = ", ".join(f'"{name}"' for name in columns)
            marks = ", ".join("?" * len(columns))
            connection.exec_driver_sql(
                f'INSERT INTO "{table}" ({named}) VALUES ({marks})', list(values)
            )


def tables():
    """Every table with its columns and rows; one in ten has no batch, as an older roster."""
    code = "9137130000000000{:02d}"
    firms = ((n, name, code.format(n), 1, 5_000) for n, name in enumerate(FIRMS, start=1))
    yield "firm", ("id", "name", "uscc", "partner", "staff"), firms
    signed = ((n, f"XY{n}", n, "2023-01-01", "2023-01-01", "2026-12-31") for n in _FIRM_IDS)
    yield "agreement", ("id", "code", "firm_id", "signed", "start", "end"), signed
    batch = (1, "2024-2025学年岗位实习", _YEAR, "岗位实习", "2024-09-01", "2025-06-30")
    yield "batch", ("id", "name", "school_year", "kind", "start", "end"), iter([batch])
    listed = ((1, n, 0, "2024-08-20", "2024-08-22") for n in _FIRM_IDS)
    yield "batch_firm", ("batch_id", "firm_id", "new", "decided", "published"), listed
    posts = ((n, _YEAR, post, 400) for n in _FIRM_IDS for post in POSTS)
    yield "post", ("firm_id", "school_year", "position", "staff"), posts
    yield "student", ("id", "id_number", "name", "provisional"), map(student, range(ROWS))
    yield "placement", PLACEMENT, map(placement, range(ROWS))


def student(number: int) -> tuple[object, ...]:
    """The n-th student."""
    born = datetime.date(2006, 9, 1) + datetime.timedelta(days=number % 360)
    return number + 1, identity(born, number // 360 * 2), name_of(number), 0


def name_of(number: int) -> str:
    """The n-th student's name."""
    return SURNAMES[number % 20] + GIVEN[number // 20 % 25] + GIVEN[number // 500 % 25]


PLACEMENT = (
    "student_id", "firm_id", "name", "class_name", "position", "start", "end", "arrangement",
    "matched", "pay", "reference_pay", "agreement", "consent", "insurance", "night_shift",
    "firm_supervisor", "school_supervisor", "batch_id", "agreement_date", "consent_date",
    "insured_from", "insured_until", "insurance_payer", "intermediary", "heavy_work", "overtime",
    "fees",
)  # fmt: skip


def placement(number: int) -> tuple[object, ...]:
    """A placement as a good roster has it; one in fifty breaks a rule or two."""
    start = _START + datetime.timedelta(days=number % 60)
    end = datetime.date(2025, 6, 1) + datetime.timedelta(days=number % 29)
    broken = number % 50 == 0
    before = (start - datetime.timedelta(days=5)).isoformat()
    return (
        number + 1,
        number % len(FIRMS) + 1,
        name_of(number),
        f"2022级机电技术应用{number % 4 + 1}班",
        POSTS[number % 5],
        start.isoformat(),
        end.isoformat(),
        "自主" if number % 10 == 0 else "集中",
        1,
        2800 + number % 7 * 100,
        3200,
        0 if broken else 1,
        1,
        1,
        1 if broken else 0,
        SURNAMES[number % 19] + GIVEN[number % 23],
        SURNAMES[number % 17] + GIVEN[number % 21],
        None if number % 10 == 0 else 1,
        before,
        before,
        before,
        "2025-08-31",
        "学校",
        0,
        0,
        0,
        0,
    )
