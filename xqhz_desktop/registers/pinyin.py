"""How Chinese names sound: to sort them, and to find them by letters.

Surnames that are read otherwise than the character stand in a table of their own; the first
character is indexed under all its readings, since people know their pupils better than any table.
"""

import unicodedata
from functools import cache, lru_cache

# Read otherwise as surnames (现代汉语词典, 百家姓).
_SURNAMES = {
    "万俟": "mo qi",
    "尉迟": "yu chi",
    "长孙": "zhang sun",
    "澹台": "tan tai",
    "单于": "chan yu",
    "令狐": "ling hu",
    "曾": "zeng",
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "翟": "zhai",
    "查": "zha",
    "朴": "piao",
    "盖": "ge",
    "区": "ou",
    "任": "ren",
    "华": "hua",
    "缪": "miao",
    "乐": "yue",
    "覃": "qin",
    "员": "yun",
    "折": "she",
    "黑": "he",
    "种": "chong",
    "召": "shao",
    "秘": "bi",
    "冼": "xian",
    "洗": "xian",
    "逄": "pang",
    "祭": "zhai",
    "么": "yao",
    "那": "na",
    "佴": "nai",
    "繁": "po",
    "乜": "nie",
    "句": "gou",
    "隗": "wei",
    "谌": "chen",
    "於": "yu",
    "燕": "yan",
    "宁": "ning",
    "车": "che",
    "卜": "bu",
    "柏": "bai",
    "晁": "chao",
    "郗": "xi",
    "都": "du",
    "臧": "zang",
    "藏": "zang",
    "重": "chong",
    "行": "xing",
    "强": "qiang",
    "尹": "yin",
    "应": "ying",
    "洪": "hong",
    "石": "shi",
    "盛": "sheng",
    "纪": "ji",
    "牟": "mu",
    "阚": "kan",
    "贲": "ben",
    "葛": "ge",
    "曲": "qu",
    "俞": "yu",
}


@cache
def _readings(character: str) -> tuple[str, ...]:
    """All readings without tones, the usual one first; what has none reads as itself."""
    from pypinyin.constants import PINYIN_DICT

    found = PINYIN_DICT.get(ord(character))
    if found is None:
        return (unicodedata.normalize("NFKC", character).lower(),)
    return tuple(dict.fromkeys(_toneless(one) for one in found.split(",")))


def _toneless(syllable: str) -> str:
    """ü is typed as v."""
    marks = unicodedata.normalize("NFD", syllable.replace("ü", "v"))
    letters = unicodedata.normalize("NFC", marks).translate(_UMLAUTS)
    return "".join(
        letter
        for letter in unicodedata.normalize("NFD", letters)
        if not unicodedata.combining(letter)
    )


_UMLAUTS = {ord(letter): "v" for letter in "ǖǘǚǜü"}


@lru_cache(maxsize=50_000)
def syllables(name: str) -> tuple[str, ...]:
    """One syllable for each character, the surname as a surname."""
    for length in (2, 1):
        if sound := _SURNAMES.get(name[:length]):
            return (*sound.split(), *(_readings(one)[0] for one in name[length:]))
    return tuple(_readings(one)[0] for one in name)


def sort_key(name: str) -> tuple[tuple[str, ...], str]:
    """Puts names into the order of their sound; the same sound, of their characters."""
    return syllables(name), name


@lru_cache(maxsize=50_000)
def spellings(name: str) -> tuple[tuple[str, ...], ...]:
    """The syllables by which a name may be asked for: the first character in all its readings."""
    usual = syllables(name)
    first = dict.fromkeys((usual[0], *_readings(name[0]))) if name else ()
    return tuple((one, *usual[1:]) for one in first)


def sounds_like(name: str, typed: str) -> bool:
    """Whether letters ask for the name: its initials, its whole sound, or a beginning of either."""
    asked = typed.replace(" ", "").lower()
    return bool(asked) and any(
        "".join(one[0] for one in spelling if one).startswith(asked)
        or "".join(spelling).startswith(asked)
        for spelling in spellings(name)
    )
