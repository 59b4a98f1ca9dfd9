"""The school's name, learned from the workbooks that it fills in."""

import re
from collections import Counter
from collections.abc import Iterable

_FILLED_IN_BY = re.compile(
    r"(?:填报单位|填表单位|填报学校|学校名称|学校|单位名称|单位)(?:[(（]?盖章[)）]?)?[:：]\s*"
    r"([\u4e00-\u9fff()（）]{2,30}?(?:学校|学院|中专|职专|职高|职教中心|技校))"
)
_IN_TITLE = re.compile(r"^([\u4e00-\u9fff()（）]{2,24}?(?:学校|学院|中专|职专|职高|职教中心|技校))")


def name_in(lines: Iterable[str]) -> str | None:
    """The school that a title or unit line names, if it names one."""
    listed = list(lines)
    for pattern in (_FILLED_IN_BY, _IN_TITLE):
        for line in listed:
            if found := pattern.search(line.strip()):
                return found[1]
    return None


def most_said(names: Iterable[str | None]) -> str | None:
    """The name that most sheets say."""
    counts = Counter(name for name in names if name)
    return counts.most_common(1)[0][0] if counts else None
