"""What a frozen paper says, part by part in its order: made of what was frozen and of nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Content = Mapping[str, Any]
HOW_TO_READ = (
    "The first per cent counts only pupils known to meet it; the second counts the unknown too. Unknown is never counted as "
    "missed. Numbers are hidden where they would give away a number of pupils under 6."
)
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class PartTable:
    """A table of texts, and how many rows it leaves out."""

    caption: str
    head: Sequence[str]
    rows: Rows
    more: int = 0

    @property
    def widths(self) -> tuple[int, ...]:
        """Shares of the width, by how long a column's lines are."""
        columns = zip(self.head, *self.rows, strict=True)
        return tuple(
            min(32, max(12, *(len(line) for cell in column for line in cell.split("\n")))) for column in columns
        )


@dataclass(frozen=True)
class Part:
    """A title, sentences and tables; `is_box` where the Careers Leader wrote it."""

    title: str
    says: Sequence[str]
    tables: Sequence[PartTable] = ()
    is_box: bool = False


def parts_of(content: Content) -> list[Part]:
    """Everything between the title and the notes, as the PDF has it in its order."""
    found = [
        _section(content, "short"),
        _box(content, "summary", "What governors should know"),
        _box(content, "asks", "What we ask of governors"),
        _section(content, "law"),
        _section(content, "evaluation"),
        _picture(content),
        _section(content, "reach"),
        _gaps(content),
        *(_section(content, key) for key in ("destinations", "voices", "plan", "means")),
        _box(content, "concerns", "What worries us"),
        _done(content),
        _planned(content),
        _section(content, "rules"),
        _section(content, "sure"),
        _section(content, "words"),
    ]
    return [each for each in found if each]


def _box(content: Content, key: str, title: str) -> Part | None:
    lines = [line.strip() for line in content.get(key, "").split("\n") if line.strip()]
    return Part(title, lines, is_box=True) if lines else None


def _section(content: Content, key: str) -> Part | None:
    section = content.get("sections", {}).get(key)
    if not section:
        return None
    tables = [PartTable(each["caption"], each["head"], each["rows"], each["more"]) for each in section["tables"]]
    return Part(section["title"], section["says"], tables)


def _picture(content: Content) -> Part:
    title = "Where we stand, criterion by criterion"
    if not content["picture"]:
        return Part(title, [f"No pupil is counted yet in {content['year']}, so there is nothing to show."])
    rows = [
        (
            row.get("criterion", row["benchmark"]).partition(".")[2] or row["benchmark"],
            f"{row['title']}\n{row['note']}" if row["note"] else row["title"],
            _lines(row["share"], row["word"], row["says"], row["assumed"]),
            _lines(row["before"]["share"], row["before"]["word"], row["before"]["says"], row["before"]["assumed"]),
            *([row.get("then") or "–"] if content.get("since") else ()),
        )
        for row in content["picture"]
    ]
    head = (
        "No.",
        "What must be true",
        f"{content['year']}, as on {content['as_on']}",
        f"{content['last_year']}, as on {content['last_as_on']}",
        *([f"Last report, {content['since']}"] if content.get("since") else ()),
    )
    return Part(title, [HOW_TO_READ], [PartTable(content["framework"], head, rows)])


def _gaps(content: Content) -> Part:
    says, tables = [], []
    if content["gaps"]:
        head = ("Group", "What must be true", "Met", "Group", "Everybody", "Gap")
        rows = [
            (
                row["group"],
                row["title"],
                _lines(row["says"], row["assumed"]),
                f"{row['theirs']} %",
                f"{row['everyone']} %",
                _lines(row["gap"], row["how"]),
            )
            for row in content["gaps"]
        ]
        caption = f"Groups 5 points or more behind everybody, as on {content['as_on']}"
        tables = [PartTable(caption, head, rows, content["more_gaps"])]
    else:
        says.append("No group that may be shown is known to be 5 points or more behind everybody.")
    if content["not_compared"]:
        titles = "; ".join(content["not_compared"])
        says.append(f"Too many pupils are unknown to say whether any group is behind on: {titles}.")
    return Part("Who is missing out", says, tables)


def _done(content: Content) -> Part:
    span = f"from {content['done_from']} to {content['done_until']}"
    if not content["done"]:
        return Part("What was done", [f"Nothing is recorded {span}."])
    rows = [
        (
            row["title"],
            row["who"],
            row["partner"] or "–",
            str(row["sessions"]),
            _lines(row["took_part"], row["assumed"]),
        )
        for row in content["done"]
    ]
    head = ("Activity", "For", "With", "Sessions", "Took part")
    caption = f"Those who took part of those invited, {span}"
    return Part("What was done", (), [PartTable(caption, head, rows, content["more_done"])])


def _planned(content: Content) -> Part:
    span = f"from {content['on']} to {content['planned_until']}"
    if not content["planned"]:
        return Part("What is planned", [f"Nothing is planned {span}."])
    rows = [(row["when"], row["title"], row["how_often"] or "once", row["who"]) for row in content["planned"]]
    table = PartTable(f"Planned {span}", ("When", "Activity", "How often", "For"), rows, content["more_planned"])
    return Part("What is planned", (), [table])


def _lines(*each: str) -> str:
    return "\n".join(one for one in each if one)
