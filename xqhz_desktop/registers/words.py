"""Lists of words: what a clerk writes in a cell of choices, and what it means.

Exact words come first; where none fits, the first pattern found in the text decides. A word
without plain meaning is unknown.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from xqhz_desktop.base.text import fold

Meaning = str | bool


@dataclass(frozen=True, slots=True)
class WordList:
    """The words of one list: exact ones, then patterns in order; `blank` is a blank's meaning."""

    exact: Mapping[str, Meaning]
    patterns: tuple[tuple[str, Meaning], ...]
    blank: Meaning | None = None


_YES = "是 √ ✓ ✔ V 有 已签 已投保 已办 已购 Y YES 1 TRUE 对 已交 已缴 齐全 完成 合格 通过 ○"
_NO = "否 × X ✗ ✘ 无 未签 未投保 N NO 0 FALSE 不是 没有 未办 未购 不 缺 ╳"
YES_NO_PATTERNS: tuple[tuple[str, Meaning], ...] = (
    ("办理中|正在|待办|待签|在办|拟|将", False),
    ("^(还|暂|尚|仍|都)?(未|无|没|不|否|缺|免)|(未|没)(签|办|购|买|投|交)|没有", False),
    (
        "^(已|有|是|均|全部|学校|企业|单位|平安|人保|太平洋|国寿)|(签|办|购|买|投|交)(了|好|过|完|妥)|已(签|办|购|买|投|交)"
        "|购买|投保|签订|齐",
        True,
    ),
)


def _exact(pairs: dict[Meaning, str]) -> dict[str, Meaning]:
    return {
        fold(word).upper(): meaning for meaning, words in pairs.items() for word in words.split()
    }


# 八个事先、三个全程、两个及时: what a batch is checked for, as a province's authorities word it.
BATCH_ITEMS = (
    *(
        f"事先{item}"
        for item in (
            "实地考察", "名单公开", "知情同意", "报备", "制定实习方案", "制定安全预案",
            "签订三方协议", "岗前培训",
        )
    ),
    "全程指导",
    "全程管理",
    "全程思想教育",
    "及时考核",
    "及时归档",
)  # fmt: skip

