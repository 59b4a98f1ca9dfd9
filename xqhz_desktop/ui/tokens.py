"""The colours and distances of the window, by what they are for."""

from dataclasses import dataclass

GAP = 8  # between related things, in pixels
GROUP = 16  # between groups
EDGE = 24  # at the page's edge
ROW = 24  # a table's row at 10 pt


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colours; every text reaches a contrast of 4.5 on its surface."""

    name: str
    window: str
    surface: str
    text: str
    second: str
    hint: str
    border: str
    accent: str
    weak: str
    on_accent: str
    hover: str
    good: str
    warn: str
    bad: str
    good_weak: str
    warn_weak: str
    bad_weak: str
    pale: str  # disabled text, which need not be read
    series: tuple[str, ...]


LIGHT = Tokens(
    name="light",
    window="#F4F6F9",
    surface="#FFFFFF",
    text="#1B2430",
    second="#4B5768",
    hint="#5F6A7A",
    border="#DDE2E9",
    accent="#1A5FB4",
    weak="#E6F0FB",
    on_accent="#FFFFFF",
    hover="#174F96",
    good="#1E7B4F",
    warn="#9A5B00",
    bad="#B3261E",
    good_weak="#E7F4ED",
    warn_weak="#FBF1E0",
    bad_weak="#FBEAE8",
    pale="#9AA4B2",
    series=("#1A5FB4", "#E08A00", "#2E9E83", "#B54A8C", "#7A8794"),
)
DARK = Tokens(
    name="dark",
    window="#15181D",
    surface="#1E2228",
    text="#E8ECF1",
    second="#B4BECB",
    hint="#8C97A6",
    border="#323843",
    accent="#7FB2F0",
    weak="#22344A",
    on_accent="#10161F",
    hover="#A3C8F5",
    good="#6CC999",
    warn="#E6B066",
    bad="#F2938C",
    good_weak="#1D3329",
    warn_weak="#3A2F1D",
    bad_weak="#3D2625",
    pale="#5B6675",
    series=("#7FB2F0", "#E6B066", "#6CC9AE", "#DB8FBC", "#A3AEBB"),
)
