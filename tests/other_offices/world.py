"""A small invented cooperation office, whole and right, with every edge of the rules planted."""

import datetime as dt
import random
from typing import Any

from tests.other_offices import bookings, people, placements
from tests.other_offices.rows import INTAKES, SLOTS, YEARS, Row, id_number, uscc

D = dt.date
MAJORS = {
    "焊接技术应用": ("660104", "焊接", ("焊工", "铆工", "无损检测员助理")),
    "会计事务": ("730301", "会计", ("记账员", "出纳助理", "报税员")),
}
FIRMS = (
    # name, staff, kind: the first four are for the share of interns, 15 has no placements
    ("滨河市金铆焊接装备有限公司", 30, "民营"),
    ("滨河市金铆焊接装备科技有限公司", 39, "民营"),
    ("滨河市金铆焊接装备股份有限公司", 15, "股份制"),
    ("东岭压力容器制造有限责任公司", 15, "国有"),
    ("滨河众算财税服务有限公司", 46, "民营"),
    ("华砚（滨河）代理记账有限公司", 380, "外商投资"),
    ("滨河市蓝桥钢结构有限公司", 1260, "国有"),
    ("启衡会计师事务所（普通合伙）", 85, "民营"),
    ("滨河远舟船舶配件有限公司", 210, "民营"),
    ("滨河明账信息科技有限公司", 64, "民营"),
    ("东岭轨道车辆部件有限公司", 920, "国有"),
    ("滨河市惠农供销连锁有限公司", 150, "集体"),
    ("滨河北港重工有限责任公司", 2300, "国有"),
    ("聚诚（东岭）人力资源有限公司", 120, "民营"),
    ("滨河市天平税务师事务所有限公司", 72, "民营"),
    ("东岭海川管道工程有限公司", 260, "民营"),
)
OUTSIDERS = ("南塘镇老周电焊铺", "青屿海工维修部", "临港顺达便民超市")
# firm, signed, from, to: validity on 31 December and on the first day of a placement
EDGE_AGREEMENTS = (
    (1, D(2019, 8, 20), D(2019, 9, 1), D(2021, 12, 31)),
    (1, D(2022, 3, 1), D(2022, 3, 1), D(2022, 12, 30)),
    (2, D(2021, 9, 10), D(2021, 9, 1), D(2024, 8, 31)),
    (3, D(2020, 1, 1), D(2020, 1, 1), D(2021, 8, 31)),
    (3, D(2021, 12, 31), D(2021, 12, 31), D(2025, 12, 31)),
    (5, D(2022, 1, 4), D(2021, 9, 1), D(2023, 6, 30)),
    (8, D(2018, 6, 1), D(2018, 7, 1), D(2021, 6, 30)),
)
USUAL_AGREEMENTS = (0, 0, 2, 4, 4, 6, 6, 9, 9, 10, 11, 12, 12, 13, 13, 14, 0, 6)


