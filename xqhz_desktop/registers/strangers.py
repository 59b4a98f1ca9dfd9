"""Headings of papers that are no register: marks, dormitories, wages, attendance, tallies.

A list of award winners names students, too; what else it asks gives it away.
"""

import re

_STRANGE = re.compile(
    "宿舍|寝室|床位|入住|银行|卡号|金额|经费|保额|保费|保险|应发|扣款|扣除|课时费|工资|薪|津贴"
    "|获奖|奖项|赛项|名次|排名|总分|平均分|得分|语文|数学|英语|绩点|补考|监考|考场|座号|准考证"
    "|出勤|请假|迟到|早退|旷课|缺勤|签到|签名|领取|就业|升学|参会|主持|走访|教材|出版社|单价|数量"
    "|规格|型号|助学金|奖学金|处分|体检|占比|比例|率$|(人|次|家|项|份)数$|人次"
)


def strange(heading: str) -> bool:
    """Whether a heading that no field took speaks of another matter than any register's."""
    return _STRANGE.search(heading) is not None
