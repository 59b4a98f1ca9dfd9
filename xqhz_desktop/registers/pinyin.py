"""How Chinese names sound: to sort them, and to find them by letters.

Surnames that are read otherwise than the character stand in a table of their own, places and the
words of firms' names in another; the first character is indexed under all its readings, since
people know their pupils better than any table.
"""

import os
import unicodedata
from collections.abc import Iterator
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

# Read otherwise than their characters by themselves: places, and words that firms' names are of.
_PHRASES = {
    phrase: tuple(sound.split())
    for phrase, sound in (
        ("重庆", "chong qing"),
        ("重新", "chong xin"),
        ("厦门", "xia men"),
        ("成都", "cheng du"),
        ("首都", "shou du"),
        ("都江", "du jiang"),
        ("蚌埠", "beng bu"),
        ("六安", "lu an"),
        ("乐清", "yue qing"),
        ("乐亭", "lao ting"),
        ("番禺", "pan yu"),
        ("牟平", "mu ping"),
        ("中牟", "zhong mu"),
        ("东阿", "dong e"),
        ("铅山", "yan shan"),
        ("泌阳", "bi yang"),
        ("犍为", "qian wei"),
        ("浒墅", "xu shu"),
        ("喀什", "ka shi"),
        ("西藏", "xi zang"),
        ("藏族", "zang zu"),
        ("佛山", "fo shan"),
        ("大埔", "da bu"),
        ("枞阳", "zong yang"),
        ("吴堡", "wu bu"),
        ("蔚县", "yu xian"),
        ("宝坻", "bao di"),
        ("洪洞", "hong tong"),
        ("校长", "xiao zhang"),
        ("家长", "jia zhang"),
        ("部长", "bu zhang"),
        ("成长", "cheng zhang"),
        ("解放", "jie fang"),
        ("银行", "yin hang"),
        ("行业", "hang ye"),
        ("商行", "shang hang"),
        ("车行", "che hang"),
        ("洋行", "yang hang"),
        ("会计", "kuai ji"),
        ("音乐", "yin yue"),
        ("弹簧", "tan huang"),
        ("校准", "jiao zhun"),
        ("供给", "gong ji"),
        ("模具", "mu ju"),
        ("还原", "huan yuan"),
        ("率先", "shuai xian"),
    )
}
# In names a character is nearly always read so, and not as the dictionary has it first.
_IN_NAMES = {"长": "chang", "调": "tiao"}


@cache
def _readings(character: str) -> tuple[str, ...]:
    """All readings without tones, the usual one first; what has none reads as itself."""
    # Its words are for sentences: without them it is there three times as fast.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
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
    """One syllable for each character, the surname as a surname, a place as it is called."""
    for length in (2, 1):
        sound = _SURNAMES.get(name[:length])
        if sound and name[:2] not in _PHRASES:
            return (*sound.split(), *_read(name[length:]))
    return tuple(_read(name))


def _read(text: str) -> Iterator[str]:
    """The syllables of a text, known words first."""
    at = 0
    while at < len(text):
        sound = _PHRASES.get(text[at : at + 2]) or (_usual(text[at]),)
        yield from sound
        at += len(sound)


def _usual(character: str) -> str:
    return _IN_NAMES.get(character) or _readings(character)[0]


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
