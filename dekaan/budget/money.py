"""Money is whole pence; it is said and typed in pounds."""

import re
from dataclasses import dataclass

MOST = 1_000_000_000  # pence: ten million pounds, more than any school has for careers
_TYPED = re.compile(r"(-?)£?\s*(-?)((?:\d{1,3}(?:,\d{3})+|\d+))(?:\.(\d{1,2}))?", re.ASCII)


@dataclass(frozen=True, order=True)
class Money:
    """An amount, as people write it: £1,200 or £12.50; below nothing with a minus."""

    pence: int

    def __str__(self) -> str:
        pounds, pence = divmod(abs(self.pence), 100)
        said = f"£{pounds:,}.{pence:02d}" if pence else f"£{pounds:,}"
        return f"−{said}" if self.pence < 0 else said  # noqa: RUF001 the sign that stands for below nothing

    @property
    def is_below_nothing(self) -> bool:
        """Whether more went than there was."""
        return self.pence < 0


def shared(pence: int, among: int) -> Money | None:
    """What it comes to for each of so many, to the nearest penny; None where there is nobody to share it among."""
    return Money((2 * pence + among) // (2 * among)) if among > 0 else None


def typed_as(pence: int) -> str:
    """As a field shows it, to be typed over: 1200.50."""
    return f"{pence // 100}.{pence % 100:02d}" if pence % 100 else f"{pence // 100}"


def pence_of(typed: str) -> int:
    """What was typed as pounds, in pence; ValueError where it is no amount."""
    found = _TYPED.fullmatch(typed.strip())
    if not found:
        raise ValueError(f"{typed!r} is no amount")
    minus, other, pounds, pence = found.groups()
    amount = int(pounds.replace(",", "")) * 100 + int((pence or "").ljust(2, "0"))
    return -amount if minus or other else amount