LISTS: dict[str, WordList] = {
    "yes_no": WordList(_exact({True: _YES, False: _NO}), YES_NO_PATTERNS),
    "yes_no_blank_is_no": WordList(_exact({True: _YES, False: _NO}), YES_NO_PATTERNS, False),
    "night": WordList(
        _exact({True: _YES + " 夜班 上 有夜班 安排", False: _NO + " 白班 日班 无夜班 不上"}),
        (
            ("^(未|无|没|不|否)|(无|不上|没有|不安排)夜", False),
            ("夜|倒班|三班|两班|有|是|上", True),
            ("白班|日班", False),
        ),
        False,
    ),
    "dual": WordList(
        _exact(
            {
                True: _YES + " 双师 双师型 初级 中级 高级",
                False: _NO + " 非双师 非双师型",
            }
        ),
        (("^(未|无|没|不|否|非)", False), ("双师|已|是|具备|具有|初级|中级|高级", True)),
        False,
    ),
    "matched": WordList(
        _exact(
            {
                True: _YES + " 对口 基本对口 相近 相关 一致 相符 符合 较对口 完全对口",
                False: _NO + " 不对口 不相关 无关 不符 不一致",
            }
        ),
        (
            ("^(不|非|未|无|否|没)|不对口|不相关|无关", False),
            ("对口|相近|相关|相符|一致|符合|接近", True),
        ),
    ),
    "arrangement": WordList(
        _exact(
            {
                "集中": "集中 集中安排 学校统一安排 集中实习 统一 学校安排 校企合作安排",
                "自主": "自主 自己联系 自主联系 分散 自行联系 自找",
            }
        ),
        (
            (
                "自主|自己|自行|自找|自联|自愿联系|分散|个人|学生.*(联系|选择)|家长|亲友|家庭",
                "自主",
            ),
            (
                "集中|统一|学校|校方|推荐|安排|校企|企业|合作|指派|统派|组织|订单|双选",
                "集中",
            ),
        ),
    ),
    "registered": WordList(
        _exact(
            {
                True: "已注册 在籍 正常 注册 在读 在校 有 是 √ 1 Y 已建 有学籍 在册",
                False: "未注册 休学 退学 无 否 × 0 N 无学籍 转出 注销 开除",
            }
        ),
        (
            (
                "未|没|休学|退学|无|不在|转学|转出|注销|开除|取消|流失|离校|停学|肄业|保留",
                False,
            ),
            ("注册|在籍|在读|在校|正常|复学|转入|有|在册", True),
        ),
    ),
    "function": WordList(
        _exact(
            {
                "技能实训": "技能实训 实训 学生实训 教学 实习 教学实训 实训教学 上课 课程实训",
                "技能培训": "技能培训 培训 职工培训",
                "技能鉴定": "技能鉴定 鉴定 职业技能等级认定 技能等级认定 考证 等级认定",
                "技能大赛": "技能大赛 大赛 技能竞赛 竞赛 比赛 集训",
            }
        ),
        (
            ("鉴定|认定|考证|考核|考级|考评|测评|等级考", "技能鉴定"),
            ("大赛|竞赛|比赛|赛|竞技|比武|选拔", "技能大赛"),
            ("培训|进修|轮训|研修|提升", "技能培训"),
            ("实训|实习|教学|上课|课|实操|实验|练习|实践", "技能实训"),
        ),
    ),
    "audience": WordList(
        _exact(
            {
                "在校学生": "在校学生 学生 在校生 本校学生 校内学生",
                "企业职工": "企业职工 企业员工 职工 员工 企业",
                "城乡劳动者": "城乡劳动者 社会人员 农民工 下岗失业人员 社会 居民 农民",
            }
        ),
        (
            (
                "城乡|社会|农民|农村|下岗|失业|退役|居民|村民|待业|求职|转岗|劳动者|再就业|残疾|返乡|进城|移民|待岗|军人|灵活就业",
                "城乡劳动者",
            ),
            ("企业|职工|员工|在职|在岗|工人|学徒", "企业职工"),
            ("学生|在校|本校|中职生|学员|新生|年级|班", "在校学生"),
        ),
    ),
    "category": WordList(
        _exact(
            {
                "专业课教师": (
                    "专业课教师 专业课 专业 专业教师 专业课专任教师 专业理论 专业课老师 专业技能课"
                ),
                "实习指导教师": "实习指导教师 实习指导 实训指导教师 实训指导 实习指导课 实训 实习",
                "公共基础课教师": (
                    "公共基础课教师 公共基础课 公共基础 公共课 文化课 基础课 文化基础课 公共"
                ),
            }
        ),
        (
            ("实习|实训", "实习指导教师"),
            ("公共|文化|基础|思政|德育|语文|数学|英语|体育", "公共基础课教师"),
            ("专业|技能", "专业课教师"),
        ),
    ),
    "sex": WordList(_exact({"男": "男 男性 M 1 男生", "女": "女 女性 F 2 女生"}), ()),
    "cohort_kind": WordList(
        {},
        (("新型学徒", "企业新型学徒制"), ("订单", "订单班"), ("学徒", "现代学徒制")),
    ),
    "batch_kind": WordList(
        _exact({"岗位实习": "岗位实习 顶岗实习 跟岗实习", "认识实习": "认识实习"}), ()
    ),
    "batch_form": WordList(_exact({"集中": "集中", "分段": "分段 分阶段", "提前": "提前"}), ()),
    "batch_item": WordList(_exact({item: item for item in BATCH_ITEMS}), ()),
    "exempt": WordList(
        _exact(
            {
                "升学": "升学 对口升学 高考",
                "参军": "参军 入伍 服兵役",
                "休学": "休学",
                "免修": "免修 免实习",
                "其他": "其他",
            }
        ),
        (),
    ),
    "visit_kind": WordList(_exact({"走访": "走访", "巡查": "巡查 巡视 巡回检查"}), ()),
    "visit_state": WordList(_exact({"正常": "正常 良好", "异常": "异常"}), ()),
    "incident_kind": WordList(_exact({"事故": "事故 伤害", "来电": "来电", "投诉": "投诉"}), ()),
    "alternation_place": WordList(_exact({"学校": "学校 校内", "企业": "企业 单位"}), ()),
    "mentor_side": WordList(
        _exact({"企业师傅": "企业师傅 师傅 企业导师", "学校导师": "学校导师 校内导师 导师"}), ()
    ),
    "apprentice_event": WordList(
        _exact(
            {
                "请假": "请假",
                "中断": "中断 暂停",
                "恢复": "恢复 复学",
                "转出": "转出 转班",
                "退出": "退出 退学 离开",
                "结业": "结业 出师 完成",
            }
        ),
        (),
    ),
}


_CODED = re.compile(r"^\d{1,2}[-.、:_]?(?=\D)")  # a platform's code before its word: 1-是


@lru_cache(maxsize=4096)
def meaning(list_name: str, text: str) -> Meaning | None:
    """What a non-blank word of a list means; None where it has no plain meaning."""
    words = LISTS[list_name]
    word = fold(text).upper()
    if word in words.exact:
        return words.exact[word]
    for bare in (re.sub(r"\(.*?\)", "", word), _CODED.sub("", word)):
        if bare in words.exact:
            return words.exact[bare]
    return next((result for pattern, result in words.patterns if re.search(pattern, word)), None)


def blank_meaning(list_name: str) -> Meaning | None:
    """What a blank cell of a list means; None where it is simply unknown."""
    return LISTS[list_name].blank


@cache
def choices(list_name: str) -> tuple[str, ...]:
    """What a cell of the list may say, in the order in which it is listed; 是 and 否 of a flag."""
    words = LISTS[list_name]
    said = (*words.exact.values(), *(result for _, result in words.patterns))
    meanings = dict.fromkeys(said)
    if True in meanings or False in meanings:
        return ("是", "否")
    return tuple(str(meaning) for meaning in meanings)
