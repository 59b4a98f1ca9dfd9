"""The right answers about an office, from its rows and the damage done to them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import Any

import chinese_calendar

from tests.other_offices.bookings import overlap
from tests.other_offices.rows import INTAKES, SLOTS, WORKING_TIME, YEARS, Row, days
from tests.other_offices.world import MAJORS, World

D = dt.date
FUNCTIONS = ("技能实训", "技能培训", "技能鉴定", "技能大赛")
AUDIENCES = ("在校学生", "企业职工", "城乡劳动者")


def rate(top: float, bottom: float) -> float | None:
    """Half up to four decimals; None over nothing."""
    if not bottom:
        return None
    quotient = Decimal(str(top)) / Decimal(str(bottom))
    return float(quotient.quantize(Decimal("0.0001"), ROUND_HALF_UP))


def minutes(rows: Iterable[Row]) -> int:
    """Booked minutes; what is booked twice counts twice."""
    return sum(end - start for row in rows for start, end in SLOTS[row.v["slot"]])


class Truth:
    """What an importer must show of one office."""

    def __init__(self, world: World) -> None:
        self.rows = {k: [r for r in rows if not r.bad] for k, rows in world.rows.items()}
        self.all = world.rows
        self.violations: dict[str, list[dict[str, Any]]] = {}

    def json(self) -> dict[str, Any]:
        """The whole of truth.json, in the shape that score.py reads."""
        shown = {
            "by_school_year": {f"{y}-{y + 1}": self.school_year(y) for y in YEARS},
            "by_year": {str(y): self.year(y) for y in YEARS},
            "practice_share": {f"{i}级": self.practice_share(i) for i in INTAKES},
        }
        self.find_violations()
        doubles = {str(y): [[a.at, b.at] for a, b in self.double_bookings(y)] for y in YEARS}
        return {
            "workbooks": self.workbooks(),
            "indicators": {"as_imported": shown},
            "violations": self.violations,
            "double_bookings": doubles,
        }

    def workbooks(self) -> dict[str, Any]:
        """Valid rows, bad rows and warnings of each file."""
        books: dict[str, Any] = {}
        for row in (r for rows in self.all.values() for r in rows):
            at = row.at
            book = books.setdefault(at["file"], {"valid_rows": 0, "bad": [], "warnings": []})
            book["valid_rows"] += not row.bad
            for name, flaws in (("bad", row.bad), ("warnings", row.warned)):
                book[name] += [
                    {"sheet": at["sheet"], "row": at["row"], "column": f.key, "reason": f.reason}
                    for f in flaws
                ]
        return dict(sorted(books.items()))

    # -------------------------------------------------------------- internships

    def placements(self, year: int) -> list[Row]:
        """Those that begin in a school year, in order of their start."""
        found = [r for r in self.rows["placement"] if D(year, 9, 1) <= r.v["start"]]
        found = [r for r in found if r.v["start"] <= D(year + 1, 8, 31)]
        return sorted(found, key=lambda r: r.v["start"])

    def school_year(self, year: int) -> dict[str, Any]:
        """Indicators 1 to 3."""
        rows = self.placements(year)
        last = {r.v["idn"]: r for r in rows}
        arranged = sum(r.known("arr") == "集中" for r in last.values())
        matched = sum(r.known("match") is True for r in last.values())
        return {
            "internship_students": len(last),
            "concentrated_rate": rate(arranged, len(last)),
            "matched_rate": rate(matched, len(last)),
        }

    # -------------------------------------------------------------- calendar years

    def year(self, year: int) -> dict[str, Any]:
        """Indicators 4 to 12."""
        return self.staff(year) | self.partners(year) | self.base_use(year)

    def teachers(self, year: int) -> list[Row]:
        """Full-time teachers on 31 December."""
        day = D(year, 12, 31)
        here = [r for r in self.rows["teacher"] if r.v["entry"] <= day]
        return [r for r in here if r.v["leave"] is None or r.v["leave"] > day]

    def practised(self, staff_no: str, year: int) -> int:
        """Distinct days of accepted practice in five years up to the end of this one."""
        window = (D(year - 4, 1, 1), D(year, 12, 31))
        found: set[dt.date] = set()
        for row in self.rows["stint"]:
            if row.v["tid"] == staff_no and row.v["passed"]:
                found |= days(max(row.v["start"], window[0]), min(row.v["end"], window[1]))
        return len(found)

    def staff(self, year: int) -> dict[str, Any]:
        """Teachers, their practice and certificates, part-timers."""
        day = D(year, 12, 31)
        full = self.teachers(year)
        professional = [r for r in full if r.v["type"] != "公共基础课教师"]
        practised = sum(self.practised(r.v["tid"], year) >= 180 for r in professional)
        dual = [r for r in full if r.v["dual"] and r.v["ddate"] <= day]
        dual_professional = [r for r in dual if r in professional]
        part = [r for r in self.rows["part_timer"] if r.v["start"] <= day <= r.v["end"]]
        return {
            "fulltime_teachers": len(full),
            "professional_teachers": len(professional),
            "teachers_practice_180_days": practised,
            "teachers_practice_rate": rate(practised, len(professional)),
            "dual_share_of_fulltime": rate(len(dual), len(full)),
            "dual_share_of_professional": rate(len(dual_professional), len(professional)),
            "part_time_share": rate(len(part), len(full)),
        }

    def partners(self, year: int) -> dict[str, Any]:
        """Apprentices and partner firms."""
        day = D(year, 12, 31)
        training = self.apprentices(year)
        dual = [r for r in training if two_identities(r, day)]
        held = [f for f in self.rows["firm"] if self.agreed(f, day)]
        return {
            "apprentices_in_training": len(training),
            "apprentices_dual_identity": len(dual),
            "dual_identity_rate": rate(len(dual), len(training)),
            "partner_firms": len(self.rows["firm"]),
            "firms_with_valid_agreement": len(held),
        }

    def apprentices(self, year: int) -> list[Row]:
        """Those in training on 31 December."""
        day = D(year, 12, 31)
        return [r for r in self.rows["apprentice"] if r.v["start"] <= day <= r.v["end"]]

    def agreed(self, firm: Row, day: dt.date) -> bool:
        """Whether a firm has an agreement in force and signed on a day."""
        return any(
            a.v["firm"] is firm and a.v["sign"] <= day and a.v["start"] <= day <= a.v["end"]
            for a in self.rows["agreement"]
        )

    # -------------------------------------------------------------- bases

    def booked(self, year: int) -> list[Row]:
        """Bookings of a year that were not cancelled."""
        rows = self.rows["booking"]
        return [r for r in rows if r.v["date"].year == year and not r.v["cancelled"]]

    def base_use(self, year: int) -> dict[str, Any]:
        """Hours by function and audience, use of the working time, double bookings."""
        rows = self.booked(year)
        first = D(year, 1, 1)
        working = {d for d in days(first, D(year, 12, 31)) if chinese_calendar.is_workday(d)}
        used = {b.v["code"]: used_minutes(rows, b, working) for b in self.rows["base"]}
        offered = len(working) * 480

        def hours(**wanted: str) -> float:
            return minutes(r for r in rows if wanted.items() <= r.v.items()) / 60

        return {
            "bookings": len(rows),
            "booked_hours": hours(),
            "booked_hours_by_function": {f: hours(func=f) for f in FUNCTIONS},
            "booked_hours_by_audience": {a: hours(aud=a) for a in AUDIENCES},
            "booked_hours_by_function_and_audience": {
                f: {a: hours(func=f, aud=a) for a in AUDIENCES} for f in FUNCTIONS
            },
            "utilisation_overall": rate(sum(used.values()), offered * len(used)),
            "utilisation_by_base": {code: rate(n, offered) for code, n in used.items()},
            "double_booking_pairs": len(self.double_bookings(year)),
        }

    def double_bookings(self, year: int) -> list[tuple[Row, Row]]:
        """Pairs of one base and day that overlap."""
        groups: dict[Any, list[Row]] = defaultdict(list)
        for row in self.booked(year):
            groups[row.v["base"].v["code"], row.v["date"]].append(row)
        pairs = (p for rows in groups.values() for p in combinations(rows, 2))
        return [p for p in pairs if overlap(*p)]

    # -------------------------------------------------------------- teaching plans

    def practice_share(self, intake: int) -> dict[str, Any]:
        """Indicator 13 of one intake."""
        by_major = {m: self.share(intake, (m,)) for m in MAJORS}
        return {"overall": self.share(intake, tuple(MAJORS)), "by_major": by_major}

    def share(self, intake: int, majors: tuple[str, ...]) -> dict[str, Any]:
        """Hours of all valid courses of some majors."""
        plans = [r.v for r in self.rows["course"] if r.v["intake"] == intake]
        plans = [v for v in plans if v["major"] in majors]
        total, practice = sum(v["total"] for v in plans), sum(v["practice"] for v in plans)
        return {"total": total, "practice": practice, "share": rate(practice, total)}

    # -------------------------------------------------------------- violations

    def add(self, rule: str, row: Row, **more: Any) -> None:
        """A finding on a row."""
        self.violations.setdefault(rule, []).append(row.at | more)

    def find_violations(self) -> None:
        """Every rule of section 5; a rule that nothing breaks is there with an empty list."""
        self.violations = {
            rule: []
            for rule in (
                "under_16", "first_year", "no_agreement", "no_insurance", "night_shift",
                "pay_below_80pct", "shorter_than_180_days", "firm_over_10pct",
                "firm_without_valid_agreement", "firm_not_a_partner", "teacher_under_180_days",
                "apprentice_without_dual_identity", "major_practice_below_50pct",
            )
        }  # fmt: skip
        for year in YEARS:
            name = f"{year}-{year + 1}"
            for row in self.placements(year):
                for rule in [r for r, broken in self.row_rules(row).items() if broken]:
                    self.add(rule, row, school_year=name)
            self.short_stays(year, name)
            self.crowded_firms(year, name)
            self.yearly(year)
        self.violations["major_practice_below_50pct"] = [
            {"intake": i, "major": m}
            for i in INTAKES
            for m in MAJORS
            if (s := self.share(i, (m,)))["practice"] * 2 < s["total"]
        ]

    def row_rules(self, row: Row) -> dict[str, bool]:
        """The rules that look at one placement alone."""
        v, birth = row.v, dt.date.fromisoformat(_birth(row.v["idn"]))
        pay, ref, firm = row.known("pay"), row.known("ref"), v["firm"]
        outside = isinstance(firm, str)
        return {
            "under_16": birth.replace(year=birth.year + 16) > v["start"],
            "first_year": v["start"] < D(v["intake"] + 1, 9, 1),
            "no_agreement": row.known("agree") is False,
            "no_insurance": row.known("ins") is False,
            "night_shift": row.known("night") is True,
            "pay_below_80pct": None not in (pay, ref) and pay * 5 < ref * 4,
            "firm_not_a_partner": outside,
            "firm_without_valid_agreement": not outside
            and not firm.bad
            and not self.agreed(firm, v["start"]),
        }

    def short_stays(self, year: int, name: str) -> None:
        """Students under 180 days in a school year, named at their last row."""
        seen: dict[str, set[dt.date]] = defaultdict(set)
        last: dict[str, Row] = {}
        for row in self.placements(year):
            seen[row.v["idn"]] |= days(row.v["start"], row.v["end"])
            last[row.v["idn"]] = row
        for idn, row in last.items():
            if len(seen[idn]) < 180:
                self.add("shorter_than_180_days", row, school_year=name)

    def crowded_firms(self, year: int, name: str) -> None:
        """Partners with more interns at once than a tenth of their staff."""
        rows = self.placements(year)
        for firm in self.rows["firm"]:
            here = [r.v for r in rows if r.v["firm"] is firm]
            staff = firm.known("staff")
            peak = max((present(here, v["start"]) for v in here), default=0)
            if staff is not None and peak * 10 > staff:
                self.add("firm_over_10pct", firm, school_year=name)

    def yearly(self, year: int) -> None:
        """Teachers short of practice, apprentices short of an identity."""
        for row in self.teachers(year):
            if row.v["type"] != "公共基础课教师" and self.practised(row.v["tid"], year) < 180:
                self.add("teacher_under_180_days", row, year=year)
        for row in self.apprentices(year):
            if not two_identities(row, D(year, 12, 31)):
                self.add("apprentice_without_dual_identity", row, year=year)


def _birth(idn: str) -> str:
    return f"{idn[6:10]}-{idn[10:12]}-{idn[12:14]}"


def two_identities(row: Row, day: dt.date) -> bool:
    """Registered at school and under a labour contract on that day."""
    v = row.v
    return bool(v["registered"] and v["cno"] and v["csign"] <= day <= v["cend"])


def present(rows: list[dict[str, Any]], day: dt.date) -> int:
    """Different interns present on a day."""
    return len({v["idn"] for v in rows if v["start"] <= day <= v["end"]})


def used_minutes(rows: list[Row], base: Row, working: set[dt.date]) -> int:
    """Minutes of working time in which a base is booked at least once."""
    used = {
        (r.v["date"], minute)
        for r in rows
        if r.v["base"] is base and r.v["date"] in working
        for start, end in SLOTS[r.v["slot"]]
        for minute in range(start, end)
    }
    return sum(any(a <= m < b for a, b in WORKING_TIME) for _, m in used)
