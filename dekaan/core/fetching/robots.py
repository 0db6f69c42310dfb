"""What a website's robots.txt lets a program of our name ask for (RFC 9309)."""

import re
from dataclasses import dataclass

NAME = "dekaan"  # what a group for us is called begins with it: "Dekaan website check", "Dekaan"
MOST = 500 * 1024
LONGEST_DELAY = 10.0


@dataclass(frozen=True)
class Robots:
    """The rules for us: whether each allows, and the paths that it means; and how long to wait between two askings."""

    rules: tuple[tuple[bool, str], ...] = ()
    delay: float = 0.0

    def lets(self, path: str) -> bool:
        """The longest rule that fits decides; of two as long, the one that allows; with none, it is let."""
        fitting = [(len(rule), allows) for allows, rule in self.rules if _fits(rule, path)]
        return max(fitting)[1] if fitting else True


NOTHING = Robots(((False, "/"),))  # where the file cannot be had for a fault of the server's, nothing is let


def robots_of(text: str) -> Robots:
    """The rules of the group that names us, else of the one for everybody."""
    groups: list[tuple[list[str], list[tuple[str, str]]]] = []
    is_naming = False
    for line in text.splitlines():
        name, _, value = (each.strip() for each in line.partition("#")[0].partition(":"))
        name = name.casefold()
        if name == "user-agent":
            if not is_naming:
                groups.append(([], []))
            groups[-1][0].append(value.casefold())
            is_naming = True
        elif name and groups:
            groups[-1][1].append((name, value))
            is_naming = False
    ours = [lines for names, lines in groups if any(each.startswith(NAME) for each in names)]
    everybodys = [lines for names, lines in groups if "*" in names]
    lines = [line for group in ours or everybodys for line in group]
    rules = tuple((name == "allow", value) for name, value in lines if name in {"allow", "disallow"} and value)
    return Robots(rules, _delay(lines))


def _delay(lines: list[tuple[str, str]]) -> float:
    for name, value in lines:
        if name == "crawl-delay" and re.fullmatch(r"\d{1,9}(?:\.\d{1,3})?", value):
            return min(float(value), LONGEST_DELAY)
    return 0.0


def _fits(rule: str, path: str) -> bool:
    """Whether the path begins as the rule says; a star stands for anything, a dollar for the end. Each part is found once."""
    first, *rest = rule.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for part in rest:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if not rule.endswith("$"):
        return True
    return path.endswith(rest[-1]) if rest else at == len(path)
