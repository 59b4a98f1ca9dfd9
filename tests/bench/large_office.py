"""A data folder with a register of half a million students, as a program of ours has written it.

It is made once in a run of the bench: every row is journaled and in the audit chain, and the
search index has caught up.
"""

import atexit
import datetime
import shutil
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from cases import process
from rosters import FIRMS, GIVEN, MAJORS, SURNAMES, identity

from xqhz_desktop.base.paths import DataFolder
from xqhz_desktop.services.find import catch_up
from xqhz_desktop.services.office import Office

ROWS = 500_000
SMALL = 500
_CLASSES = 300
_BORN = datetime.date(1996, 9, 1)
_STUDENT = """
id name student_no sex nation id_number birthday major_id major_code class_id entry registered
phone guardian_name guardian_relation guardian_phone note provisional
"""


@cache
def office_of(rows: int) -> Path:
    """The folder of an office with so many students; removed when the bench ends."""
    folder = Path(tempfile.mkdtemp(prefix="xqhz-bench-office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    print(f"  {rows:,} 名学生的数据文件夹 ……", file=sys.stderr, flush=True)
    # In a process of its own: what is measured later begins with the memory of who starts it.
    process([sys.executable, __file__, str(folder), str(rows)])
    return folder


def fill(folder: Path, rows: int) -> None:
    """Write the students, their classes and majors, and the firms and cohorts beside them."""
    with Office.open(DataFolder(folder), "bench", datetime.datetime.now) as office:
        with office.acting("import", "样本") as (connection, _):
            for table, names, values in tables(rows):
                columns = ", ".join(f'"{name}"' for name in names)
                marks = ", ".join("?" * len(names))
                connection.exec_driver_sql(
                    f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', list(values)
                )
        catch_up(office)


def tables(rows: int) -> Iterator[tuple[str, list[str], Iterator[tuple[object, ...]]]]:
    """Every table with its columns and rows."""
    yield "major", ["id", "name"], enumerate(MAJORS, start=1)
    classes = ((n + 1, class_name(n), n % len(MAJORS) + 1) for n in range(_CLASSES))
    yield "school_class", ["id", "name", "major_id"], classes
    firms = ((n, name, 0) for n, name in enumerate(FIRMS, start=1))
    yield "firm", ["id", "name", "partner"], firms
    names = ((n, n, name, name, "current") for n, name in enumerate(FIRMS, start=1))
    yield "firm_name", ["id", "firm_id", "name", "key", "kind"], names
    yield "cohort", ["id", "name"], iter([(1, "2022级数控学徒班")])
    yield "student", _STUDENT.split(), map(student, range(rows))


def class_name(number: int) -> str:
    """Ten years of classes, some of each major."""
    major = MAJORS[number % len(MAJORS)]
    return f"{2016 + number // 30}级{major}{number // 5 % 6 + 1}班"


def name_of(number: int) -> str:
    """A name that some forty students share."""
    given = GIVEN[number // 20 % 25] + GIVEN[number // 500 % 25]
    return SURNAMES[number % 20] + (given if number % 7 else given[:1])


def id_of(number: int) -> str:
    """The number of the n-th student."""
    born = _BORN + datetime.timedelta(days=number % 4000)
    return identity(born, number // 4000 * 2 + number % 2)


def student(number: int) -> tuple[object, ...]:
    """One row of the register, in the order of its columns."""
    one = number * 7919 % 500_009  # neither names nor classes come in order
    return (
        number + 1,
        name_of(one),
        f"{2016 + number // 50_000}{number:06d}",
        "男" if number % 2 else "女",
        "汉族",
        id_of(number),
        (_BORN + datetime.timedelta(days=number % 4000)).isoformat(),
        one % len(MAJORS) + 1,
        "660103",
        one % _CLASSES + 1,
        f"{2016 + number // 50_000}-09-01",
        1,
        f"154{number:08d}",
        name_of(one + 3),
        "父亲" if number % 3 else "母亲",
        f"155{number:08d}",
        "家住城东" if number % 50 == 0 else None,
        0,
    )


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]))
