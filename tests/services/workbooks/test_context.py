"""What a title, a unit line or a sheet's name says of every row below."""

import pytest

from xqhz_desktop.services.workbooks.context import Context, bare_major, intake_of, read_context


def context(*above: str, sheet: str = "Sheet1") -> Context:
    return read_context(above, sheet)


@pytest.mark.parametrize(
    ("above", "sheet"),
    [
        (["滨河市职业中等专业学校2021级数控技术应用专业教学进程表"], "Sheet1"),
        (["2021级人才培养方案", "专业：数控技术应用"], "Sheet1"),
        (["数控技术应用专业（2021级）教学计划"], "表2"),
        (["教学进程安排表", "适用年级：2021级　　适用专业：数控技术应用"], "Sheet1"),
        (["教学进程表", "专业名称：数控技术应用（三年制）  年级：2021级  学制：3年"], "Sheet1"),
        (["2021级教学进程表"], "数控技术应用"),
        (["教学进程表"], "2021级数控技术应用"),
        (["教学进程表"], "数控技术应用(2021级)"),
        (["滨河职专机电部2021级数控技术应用专业实施性教学计划"], "Sheet2"),
        (["数控技术应用2021级课程设置与教学时间安排"], "Sheet1"),
        (["（数控技术应用专业  2021级）"], "Sheet1"),
        (["附件2", "2021级数控技术应用专业课程设置及学时分配一览表"], "Sheet1"),
        (["2021级教学计划（修订稿）"], "数控技术应用"),
        (["2021级教学进程表（数控技术应用）"], "Sheet1"),
    ],
)
def test_a_plan_says_its_intake_and_major(above: list[str], sheet: str) -> None:
    found = read_context(above, sheet)
    assert (found.intake, found.major) == (2021, "数控技术应用")


@pytest.mark.parametrize("sheet", ["Sheet1", "学生", "学生名册", "花名册", "3月", "2023", "名单2"])
def test_a_plain_sheet_name_is_no_major_and_no_cohort(sheet: str) -> None:
    found = context("学生基本信息表", sheet=sheet)
    assert (found.major, found.cohort) == (None, None)


def test_only_a_title_says_the_major_of_students() -> None:
    assert context("学生名册", sheet="机电楼").titled_major is None
    assert context("2021级数控技术应用专业学生名册").titled_major == "数控技术应用"


@pytest.mark.parametrize(
    ("above", "sheet"),
    [
        (["2021级数控1班学生名册"], "Sheet1"),
        (["学生花名册", "班级：2021级数控1班　班主任：许文静"], "Sheet1"),
        (["学生花名册", "班级：2021级数控1班（45人）"], "Sheet1"),
        (["学生花名册"], "2021级数控1班"),
    ],
)
def test_a_roster_says_its_class(above: list[str], sheet: str) -> None:
    assert read_context(above, sheet).class_name == "2021级数控1班"


def test_a_unit_line_says_the_class_teacher() -> None:
    assert context("学生花名册", "班级：21数控1班　班主任：许文静").class_teacher == "许文静"


@pytest.mark.parametrize(
    ("above", "sheet"),
    [
        (["滨河职专2021级数控学徒1班花名册"], "Sheet1"),
        (["现代学徒制花名册", "学徒班：2021级数控学徒1班"], "Sheet1"),
        (["现代学徒制学徒花名册"], "2021级数控学徒1班"),
        (["学徒花名册", "班级：2021级数控学徒1班　人数：15"], "Sheet1"),
    ],
)
def test_a_sheet_of_apprentices_says_its_cohort(above: list[str], sheet: str) -> None:
    assert read_context(above, sheet).cohort == "2021级数控学徒1班"


@pytest.mark.parametrize(
    "line",
    [
        "合作企业：甲（滨河）机械有限公司",
        "实习单位：甲（滨河）机械有限公司（盖章）",
        "企业名称：甲（滨河）机械有限公司　联系人：周建国",
        "2021级数控学徒班（合作企业：甲（滨河）机械有限公司）",
        "2021级焊接学徒班与甲（滨河）机械有限公司联合培养名册",
    ],
)
def test_a_title_says_the_firm(line: str) -> None:
    found = context("学徒名册", line).firm
    assert found is not None
    assert found.replace("(", "（").replace(")", "）") == "甲（滨河）机械有限公司"


@pytest.mark.parametrize(
    "line", ["填报单位：滨河职专", "单位：滨河职专", "企业（盖章）", "学徒名册"]
)
def test_the_school_is_not_the_firm(line: str) -> None:
    assert context(line).firm is None


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("2024年3月实训室使用登记", 2024), ("2024年实训基地排期", 2024), ("2024年度使用台账", 2024),
        ("2023-2024学年岗位实习名册", None), ("填报日期：2025年3月1日", None), ("排期表", None),
    ],
)  # fmt: skip
def test_a_title_of_one_year_completes_days_without_one(line: str, year: int | None) -> None:
    assert context(line).year == year


@pytest.mark.parametrize(
    ("text", "intake"),
    [
        ("2021级数控1班", 2021), ("21数控1班", 2021), ("21级数控", 2021), ("2021年秋季入学", 2021),
        ("年级：2021", 2021), ("数控1班", None), ("2024年9月1日", None), ("24.9.1", None),
    ],
)  # fmt: skip
def test_a_class_names_its_intake(text: str, intake: int | None) -> None:
    assert intake_of(text) == intake


@pytest.mark.parametrize(
    "text", ["数控技术应用", "2021级数控技术应用", "数控技术应用专业", "数控技术应用-教学进程表"]
)
def test_a_major_is_named_without_its_paper(text: str) -> None:
    assert bare_major(text) == "数控技术应用"
