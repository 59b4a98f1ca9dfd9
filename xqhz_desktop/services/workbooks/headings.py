"""What a heading means: aliases first, then likeness; units, marks and numbering mean nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from xqhz_desktop.base.text import fold
from xqhz_desktop.registers.catalogue import IMPORTED
from xqhz_desktop.registers.concepts import SOFT, concepts, foreign, likeness, understood
from xqhz_desktop.registers.kinds import Field, Kind, Register
from xqhz_desktop.registers.strangers import strange

Path = tuple[str, ...]  # a column's heading, level by level, as written

# Brackets hold units and examples; but those that say start or end are part of the name.
_BRACKETS = re.compile(
    r"[(\[【〔{<《](?!(?:起|止|始|终|自|至|起止|起始|终止|截止|开始|结束)[)\]】〕}>》]).*?[)\]】〕}>》]"
)
_NUMBERING = re.compile(r"^(?:[(\[]?\d{1,2}[)\].、:]+|[一二三四五六七八九十]+[、.])")
_CIRCLED = re.compile(r"^\s*[①-⑳❶-❿]")  # folding would make them plain digits
_MARKS = re.compile(r"[^0-9A-Za-z№\u3400-\u9fff\U00020000-\U0003ffff]+")
_UNIT = re.compile(r"/(元|人|个|天|月|学时|节|年|平方米|㎡|名|台套|万元)(/\S)?$")

# Words by which a heading says whose thing it names, and the kinds of field that must agree.
_PERSONAL = frozenset({Kind.NAME, Kind.PHONE, Kind.ID_NUMBER})
_DATED = frozenset({Kind.DATE, Kind.END_DATE, Kind.PERIOD})
_WHOSE: tuple[tuple[str, frozenset[Kind]], ...] = (
    *((word, _PERSONAL) for word in ("家长", "监护人", "父母", "父亲", "母亲", "法人", "法定代表")),
    *((word, _PERSONAL) for word in ("企业", "单位", "公司", "师傅", "导师", "教师", "班主任")),
    *((word, _DATED) for word in ("合同", "出生", "保险", "投保", "入团", "发证")),
)
_LONGEST = 30  # a longer text is a sentence, not a heading
_UNSAID = """
编号 名称 代码 时间 日期 单位 企业 类别 性质 类型 负责人 专业 内容 项目 状态 说明
"""
_VAGUE = frozenset(_UNSAID.split())  # names that many things bear
# A period in one cell, and the two columns that make it needless.
_PERIODS = {"period": ("start", "end"), "contract_period": ("contract_signed", "contract_end")}
_COMMON = frozenset({"number", "note", "sex"})  # any sheet has them
LIKENESS = 86.0  # below it 企业名称 and 专业名称 would meet


@lru_cache(maxsize=16384)
def normal(heading: str, *, brackets: bool = False) -> str:
    """A heading without what means nothing; what brackets hold is kept only where asked."""
    text = _NUMBERING.sub("", fold(_CIRCLED.sub("", heading)))
    text = _UNIT.sub("", text if brackets else _BRACKETS.sub("", text))
    return _MARKS.sub("", text).upper()


@cache
def aliases(register: str) -> dict[str, str]:
    """Normal heading → field name of a register; a field's label before others' aliases."""
    found: dict[str, str] = {}
    fields = _register(register).fields
    for field in fields:
        found.setdefault(normal(field.label, brackets=True), field.name)
        found.setdefault(normal(field.label), field.name)
    for field in fields:
        for alias in field.aliases.split():
            found.setdefault(normal(alias, brackets=True), field.name)
    return found


@cache
def vocabulary() -> frozenset[str]:
    """Every heading that any register knows."""
    return frozenset().union(*(aliases(register.name) for register in IMPORTED))


@cache
def _register(name: str) -> Register:
    return next(register for register in IMPORTED if register.name == name)


def known(heading: str) -> bool:
    """Whether a heading is one that some register knows, or is made of known words."""
    text = normal(heading)
    return text in vocabulary() or understood(text)


@dataclass(frozen=True, slots=True)
class Match:
    """How well a column's heading fits a field; 100 is its very name."""

    score: float
    field: str


@lru_cache(maxsize=16384)
def matches(register: str, path: Path) -> tuple[Match, ...]:
    """The fields of a register that a column may be, best first."""
    best: dict[str, float] = {}
    for text, worth in _candidates(path):
        for field, score in _fields_of(register, text):
            if _agrees(register, field, path) and score * worth > best.get(field, 0):
                best[field] = score * worth
    ranked = sorted(best.items(), key=lambda item: -item[1])
    return tuple(Match(score, field) for field, score in ranked)


def _candidates(path: Path) -> list[tuple[str, float]]:
    """A heading's readings: all its levels joined, then fewer; the last level alone comes last."""
    levels = [level for level in path if level]
    readings = []
    for start in range(len(levels)):
        worth = 1.0 - 0.02 * start
        for brackets in (False, True):
            text = "".join(normal(level, brackets=brackets) for level in levels[start:])
            readings.append((text, worth if not brackets else worth - 0.01))
    if len(levels) > 1:
        readings.append((normal(levels[-2]), 0.5))
    if levels and normal(levels[-1]) in _VAGUE and (inside := _BRACKETS.search(fold(levels[-1]))):
        readings.append((normal(inside[0][1:-1]), 0.97))  # 编号（学号）
    return [(text, worth) for text, worth in dict(readings).items() if text]


