"""Names are sorted and found by how people say them."""

import pytest

from xqhz_desktop.registers.pinyin import sort_key, sounds_like, spellings, syllables


@pytest.mark.parametrize(
    ("name", "sound"),
    [
        ("曾小明", "zeng xiao ming"),
        ("单雄信", "shan xiong xin"),
        ("仇英", "qiu ying"),
        ("解珍", "xie zhen"),
        ("翟让", "zhai rang"),
        ("查理", "zha li"),
        ("朴正", "piao zheng"),
        ("盖叫天", "ge jiao tian"),
        ("区寄", "ou ji"),
        ("尉迟恭", "yu chi gong"),
        ("万俟雄", "mo qi xiong"),
        ("吕绿", "lv lv"),
        ("王解", "wang jie"),  # only the first character is a surname
        ("A·王", "a · wang"),
        ("长春", "chang chun"),
        ("厦门", "xia men"),
        ("重庆长安", "chong qing chang an"),
        ("上海大厦银行", "shang hai da sha yin hang"),
        ("解放路模具", "jie fang lu mu ju"),  # no surname begins a street
        ("", ""),
    ],
)
def test_a_name_reads_as_it_is_said(name: str, sound: str) -> None:
    assert " ".join(syllables(name)) == sound


def test_names_stand_in_the_order_of_their_sound() -> None:
    names = ["曾一", "王五", "陈二", "单三", "陈一", "阿四"]
    assert sorted(names, key=sort_key) == ["阿四", "陈二", "陈一", "单三", "王五", "曾一"]


@pytest.mark.parametrize("typed", ["zxm", "cxm", "zengxiaoming", "Zeng Xiao", "ceng", "z"])
def test_initials_and_sounds_find_a_name_however_the_surname_is_read(typed: str) -> None:
    assert sounds_like("曾小明", typed)


@pytest.mark.parametrize("typed", ["", " ", "xm", "wxm", "zengming"])
def test_other_letters_do_not(typed: str) -> None:
    assert not sounds_like("曾小明", typed)


def test_a_rare_character_without_a_sound_reads_as_itself() -> None:
    assert syllables("王\U000312ff")[1] == "\U000312ff"
    assert spellings("") == ()
