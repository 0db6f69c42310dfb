"""What the public registers that were loaded say of a name."""

from datetime import date

from django.db.models import Count, Max

from dekaan.core.folding import folded
from dekaan.partners.models import RegisterEntry
from dekaan.partners.published import registers

MOST = 12


def looked_up(words: str) -> list[RegisterEntry]:
    """Entries whose names hold every word; those that begin with what was typed come first."""
    wanted = [plain for word in words.split() if (plain := folded(word))]
    if not wanted:
        return []
    rows = RegisterEntry.objects.all()
    for word in wanted:
        rows = rows.filter(plain__contains=word)
    begin = folded(words)
    firsts = list(rows.filter(plain__startswith=begin)[:MOST])
    return firsts + list(rows.exclude(plain__startswith=begin)[: MOST - len(firsts)])


def registers_loaded() -> list[tuple[str, int, date | None]]:
    """For each register its name, how many entries there are, and when they were loaded."""
    rows = RegisterEntry.objects.order_by().values("register").annotate(count=Count("pk"), last=Max("loaded_on"))
    held = {row["register"]: (row["count"], row["last"]) for row in rows}
    return [(each.name, *held.get(each.key, (0, None))) for each in registers().values()]