@lru_cache(maxsize=16384)
def _fields_of(register: str, text: str) -> list[tuple[str, float]]:
    listed = aliases(register)
    if text in listed:
        return [(listed[text], 90.0 if text in _VAGUE else 100.0)]
    if not 2 <= len(text) <= _LONGEST:
        return []
    found = _by_concepts(register, text)
    if len(text) > 2:
        near = process.extract(text, listed, scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=3)
        found += [(listed[alias], score * 0.92) for alias, score, _ in near]
        found += _by_containing(listed, text, _entity(register))
    return found


def _by_concepts(register: str, text: str) -> list[tuple[str, float]]:
    said, entity = concepts(text), _entity(register)
    best: dict[str, float] = {}
    for meant, field in _meant_by(register, said):
        if (alike := likeness(said, meant, entity)) > best.get(field, 0.5):
            best[field] = alike
    return [(field, 70.0 + 23.0 * alike) for field, alike in best.items()]


def _meant_by(register: str, said: frozenset[str]) -> set[tuple[frozenset[str], str]]:
    """What the register's headings mean that share a telling concept with one, or are the same."""
    index = _concepts_of(register)
    telling = said - SOFT or said
    return set().union(*(index.get(concept, ()) for concept in telling))


@cache
def _concepts_of(register: str) -> dict[str, set[tuple[frozenset[str], str]]]:
    """By concept: the meanings of headings that have it, and their fields."""
    index: dict[str, set[tuple[frozenset[str], str]]] = {}
    for alias, field in aliases(register).items():
        for concept in (meant := concepts(alias)):
            index.setdefault(concept, set()).add((meant, field))
    return index


@cache
def _entity(register: str) -> frozenset[str]:
    return frozenset().union(*(concepts(word) for word in _register(register).entity))


def _by_containing(
    listed: dict[str, str], text: str, entity: frozenset[str]
) -> list[tuple[str, float]]:
    parts = {text[a:b] for a in range(len(text)) for b in range(a + 3, len(text) + 1)}
    inside = [alias for alias in parts & listed.keys() if not foreign(text, alias, entity)]
    if not inside:
        return []
    longest = max(inside, key=lambda alias: (len(alias), alias))
    return [(listed[longest], 55.0 + 25.0 * len(longest) / len(text))]


def _agrees(register: str, field: str, path: Path) -> bool:
    """Whether the heading does not speak of somebody else's name, phone or date."""
    declared = _register(register)
    said = "".join(path)
    kind = declared.field(field).kind
    if declared.field(field).link == "students":
        kind = Kind.ID_NUMBER
    own = _field_words(register, field)
    return all(
        kind not in kinds or word not in said or word in own or word in declared.entity
        for word, kinds in _WHOSE
    )


@cache
def _field_words(register: str, field: str) -> str:
    declared = _register(register).field(field)
    return f"{declared.label} {declared.aliases}"


@dataclass(frozen=True, slots=True)
class Recognised:
    """The register that a row of headings speaks of, and which column is which field."""

    register: Register
    columns: dict[str, int]  # field → place among the headings
    score: float


def recognise(paths: Sequence[Path], title: str = "") -> Recognised | None:
    """The register that explains the headings best; None where none has all it needs."""
    found = [
        result for register in IMPORTED if (result := _fit(register, paths, title)) is not None
    ]
    return max(found, key=lambda result: result.score, default=None)


def assign(register: Register, paths: Sequence[Path]) -> dict[str, tuple[int, float]]:
    """Field → (column, score): each column is at most one field, each field one column."""
    order = {declared.name: place for place, declared in enumerate(register.fields)}
    pairs = sorted(
        (-match.score, place, order[match.field], match.field)
        for place, path in enumerate(paths)
        for match in matches(register.name, path)
    )
    taken: dict[str, tuple[int, float]] = {}
    used: set[int] = set()
    for negative, place, _, field in pairs:
        if field not in taken and place not in used:
            taken[field] = (place, -negative)
            used.add(place)
    _prefer_asked(register, paths, taken)
    for period, ends in _PERIODS.items():
        if all(end in taken for end in ends):
            taken.pop(period, None)
    return taken


def _prefer_asked(
    register: Register, paths: Sequence[Path], taken: dict[str, tuple[int, float]]
) -> None:
    """A field that is asked for has a column rather than one that nobody misses.

    工作内容 is the post where no other column names it.
    """
    asked = {f.name for f in register.fields if f.expected} - taken.keys()
    for name, (place, _) in list(taken.items() if asked else ()):
        held = register.field(name)
        if held.expected or held.missing or name == "number":
            continue
        said = _by_concepts(register.name, normal("".join(paths[place])))
        for field in asked & {field for field, score in said if score > 92}:
            taken[field] = taken.pop(name)
            asked.remove(field)
            break


def _fit(register: Register, paths: Sequence[Path], title: str) -> Recognised | None:
    taken = assign(register, paths)
    if not all(any(name in taken for name in group) for group in register.needs):
        return None
    if _is_stranger(paths, taken):
        return None
    score = sum(_weight(register, register.field(f)) * s / 100 for f, (_, s) in taken.items())
    score += 0.6 * any(word in title for word in register.words)
    return Recognised(register, {field: place for field, (place, _) in taken.items()}, score)


def _is_stranger(paths: Sequence[Path], taken: dict[str, tuple[int, float]]) -> bool:
    """Whether what the register has no field for speaks louder than what it has one for."""
    used = {place for place, _ in taken.values()}
    strangers = sum(
        strange(normal("".join(path))) for place, path in enumerate(paths) if place not in used
    )
    return strangers * 2 > len(taken.keys() - _COMMON)


def _weight(register: Register, field: Field) -> float:
    if field.name in _COMMON:
        return 0.2
    key = field.missing or field.name in register.identity
    return 2.0 if key else 1.0
