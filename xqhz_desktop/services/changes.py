"""What a verb changed: a small value that open pages hear of."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """The registers touched, and how many records of each; empty where nothing was written."""

    action: int | None = None
    registers: dict[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything was written."""
        return self.action is not None
