"""Other names of fields and words of lists: each means one thing."""

import pytest

from xqhz_desktop.registers.catalogue import IMPORTED
from xqhz_desktop.registers.concepts import concepts, likeness, understood
from xqhz_desktop.registers.kinds import Register
from xqhz_desktop.registers.words import LISTS, meaning
from xqhz_desktop.services.workbooks.headings import normal

EVERY = pytest.mark.parametrize("register", IMPORTED, ids=lambda r: r.name)


@EVERY
def test_a_heading_names_one_field_of_a_register(register: Register) -> None:
    meant: dict[str, set[str]] = {}
    for field in register.fields:
        for heading in (field.label, *field.aliases.split()):
            meant.setdefault(normal(heading, brackets=True), set()).add(field.name)
    assert {heading: names for heading, names in meant.items() if len(names) > 1} == {}


@EVERY
def test_no_heading_of_a_register_is_empty_once_its_marks_are_gone(register: Register) -> None:
    headings = [word for field in register.fields for word in field.aliases.split()]
    assert [word for word in headings if not normal(word, brackets=True)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("实习起始日期", "实习开始时间"),
        ("校方带队老师", "学校指导教师"),
        ("哪天签的", "签订日期"),
        ("理论学时", "理论课时数"),
        ("实践多少学时", "实训课时"),
    ],
)
def test_two_ways_of_saying_one_thing_mean_the_same(one: str, other: str) -> None:
    assert concepts(one) == concepts(other)
    assert likeness(concepts(one), concepts(other)) == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("企业名称", "专业名称"),
        ("家长电话", "学生电话"),
        ("签订日期", "到期日期"),
        ("性别", "民族"),
    ],
)
def test_two_things_do_not_mean_the_same(one: str, other: str) -> None:
    assert likeness(concepts(one), concepts(other)) == 0.0


def test_a_subject_of_its_own_register_adds_nothing_and_another_one_does() -> None:
    plain, of_firm = concepts("联系人电话"), concepts("企业联系人电话")
    assert likeness(plain, of_firm) == 0.0
    assert likeness(plain, of_firm, entity=concepts("企业")) > 0.5


def test_what_no_word_of_the_lexicon_explains_is_not_understood() -> None:
    assert understood("实习开始时间")
    assert not understood("量子态")


@pytest.mark.parametrize("name", LISTS)
def test_no_word_of_a_list_has_two_meanings(name: str) -> None:
    for word, said in LISTS[name].exact.items():
        assert meaning(name, word) == said


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("yes_no", "是 √ 有 已签 已投保 Y 1 已办 已签订 签了 买了 学校统一购买 已购买(平安) 有保险",
         "否 × 无 未签 未投保 N 0 未签订 没签 还没签 没有 待办 办理中 未购买"),
        ("night", "是 有 夜班 白班/夜班 两班倒 上", "否 无 白班 不上"),
        ("matched", "是 对口 √ 基本对口 相近 相关", "否 不对口 × 不相关"),
        ("dual", "是 双师型 具备 中级", "否 不是 非双师 不具备"),
        ("registered", "已注册 在籍 正常 1-在籍 在册", "未注册 休学 退学 2-休学 不在籍 没有"),
    ],
)  # fmt: skip
def test_plain_words_mean_yes_or_no(name: str, yes: str, no: str) -> None:
    assert {word: meaning(name, word) for word in yes.split()} == dict.fromkeys(yes.split(), True)
    assert {word: meaning(name, word) for word in no.split()} == dict.fromkeys(no.split(), False)


@pytest.mark.parametrize(
    ("name", "said", "words"),
    [
        ("arrangement", "集中", "集中 集中安排 学校统一安排 集中实习 企业推荐 学校安排的"),
        ("arrangement", "集中", "1-学校统一安排 3-校企合作安排"),
        ("arrangement", "自主", "自主 自己联系 自主联系 分散 2-学生自主选择 自己找的"),
        ("function", "技能实训", "技能实训 实训 学生实训 上实训课"),
        ("function", "技能培训", "技能培训 培训 职工培训 岗位培训"),
        ("function", "技能鉴定", "技能鉴定 鉴定 职业技能等级认定 考证"),
        ("function", "技能大赛", "技能大赛 大赛 技能竞赛 大赛集训"),
        ("audience", "在校学生", "在校学生 学生 在校生 1-在校学生"),
        ("audience", "企业职工", "企业职工 企业员工 职工"),
        ("audience", "城乡劳动者", "城乡劳动者 社会人员 农民工 下岗失业人员 退役军人"),
        ("category", "专业课教师", "专业课教师 专业课 2-专业课教师"),
        ("category", "实习指导教师", "实习指导教师 实习指导 实训指导教师"),
        ("category", "公共基础课教师", "公共基础课教师 公共基础课 文化课"),
        ("sex", "女", "女 2-女 F"),
    ],
)  # fmt: skip
def test_plain_words_mean_a_choice(name: str, said: str, words: str) -> None:
    assert {word: meaning(name, word) for word in words.split()} == dict.fromkeys(
        words.split(), said
    )


@pytest.mark.parametrize("name", LISTS)
def test_a_word_without_plain_meaning_is_unknown(name: str) -> None:
    assert meaning(name, "呵呵") is None
