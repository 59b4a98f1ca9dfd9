"""The tables, as SQLAlchemy models whose guarantees stand in the database."""

from xqhz_desktop.store.models.accounts import AuditEntry, User
from xqhz_desktop.store.models.apprenticeships import (
    Alternation,
    ApprenticeEvent,
    Mentorship,
    Recruitment,
    Review,
)
from xqhz_desktop.store.models.attachments import Attachment
from xqhz_desktop.store.models.base import Model
from xqhz_desktop.store.models.bases import Booking, TrainingBase
from xqhz_desktop.store.models.batches import Batch, BatchCheck, BatchFirm, Due, Post
from xqhz_desktop.store.models.care import Incident, Remedy, Visit
from xqhz_desktop.store.models.desk import Draft, Handout, Layout, PutOff
from xqhz_desktop.store.models.firms import Agreement, Contact, Firm, FirmName, FirmStatus
from xqhz_desktop.store.models.journal import (
    Action,
    Change,
    CurrentAction,
    HeadingMapping,
    QuarantinedRow,
    Source,
    Word,
)
from xqhz_desktop.store.models.school import (
    SCHOOL_NAME,
    VIEW,
    CalendarDay,
    Department,
    Guardian,
    Major,
    SchoolClass,
    SchoolTerm,
    Setting,
    Student,
    TargetRow,
)
from xqhz_desktop.store.models.teachers import Certificate, Course, PartTimer, Stint, Teacher
from xqhz_desktop.store.models.training import Apprentice, Cohort, Placement, PlacementEvent

__all__ = [
    "SCHOOL_NAME",
    "VIEW",
    "Action",
    "Agreement",
    "Alternation",
    "Apprentice",
    "ApprenticeEvent",
    "Attachment",
    "AuditEntry",
    "Batch",
    "BatchCheck",
    "BatchFirm",
    "Booking",
    "CalendarDay",
    "Certificate",
    "Change",
    "Cohort",
    "Contact",
    "Course",
    "CurrentAction",
    "Department",
    "Draft",
    "Due",
    "Firm",
    "FirmName",
    "FirmStatus",
    "Guardian",
    "Handout",
    "HeadingMapping",
    "Incident",
    "Layout",
    "Major",
    "Mentorship",
    "Model",
    "PartTimer",
    "Placement",
    "PlacementEvent",
    "Post",
    "PutOff",
    "QuarantinedRow",
    "Recruitment",
    "Remedy",
    "Review",
    "SchoolClass",
    "SchoolTerm",
    "Setting",
    "Source",
    "Stint",
    "Student",
    "TargetRow",
    "Teacher",
    "TrainingBase",
    "User",
    "Visit",
    "Word",
]
