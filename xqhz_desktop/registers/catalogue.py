"""All registers, in the order in which one may refer to another."""

from xqhz_desktop.registers.apprentices import APPRENTICES
from xqhz_desktop.registers.apprenticeships import (
    ALTERNATIONS,
    APPRENTICE_EVENTS,
    MENTORSHIPS,
    RECRUITMENTS,
    REVIEWS,
)
from xqhz_desktop.registers.bases import BASES, BOOKINGS
from xqhz_desktop.registers.batches import BATCH_CHECKS, BATCH_FIRMS, BATCHES, DUES, POSTS
from xqhz_desktop.registers.care import INCIDENTS, VISITS
from xqhz_desktop.registers.firms import AGREEMENTS, FIRMS
from xqhz_desktop.registers.kinds import Field, Kind, Register
from xqhz_desktop.registers.placements import PLACEMENTS
from xqhz_desktop.registers.practice import COURSES, STINTS
from xqhz_desktop.registers.students import STUDENTS
from xqhz_desktop.registers.teachers import PART_TIMERS, TEACHERS

# Kept from the other sheets' columns and contexts; they have no sheets of their own.
MAJORS = Register(
    "majors",
    "专业",
    "Major",
    (Field("name", "专业名称", width=16), Field("code", "专业代码", Kind.CODE)),
    identity=("name",),
    needs=(),
)
CLASSES = Register(
    "classes",
    "班级",
    "SchoolClass",
    (
        Field("name", "班级", width=18),
        Field("intake", "年级", Kind.COUNT),
        Field("major", "专业", Kind.LINK, link="majors", width=14),
        Field("class_teacher", "班主任", Kind.NAME),
    ),
    identity=("name",),
    needs=(),
)
COHORTS = Register(
    "cohorts",
    "学徒班",
    "Cohort",
    (
        Field("name", "学徒班", width=20),
        Field("kind", "类型", Kind.CHOICE, words="cohort_kind", width=12),
        Field("intake", "年级", Kind.COUNT),
        Field("firm", "合作企业", Kind.LINK, link="firms", width=24),
    ),
    identity=("name",),
    needs=(),
)

# The registers that a workbook may hold; what is referred to comes first.
IMPORTED: tuple[Register, ...] = (
    FIRMS,
    STUDENTS,
    TEACHERS,
    BASES,
    AGREEMENTS,
    PLACEMENTS,
    APPRENTICES,
    PART_TIMERS,
    STINTS,
    BOOKINGS,
    COURSES,
)
# The registers that are typed, pasted, or filled by what the program does.
TYPED: tuple[Register, ...] = (
    MAJORS,
    CLASSES,
    COHORTS,
    BATCHES,
    DUES,
    BATCH_FIRMS,
    BATCH_CHECKS,
    POSTS,
    VISITS,
    INCIDENTS,
    RECRUITMENTS,
    ALTERNATIONS,
    MENTORSHIPS,
    REVIEWS,
    APPRENTICE_EVENTS,
)
REGISTERS: dict[str, Register] = {register.name: register for register in (*IMPORTED, *TYPED)}
