"""Whatever is done to a ring, in any order: today's secrets open it, and no other does."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from xqhz_desktop.store import keyring

USERS = st.sampled_from(["王敏", "李", "赵"])


class RingMachine(RuleBasedStateMachine):
    """A ring beside what it must be: a password for each user, one code, one key."""

    def __init__(self) -> None:
        super().__init__()
        self.ring, self.key, self.code = keyring.make()
        self.passwords: dict[str, str] = {}
        self.former: list[str] = []
        self.count = 0

    def _fresh(self) -> str:
        self.count += 1
        return f"密码 {self.count}"

    def _replace(self, user: str, password: str | None) -> None:
        if (old := self.passwords.pop(user, None)) is not None:
            self.former.append(old)
        if password is not None:
            self.passwords[user] = password

    @rule(user=USERS)
    def give(self, user: str) -> None:
        """A password by who has the key."""
        password = self._fresh()
        self.ring = self.ring.with_password(self.key, user, password)
        self._replace(user, password)

    @precondition(lambda self: self.passwords)
    @rule(data=st.data())
    def change(self, data: st.DataObject) -> None:
        """A password by who knows it."""
        user, password = data.draw(st.sampled_from(sorted(self.passwords))), self._fresh()
        opened = self.ring.open(self.passwords[user], user)
        assert opened is not None
        self.ring = self.ring.rewrapped(opened, password)
        self._replace(user, password)

    @rule(user=USERS)
    def remove(self, user: str) -> None:
        """A user who left, or was never there."""
        self.ring = self.ring.with_user_removed(self.key, user)
        self._replace(user, None)

    @rule()
    def renew_code(self) -> None:
        """A new recovery code."""
        self.former.append(self.code)
        self.ring, self.code = self.ring.with_new_code(self.key)

    @rule()
    def renew_key(self) -> None:
        """A fresh key, as when encryption is turned on."""
        before = self.ring
        self.ring, self.key = self.ring.renewed()
        assert before.id != self.ring.id

    @rule()
    def write_and_read(self) -> None:
        """As a file."""
        self.ring = keyring.ring_of(keyring.text_of(self.ring))

    @invariant()
    def todays_secrets_open_it(self) -> None:
        """Each as whom it belongs to."""
        for user, secret in (*self.passwords.items(), ("", self.code)):
            opened = self.ring.open(secret)
            assert opened is not None
            assert (opened.user, opened.key) == (user, self.key)

    @invariant()
    def no_former_secret_does(self) -> None:
        """Nor one that was never any."""
        for secret in (*self.former[-4:], "never any"):
            assert self.ring.open(secret) is None


RingMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
TestRing = RingMachine.TestCase
