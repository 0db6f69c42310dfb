"""Every item judged, with what to paste; what may stand in something that could not be read is not called missing."""

from dataclasses import replace

from dekaan.core.academic_year import academic_year_of, year_label
from dekaan.website.judging.contact import judge_contact
from dekaan.website.judging.findings import SURE, Finding, State
from dekaan.website.judging.items import Item, items
from dekaan.website.judging.programme import judge_programme
from dekaan.website.judging.site import Site, why
from dekaan.website.judging.statement import judge_statement


def judge(site: Site) -> list[Finding]:
    """A finding for each item that is in force, in the order of the data file, with what force it is asked of the school."""
    if not site.read:
        found = [Finding(key, State.UNREAD) for key in items() if not key.startswith("S")]
    else:
        found = [*judge_contact(site), *judge_programme(site), *judge_statement(site)]
    by_key = {each.key: _not_missing_but_unread(each, site) for each in found}
    order = [key for key, item in items().items() if key in by_key and item.in_force_from <= site.on]
    return [replace(by_key[key], paste=paste_of(items()[key], site), force=_force(items()[key], site)) for key in order]


def _force(item: Item, site: Site) -> str:
    """With what force it is asked of this school: by the duties, else as the data file has it."""
    return site.about.forces.get(item.id, item.force)


def _not_missing_but_unread(finding: Finding, site: Site) -> Finding:
    if finding.state not in {State.MISSING, State.UNREAD} or (finding.state == State.UNREAD and finding.note):
        return finding
    if finding.key == "W9" and site.read and site.unread:
        return replace(finding, state=State.UNREAD, note="It cannot be said while something could not be read.")
    document = site.may_be_in(items()[finding.key])
    if document is None:
        return finding
    note = f"{document.named}: {why(document)}"
    return Finding(finding.key, State.UNREAD, finding.sentence, document.address, document.named, SURE, note)


def paste_of(item: Item, site: Site) -> str:
    """The words to put on the page; what our records do not know stands in square brackets."""
    ours = site.records
    known = {
        "name": ours.leader_name or "[name]",
        "email": ours.leader_email or "[e-mail address]",
        "telephone": ours.leader_telephone or "[telephone number]",
        "review": f"{ours.next_review:%-d %B %Y}" if ours.next_review else "[a date within the next twelve months]",
        "school": site.about.name or "[school]",
        "year": year_label(academic_year_of(site.on)),
    }
    words = item.paste
    for name, value in known.items():
        words = words.replace(f"{{{name}}}", value)
    return words
