"""What each role may do: it keeps from mistakes inside the program, encryption from theft."""

from enum import StrEnum

from xqhz_desktop.base.errors import EXIT_NOT_PERMITTED, UserError


class Role(StrEnum):
    """管理员 may all, 经办 keeps the records, 查看 reads."""

    ADMIN = "admin"
    CLERK = "clerk"
    VIEWER = "viewer"


LABELS = {Role.ADMIN: "管理员", Role.CLERK: "经办", Role.VIEWER: "查看"}
_RANK = [Role.VIEWER, Role.CLERK, Role.ADMIN]
# Kinds of actions that change who may do what, what is counted, or what can be undone.
_ADMINS = frozenset({"user", "setting", "encryption", "erase", "seed", "rebuild"})


def role_named(word: str) -> Role:
    """The role that a word means, in Chinese or as it is kept. Raises UserError (2)."""
    for role, label in LABELS.items():
        if word in (role.value, label):
            return role
    raise UserError(f"没有“{word}”这个角色，请写{'、'.join(LABELS.values())}中的一个。", 2)


def needed(kind: str) -> Role:
    """The least role that may do an action of a kind."""
    return Role.ADMIN if kind in _ADMINS else Role.CLERK


def must_be(role: Role, least: Role, doing: str) -> None:
    """Raises UserError (9) where a role is less than what is needed."""
    if _RANK.index(role) < _RANK.index(least):
        raise UserError(
            f"您的角色是“{LABELS[role]}”，不能{doing}；请让{LABELS[least]}来做。",
            EXIT_NOT_PERMITTED,
        )
