"""Invented names, telephones and courses."""

import random

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕张孔曹严华金魏陶姜戚谢邹章苏潘葛范彭"
RARE = ("欧阳", "司徒", "单", "仇", "曾", "翟")
MALE = "国栋文韬子轩志强浩然一鸣俊杰泽宇家豪明远"
FEMALE = "雨桐思涵静怡佳琪若曦梦洁晓燕欣妍玉珍海霞"
MINORITY = ("木拉提·阿不都", "古丽娜尔·吐尔逊", "阿依努尔·买买提")
ODD = ("马䶮", "刘喆", "陈堃")

COMMON_COURSES = (("公共基础课", "语文", 180, 18), ("公共基础课", "数学", 132, 12),
                  ("公共基础课", "体育与健康", 30, 150))  # fmt: skip
MAJOR_COURSES = {
    "焊接技术应用": ("金属材料与热处理", "焊条电弧焊", "气体保护焊", "焊接检验", "焊工考证训练"),
    "会计事务": ("基础会计", "企业财务会计", "税费计算与缴纳", "会计电算化", "出纳业务操作"),
}


def name(rng: random.Random, male: bool) -> str:
    """A name of two, three or (rarely) many characters."""
    chance = rng.random()
    if chance < 0.03:
        return rng.choice(MINORITY)
    if chance < 0.05:
        return rng.choice(ODD)
    surname = rng.choice(RARE) if chance < 0.1 else rng.choice(SURNAMES)
    given = MALE if male else FEMALE
    return surname + "".join(rng.choice(given) for _ in range(rng.choice((1, 2, 2))))


def phone(rng: random.Random) -> str:
    """Eleven digits with a prefix that nobody was given."""
    return rng.choice(("154", "169", "179")) + f"{rng.randrange(10**8):08d}"


def courses(rng: random.Random, major: str) -> list[tuple[str, str, int, int]]:
    """Category, name, theory and practice hours of a teaching plan."""
    made = list(COMMON_COURSES)
    for course in MAJOR_COURSES[major]:
        total = rng.choice((72, 108, 144))
        practice = total * rng.choice((30, 40, 50, 60)) // 100
        made.append(("专业技能课", course, total - practice, practice))
    made.append(("综合实践", "岗位实习", 0, 540))
    return made
