"""What the rules know of a record: flat frozen values, read from the store in one query a kind.

`id` is always the record's id in its register. Dates are None where unknown, flags are None where
unknown; amounts are yuan a month.
"""

from dataclasses import dataclass, field
from datetime import date

from xqhz_desktop.base.period import school_year_of


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm: partner, or (partner False) only known from a roster."""

    id: int
    name: str
    key: str  # text.firm_key of the official name
    partner: bool
    staff: int | None
    quarantined: bool = False  # the firm's own register row waits for correction


@dataclass(frozen=True, slots=True)
class Agreement:
    """A cooperation agreement with a firm."""

    id: int
    firm: int
    signed: date | None
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Placement:
    """One person, one firm, one period of post internship."""

    id: int
    student: int
    id_number: str
    firm: int
    start: date
    end: date | None
    arranged: bool | None  # True 集中, False 自主
    matched: bool | None
    pay: float | None
    reference_pay: float | None
    agreement: bool | None
    insurance: bool | None
    night_shift: bool | None
    intake: int | None  # year of entry, from the roster's class else from the student register
    consent: bool | None = None
    position: str = ""
    supervisor: str = ""
    firm_supervisor: str = ""
    quarantined: bool = False
    batch: int | None = None
    batch_year: str = ""  # the batch's school year, "2023-2024"
    agreement_date: date | None = None
    consent_date: date | None = None
    insured_from: date | None = None
    insured_until: date | None = None
    payer: str = ""  # who paid the insurance, as written
    cross_province: bool | None = None
    abroad: bool | None = None
    filed: bool | None = None
    filed_date: date | None = None
    intermediary: bool | None = None
    heavy_work: bool | None = None
    overtime: bool | None = None
    fees: bool | None = None
    grade: str = ""
    outcome: str = ""

    @property
    def school_year(self) -> str:
        """The school year to which it belongs: its batch's, else that in which it began."""
        return self.batch_year or school_year_of(self.start)


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch of post internship; `school_year` as "2023-2024"."""

    id: int
    name: str
    school_year: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Due:
    """A student who is to take part in a batch, or is exempt from it."""

    id: int
    batch: int
    student: int
    exempt: bool


@dataclass(frozen=True, slots=True)
class BatchFirm:
    """A firm on a batch's list, with what was done about it beforehand."""

    id: int
    batch: int
    firm: int
    new: bool | None
    assessed: date | None
    report: str  # where the written assessment lies
    decided: date | None
    published: date | None


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a firm in a school year ("2023-2024"), with the staff on it."""

    id: int
    firm: int
    school_year: str
    position: str
    staff: int | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of post within a placement: from the day on it is another."""

    placement: int
    day: date
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """A supervisor saw a student at the post (巡查)."""

    id: int
    student: int
    day: date


@dataclass(frozen=True, slots=True)
class Mentorship:
    """A mentor of an apprentice for a time."""

    id: int
    student: int
    side: str  # 企业师傅 or 学校导师
    mentor: str
    mentor_no: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class Apprentice:
    """An apprentice with two dated identities: school roll and labour contract."""

    id: int
    student: int
    id_number: str
    cohort: int | None
    kind: str  # 现代学徒制, 企业新型学徒制, 订单班 or ""
    start: date
    end: date
    registered: bool | None
    contract: str | None  # contract number, None where there is none
    contract_signed: date | None
    contract_end: date | None
    intake: int | None
    firm_mentor: str = ""
    school_mentor: str = ""
    firm: int | None = None
    agreement: str = ""  # number of the 学徒协议
    guardian_signed: bool | None = None


@dataclass(frozen=True, slots=True)
class Teacher:
    """A full-time teacher (provisional ones, known only from a stint, are not facts)."""

    id: int
    staff_no: str
    name: str
    category: str | None  # 专业课教师, 实习指导教师, 公共基础课教师
    entry: date | None
    left: date | None
    dual: bool
    dual_since: date | None


@dataclass(frozen=True, slots=True)
class PartTimer:
    """A part-time teacher's appointment."""

    id: int
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Stint:
    """One stretch of a teacher's enterprise practice."""

    id: int
    teacher: int
    start: date
    end: date
    passed: bool  # False only where 考核结果 is 不合格


@dataclass(frozen=True, slots=True)
class Base:
    """A training base."""

    id: int
    code: str
    name: str
    seats: int | None


@dataclass(frozen=True, slots=True)
class Booking:
    """One booking of a base on one day; `spans` are minutes from midnight, start < end."""

    id: int
    base: int
    day: date
    spans: tuple[tuple[int, int], ...]
    function: str | None
    audience: str | None
    cancelled: bool
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """One course of a teaching plan; hours are class hours (学时)."""

    id: int
    intake: int
    major: str
    total: float
    practice: float


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rules know of the school, read at one moment."""

    firms: tuple[Firm, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    placements: tuple[Placement, ...] = ()
    apprentices: tuple[Apprentice, ...] = ()
    teachers: tuple[Teacher, ...] = ()
    part_timers: tuple[PartTimer, ...] = ()
    stints: tuple[Stint, ...] = ()
    bases: tuple[Base, ...] = ()
    bookings: tuple[Booking, ...] = ()
    courses: tuple[Course, ...] = ()
    batches: tuple[Batch, ...] = ()
    dues: tuple[Due, ...] = ()
    batch_firms: tuple[BatchFirm, ...] = ()
    posts: tuple[Post, ...] = ()
    turns: tuple[Turn, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    mentorships: tuple[Mentorship, ...] = ()
    day_types: dict[date, bool] = field(default_factory=dict)  # exceptions: True works, False rests
    quarantined_firm_keys: frozenset[str] = frozenset()
    quarantined_placements: tuple[Placement, ...] = ()
    quarantined_rows: dict[str, int] = field(default_factory=dict)  # register → open rows