class World:
    """All rows of the office by register, made from a seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.rows: dict[str, list[Row]] = {}
        self.order = 0
        self.firms()
        self.agreements()
        self.teachers()
        self.students()
        self.apprentices()
        self.bases()
        self.courses()

    def add(self, kind: str, /, edge: bool = False, **values: Any) -> Row:
        """One more row of a register."""
        row = Row(kind, {"note": "", **values}, edge)
        self.rows.setdefault(kind, []).append(row)
        return row

    def person(self, birth: D) -> dict[str, Any]:
        """A name, sex and ID number for somebody born on that day."""
        self.order = (self.order + self.rng.randrange(1, 9)) % 900
        area = self.rng.choice(("370600", "410100", "210200"))
        idn = id_number(area, birth, self.order + 50)
        male = int(idn[16]) % 2 == 1
        return {
            "name": people.name(self.rng, male),
            "sex": "男" if male else "女",
            "idn": idn,
            "birth": birth,
        }

    def day(self, first: int, last: int) -> D:
        """Some day of the years from first to last."""
        return D(first, 1, 1) + dt.timedelta(self.rng.randrange(365 * (last - first + 1)))

    def firms(self) -> None:
        """Partners, and three firms that are none."""
        for n, (name, staff, kind) in enumerate(FIRMS):
            majors = list(MAJORS)[n % 2]
            self.add(
                "firm",
                edge=n < 4,
                name=name,
                uscc=uscc(self.rng.choice(("370600", "210200")), self.rng),
                kind=kind,
                ind=self.rng.choice(("C3311", "C3424", "L7241", "L7243")),
                district=self.rng.choice(("港东区", "东岭县", "滨北区")),
                staff=staff,
                contact=people.name(self.rng, True),
                phone=people.phone(self.rng),
                majors=majors,
                form=self.rng.choice(("订单培养", "共建基地", "接收实习", "现代学徒制")),
                year=2018 + n % 4,
            )

    def agreements(self) -> None:
        """Agreements that are in force, not yet, no longer, or signed too late."""
        usual = [(f, D(2018 + n % 3, 6, 20), D(2018 + n % 3, 7, 1), D(2024, 6, 30)) for n, f in
                 enumerate(USUAL_AGREEMENTS)]  # fmt: skip
        for n, (firm, sign, start, end) in enumerate((*EDGE_AGREEMENTS, *usual)):
            self.add(
                "agreement",
                edge=n < len(EDGE_AGREEMENTS),
                code=f"XQ{start.year}-{n + 1:03d}",
                firm=self.rows["firm"][firm],
                sign=sign,
                start=start,
                end=end,
                content=self.rng.choice(("共建实训基地", "接收学生岗位实习", "联合培养学徒")),
                owner=people.name(self.rng, False),
            )

    def teachers(self) -> None:
        """Teachers, part-timers and practice stints."""
        types = ("专业课教师",) * 8 + ("实习指导教师",) * 3 + ("公共基础课教师",) * 5
        for n, kind in enumerate(types):
            entry = D(1998 + n, 8, 1)
            values = self.person(self.day(1966 + n, 1968 + n))
            self.add(
                "teacher",
                edge=n < 8,
                **values,
                tid=f"{entry.year}{n + 1:03d}",
                edu=self.rng.choice(("本科", "研究生", "大专")),
                title=self.rng.choice(("讲师", "高级讲师", "助理讲师")),
                type=kind,
                major=self.rng.choice(list(MAJORS)),
                entry=entry,
                dual=(kind != "公共基础课教师" and n % 3 != 0) or n == 12,
                leave=None,
            )
        staff = self.rows["teacher"]
        for n, row in enumerate(staff):
            row.v["ddate"] = D(2019 + n % 5, 6, 1) if row.v["dual"] else None
        staff[1].v["ddate"] = D(2021, 12, 31)
        staff[3].v["name"] = staff[2].v["name"]
        staff[6].v["entry"] = D(2022, 12, 31)
        staff[7].v["leave"] = D(2022, 12, 31)
        staff[13].v["leave"] = D(2023, 7, 31)
        for row in staff:
            row.v["status"] = "调出" if row.v["leave"] else "在职"
        self.part_timers()
        self.stints()

    def part_timers(self) -> None:
        """Part-time teachers whose terms touch the last day of a year."""
        terms = (
            (D(2021, 12, 31), D(2022, 12, 31)),
            (D(2020, 9, 1), D(2022, 12, 30)),
            (D(2021, 9, 1), D(2024, 8, 31)),
            (D(2022, 3, 1), D(2024, 2, 29)),
            (D(2020, 3, 1), D(2023, 2, 28)),
            (D(2022, 9, 1), D(2025, 8, 31)),
            (D(2023, 3, 1), D(2024, 2, 29)),
            (D(2021, 3, 1), D(2024, 2, 29)),
            (D(2022, 9, 1), D(2024, 8, 31)),
        )
        for n, (start, end) in enumerate(terms):
            values = self.person(self.day(1970, 1990))
            self.add(
                "part_timer",
                edge=n < 3,
                **values,
                unit=self.rng.choice(self.rows["firm"][4:]),
                title=self.rng.choice(("技师", "高级技师", "会计师")),
                course=self.rng.choice(("焊条电弧焊", "成本核算", "纳税实务")),
                start=start,
                end=end,
                hours=self.rng.choice((4, 6, 8)),
            )

    def stints(self) -> None:
        """Practice that comes to 180 days, just not, only by counting twice, or elsewhere."""
        long = dt.timedelta
        edges = (
            (0, D(2020, 3, 1), 100, True), (0, D(2021, 7, 1), 80, True),
            (1, D(2020, 3, 1), 100, True), (1, D(2021, 7, 1), 79, True),
            (2, D(2021, 1, 10), 120, True), (2, D(2021, 4, 10), 90, True),
            (3, D(2018, 11, 1), 180, True), (3, D(2022, 7, 5), 40, True),
            (4, D(2021, 3, 1), 153, True), (4, D(2022, 7, 8), 44, False),
            (5, D(2016, 12, 20), 300, True), (6, D(2022, 12, 20), 180, True),
            (7, D(2019, 2, 1), 200, True),
        )  # fmt: skip
        for n, start, count, passed in edges:
            self.stint(n, start, start + long(count - 1), passed, edge=True)
        for n in (*range(8, 11), 8, 9, 10, 0, 4, 5, 11, 12, 13, 14, 8, 9, 10):
            start = D(self.rng.choice((2018, 2019, 2020, 2022, 2023)), 7, self.rng.randrange(2, 9))
            self.stint(n, start, start + long(self.rng.randrange(24, 75)), True)

    def stint(self, n: int, start: D, end: D, passed: bool, edge: bool = False) -> Row:
        """One stint of the n-th teacher."""
        teacher = self.rows["teacher"][n]
        return self.add(
            "stint",
            edge,
            tid=teacher.v["tid"],
            name=teacher.v["name"],
            major=teacher.v["major"],
            firm=self.rng.choice(self.rows["firm"]),
            job=self.rng.choice(("跟班实践", "技术服务", "工艺学习")),
            start=start,
            end=end,
            days=(end - start).days + 1,
            form=self.rng.choice(("假期", "脱产")),
            passed=passed,
        )

    def student(self, intake: int, major: str, birth: D | None = None, edge: bool = False) -> Row:
        """One student of a class; sixteen well before any placement unless a birthday is given."""
        born = birth or self.day(intake - 16, intake - 16)
        code, short, _ = MAJORS[major]
        count = len(self.rows.get("student", ()))
        values = self.person(born)
        return self.add(
            "student",
            edge,
            **values,
            sid=f"{intake}{code[:4]}{count + 1:03d}",
            nation=self.rng.choice(("汉族", "汉族", "汉族", "回族", "满族")),
            mcode=code,
            major=major,
            cls=f"{intake}级{major}1班",
            short_cls=f"{intake % 100}{short}1班",
            intake=intake,
            enter=D(intake, 9, 1),
            registered=self.rng.random() > 0.06,
            phone=people.phone(self.rng),
        )

    def students(self) -> None:
        """Three intakes of two classes, and their placements."""
        for intake in INTAKES:
            for major in MAJORS:
                for _ in range(15):
                    self.student(intake, major)
        placements.place(self)

    def apprentices(self) -> None:
        """Two cohorts; a contract ends, begins or is missing on the day that counts."""
        for number, intake in enumerate((2019, 2020)):
            start, end = D(intake + 1, 9, 1), D(intake + 3, 6, 30)
            firm = self.rows["firm"][(10, 12)[number]]
            for n in range(15):
                student = self.student(intake, "焊接技术应用")
                values = {k: student.v[k] for k in ("name", "idn", "sid", "cls", "sex")}
                row = self.add(
                    "apprentice",
                    edge=n < 8,
                    **values,
                    registered=n != 3,
                    firm=firm,
                    cohort=f"{intake}级焊接学徒{number + 1}班",
                    intake=intake,
                    cno=f"LDHT{intake + 1}{n + 1:03d}",
                    csign=start,
                    cend=end,
                    wno=f"{number + 1}{n + 101}",
                    job=self.rng.choice(MAJORS["焊接技术应用"][2]),
                    start=start,
                    end=end,
                    mentor=people.name(self.rng, True),
                    tutor=self.rng.choice(self.rows["teacher"]).v["name"],
                    pay=self.rng.choice((1800, 2150, 2600)),
                )
                student.v["registered"] = row.v["registered"]
                row.v.update(_apprentice_edge(n, start))

    def bases(self) -> None:
        """Training bases and three years of bookings."""
        for n, (name, kind) in enumerate(
            (("焊接实训车间", "校内"), ("财税综合实训室", "校内"), ("智能焊接公共实训基地", "公共"),
             ("校企协同创新工坊", "校企共建"))
        ):  # fmt: skip
            self.add(
                "base",
                True,
                code=f"B{n + 1:03d}",
                name=name,
                kind=kind,
                place=f"{n + 1}号实训楼{n + 2}01",
                seats=(40, 56, 80, 24)[n],
                major=list(MAJORS)[n % 2],
                owner=self.rng.choice(self.rows["teacher"]).v["name"],
            )
        for year in YEARS:
            bookings.book(self, year, list(SLOTS))

    def courses(self) -> None:
        """Teaching plans; one is exactly half practice, one is under it."""
        for intake in INTAKES:
            for major in MAJORS:
                wanted = {(2019, "会计事务"): 0, (2020, "会计事务"): -1}.get((intake, major), 200)
                self.plan(intake, major, wanted)

    def plan(self, intake: int, major: str, more: int) -> None:
        """One teaching plan whose practice hours are half of all and `more` than that."""
        made: list[Row] = []
        for cat, name, theory, practice in people.courses(self.rng, major):
            made.append(
                self.add(
                    "course",
                    intake=intake,
                    major=major,
                    cat=cat,
                    course=name,
                    total=theory + practice,
                    theory=theory,
                    practice=practice,
                    exam=self.rng.choice(("考试", "考查")),
                    term=self.rng.randrange(1, 6),
                )
            )
        last = made[-1]
        last.edge = True
        theory = sum(r.v["theory"] for r in made)
        last.v["practice"] += theory - sum(r.v["practice"] for r in made) + more
        last.v["total"] = last.v["practice"] + last.v["theory"]
        if more <= 0:
            for row in made:
                row.edge = True


def _apprentice_edge(n: int, start: D) -> dict[str, Any]:
    """What is special about the n-th apprentice of a cohort."""
    year = start.year + 1
    edges: dict[int, dict[str, Any]] = {
        0: {"cend": D(year, 12, 31)},
        1: {"cend": D(year, 12, 30)},
        2: {"csign": D(year, 12, 31)},
        4: {"cno": None, "csign": None, "cend": None},
        5: {"end": D(year, 12, 31)},
        6: {"end": D(year, 12, 30)},
        7: {"csign": D(year + 1, 1, 1)},
    }
    return edges.get(n, {})
