"""Ten ways in which school websites are built; each sets the same parts as a page, and some the statement as a PDF."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from random import Random


@dataclass(frozen=True)
class Parts:
    """What the page says, part by part; an empty part is not on it."""

    fault: str
    role: str
    name: str
    email: str
    telephone: str
    intro: str
    programme_title: str
    programme: tuple[tuple[str, str], ...]
    audiences: str
    impact: str
    review: str
    guidance: str
    parents: str
    outcomes: str
    plan: str
    destinations: str
    accessibility: bool
    adviser: tuple[str, str, str, str]
    office: str
    statement: tuple[tuple[str, str], ...]

    @property
    def programme_head(self) -> str:
        """Where there is no programme its title is not there either."""
        return self.programme_title if self.programme else ""

    def said(self, *names: str) -> list[str]:
        """The parts of that name that are there, their post filled in."""
        return [words.format(role=self.role) for name in names if (words := getattr(self, name))]

    @property
    def picture(self) -> str:
        """A picture in the place of the telephone number."""
        return '<img src="/images/phone-number.png" alt="">' if self.fault == "pictured-telephone" else ""


Style = Callable[[Parts, Random], tuple[str, str]]
e = escape
MENU = [("Home", "/"), ("About us", "/about/"), ("Curriculum", "/curriculum/"), ("Careers", "/careers/"), ("Sixth form", "/sixth-form/"), ("Contact", "/contact/")]  # fmt: skip


def page(title: str, body: str, parts: Parts, *, menu_tag: str = "nav", foot_tag: str = "footer") -> str:
    """A whole page with the school's menu and foot."""
    links = "".join(f'<li><a href="{to}">{words}</a></li>' for words, to in MENU)
    access = '<a href="/accessibility/">Accessibility statement</a>' if parts.accessibility else ""
    menu = f'<{menu_tag} class="main-menu"><ul>{links}</ul></{menu_tag}>' if menu_tag != "table" else f"<table id=\"menu\"><tr><td>{links.replace('li>', 'span>')}</td></tr></table>"  # fmt: skip
    foot = f'<{foot_tag} class="site-footer"><p>Ashdown School, Weir Lane, Weirbrook. Tel: {parts.office}. office@ashdown.example</p>{access}</{foot_tag}>'  # fmt: skip
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head><meta charset="utf-8"><title>{e(title)}</title>'
        f'<link rel="stylesheet" href="/site.css"><script>var site = {{"menu": true}};</script></head>\n'
        f"<body>\n{menu}\n{body}\n{foot}\n</body>\n</html>\n"
    )


def paragraphs(words: list[str]) -> str:
    return "\n".join(f"<p>{e(each)}</p>" for each in words)


def mail(parts: Parts, words: str = "") -> str:
    return f'<a href="mailto:{parts.email}">{e(words or parts.email)}</a>' if parts.email else ""


def years(parts: Parts) -> str:
    return "<ul>" + "".join(f"<li><strong>{e(year)}</strong>: {e(words)}</li>" for year, words in parts.programme) + "</ul>"  # fmt: skip


def statement(parts: Parts, level: int = 3) -> str:
    return "\n".join(f"<h{level}>{e(head)}</h{level}>\n<p>{e(words)}</p>" for head, words in parts.statement)


def policy_source(parts: Parts) -> str:
    """The statement as typst sets it."""
    body = "\n\n".join(f"== {head}\n{words.replace('@', chr(92) + '@').replace('#', chr(92) + '#')}" for head, words in parts.statement)  # fmt: skip
    title = "Provider access policy statement"
    return f'#set document(title: "{title}", date: none)\n#set text(lang: "en")\n= {title}\n\n{body}\n'


def contact_lines(parts: Parts) -> list[str]:
    """The careers leader in three lines."""
    lines = [f"{parts.role}: {parts.name}" if parts.name else f"Please contact our {parts.role} with any question."]
    if parts.email:
        lines.append(f"Email: {parts.email}")
    if parts.telephone:
        lines.append(f"Telephone: {parts.telephone}")
    return lines


def adviser_sentence(parts: Parts) -> str:
    name, post, email, telephone = parts.adviser
    return f"Our {post}, {name}, is in school on Tuesdays: {email}, {telephone}."


def long_page(parts: Parts, rng: Random) -> tuple[str, str]:
    """One long page of headings and paragraphs."""
    whom = (
        f"Our {parts.role} is {parts.name}." if parts.name else f"Our {parts.role} looks forward to hearing from you."
    )
    reach = " ".join(
        each
        for each in (
            f"You can e-mail {mail(parts, 'our careers leader')}." if parts.email else "",
            f"Call {e(parts.telephone)}."
            if parts.telephone
            else f"Telephone: {parts.picture}"
            if parts.picture
            else "",
        )
        if each
    )
    body = f"""<main><h1>Careers at Ashdown</h1>
<p>{e(parts.intro)}</p>
<h2>Who to contact</h2>
<p>{e(whom)} {reach}</p>
<p>{e(adviser_sentence(parts))}</p>
{f"<h2>{e(parts.programme_head)}</h2>" + chr(10) + paragraphs([f"{year}: {words}" for year, words in parts.programme]) if parts.programme else ""}
<h2>Finding out more</h2>
{paragraphs(parts.said("audiences", "guidance", "parents", "outcomes", "plan"))}
<h2>How are we doing?</h2>
{paragraphs(parts.said("impact", "destinations"))}
{f"<h2>Provider access policy statement</h2>{statement(parts)}" if parts.statement else ""}
<h2>About this page</h2>
<p>Last updated October 2026.</p>
{paragraphs(parts.said("review"))}
</main>"""
    return page("Careers - Ashdown School", body, parts), ""


def accordion(parts: Parts, rng: Random) -> tuple[str, str]:
    """Heads that open, by buttons or by details."""
    folds = [
        ("Meet the team", "<br>".join(e(each) for each in contact_lines(parts)) + (f"<br>Telephone: {parts.picture}" if parts.picture else "") + f"</p><p>{e(adviser_sentence(parts))}"),
        (parts.programme_head, "</p><p>".join(f"{e(year)} – {e(words)}" for year, words in parts.programme)),
        ("For everyone", "</p><p>".join(e(each) for each in parts.said("audiences", "guidance", "parents", "outcomes", "plan"))),
        ("Impact and results", "</p><p>".join(e(each) for each in parts.said("impact", "destinations"))),
        ("Provider access policy" if parts.statement else "", "".join(f"</p><h4>{e(head)}</h4><p>{e(words)}" for head, words in parts.statement)),
        ("Review of this information" if parts.review else "", "</p><p>".join(e(each) for each in parts.said("review"))),
    ]  # fmt: skip
    made = []
    for number, (head, words) in enumerate(folds):
        if not head or not words:
            continue
        if number % 2:
            made.append(f"<details><summary>{e(head)}</summary><p>{words}</p></details>")
        else:
            made.append(
                f'<div class="acc-item"><button class="accordion-button" aria-expanded="false" aria-controls="c{number}">{e(head)}'
                f'</button><div id="c{number}" class="accordion-panel"><p>{words}</p></div></div>'
            )
    body = f'<main><h1>Careers Education</h1><p>{e(parts.intro)}</p><div class="accordion">' + "\n".join(made) + "</div></main>"  # fmt: skip
    return page("Careers Education | Ashdown School", body, parts), ""


def tabs(parts: Parts, rng: Random) -> tuple[str, str]:
    """Tabs above, their panels below."""
    whom = "<br>".join(e(each) for each in contact_lines(parts)) + (f"<br>Telephone: {parts.picture}" if parts.picture else "")  # fmt: skip
    panels = [
        ("Contact", f"<p>{whom}</p><p>{e(adviser_sentence(parts))}</p>"),
        (parts.programme_head, years(parts)),
        ("Students, parents, staff and employers" if parts.fault != "no-employers" else "Students, parents and staff", paragraphs(parts.said("audiences", "guidance", "parents", "outcomes", "plan"))),
        ("Impact", paragraphs(parts.said("impact", "destinations"))),
        ("Provider access statement" if parts.statement else "", statement(parts, 4)),
        ("This page", paragraphs(parts.said("review")) or "<p>Last updated October 2026.</p>"),
    ]  # fmt: skip
    shown = [(number, head, words) for number, (head, words) in enumerate(panels) if head]
    heads = "".join(
        f'<li><a role="tab" id="tab{number}" href="#panel{number}">{e(head)}</a></li>' for number, head, _ in shown
    )
    bodies = "\n".join(
        f'<div role="tabpanel" id="panel{number}" aria-labelledby="tab{number}">{words}</div>'
        for number, _, words in shown
    )
    body = f'<div id="content"><h1>Careers</h1><p>{e(parts.intro)}</p><ul class="tabs" role="tablist">{heads}</ul>{bodies}</div>'
    return page("Careers – Ashdown School", body, parts, menu_tag="div"), ""


def table(parts: Parts, rng: Random) -> tuple[str, str]:
    """What is asked for in a table, as compliance checklists of schools have it."""
    who = [parts.name or "To be confirmed"] if parts.name or parts.fault == "no-name" else []
    rows = [(parts.role, *who)]
    rows += [("E-mail", parts.email)] if parts.email else []
    rows += [("Telephone", parts.telephone)] if parts.telephone else []
    rows += [("How to find out more", parts.audiences.format(role=parts.role))]
    rows += [("Impact", parts.impact)] if parts.impact else []
    rows += [("Guidance", parts.guidance)] if parts.guidance else []
    rows += [("Families", parts.parents), ("Planning", " ".join(parts.said("outcomes", "plan")))]
    rows += [("Leavers", parts.destinations)] if parts.destinations else []
    rows += [("Review", parts.review)] if parts.review else []
    made = "\n".join(
        f'<tr><th scope="row">{e(row[0])}</th><td>{e(row[-1]) if len(row) > 1 else ""}</td></tr>' for row in rows
    )
    made += f'\n<tr><th scope="row">Telephone</th><td>{parts.picture}</td></tr>' if parts.picture else ""
    programme = "".join(f"<tr><td>{e(year)}</td><td>{e(words)}</td></tr>" for year, words in parts.programme)
    programme = f"<h2>{e(parts.programme_head)}</h2><table><thead><tr><th>Year group</th><th>What happens</th></tr></thead><tbody>{programme}</tbody></table>" if programme else ""  # fmt: skip
    access = f"<h2>Provider access policy statement</h2>{statement(parts)}" if parts.statement else ""
    body = f"<main><h1>Careers information</h1><p>{e(parts.intro)}</p><table class=info>{made}</table>{programme}{access}</main>"  # fmt: skip
    return page("Careers information", body, parts), ""


def cards(parts: Parts, rng: Random) -> tuple[str, str]:
    """Cards of people with their names as heads, then blocks."""
    name, post, email, telephone = parts.adviser
    leader = f"<h3>{e(parts.name)}</h3><p>{e(parts.role)}</p>" if parts.name else f"<h3>{e(parts.role)}</h3><p>In the careers office every day.</p>"  # fmt: skip
    leader += f"<p>{mail(parts)}</p>" if parts.email else ""
    leader += f'<p><a href="tel:{e(parts.telephone)}">{e(parts.telephone)}</a></p>' if parts.telephone else ""
    leader += f"<p>Tel {parts.picture}</p>" if parts.picture else ""
    team = f'<div class="card">{leader}</div>\n<div class="card"><h3>{name}</h3><p>{post}</p><p>{email}</p><p>{telephone}</p></div>'
    blocks = [
        (parts.programme_head, years(parts) if parts.programme else ""),
        ("Find out more", paragraphs(parts.said("audiences", "guidance", "parents", "outcomes", "plan"))),
        ("Our impact", paragraphs(parts.said("impact", "destinations"))),
        ("Provider access" if parts.statement else "", statement(parts)),
        ("Keeping this page up to date", paragraphs(parts.said("review")) or "<p>Written by the careers team.</p>"),
    ]
    made = "\n".join(f'<section class="block"><h2>{e(head)}</h2>{words}</section>' for head, words in blocks if head)
    body = f'<main><article><header><h1>Careers</h1></header><p>{e(parts.intro)}</p><h2>The careers team</h2><div class="cards">{team}</div>{made}</article></main>'  # fmt: skip
    return page("Careers :: Ashdown", body, parts), ""


def policy_pdf(parts: Parts, rng: Random) -> tuple[str, str]:
    """The page leads to the statement as a PDF."""
    lines = "<br>".join(e(each) for each in contact_lines(parts)) + (f"<br>Telephone: {parts.picture}" if parts.picture else "")  # fmt: skip
    link = '<p><a href="policy.pdf">Provider access policy statement (PDF)</a></p>' if parts.statement else ""
    programme = f"<h2>{e(parts.programme_head)}</h2>{years(parts)}" if parts.programme else ""
    body = f"""<main><h1>Careers</h1><p>{e(parts.intro)}</p><p>{lines}</p>{programme}
<h2>More</h2>{paragraphs(parts.said("audiences", "guidance", "parents", "outcomes", "plan", "impact", "destinations"))}
<h2>Policies</h2>{link}<p><a href="/policies/behaviour.pdf">Behaviour policy</a></p>
<h2>This page</h2>{paragraphs(parts.said("review"))}<p>Last updated October 2026.</p></main>"""
    return page("Careers | Ashdown", body, parts), policy_source(parts) if parts.statement else ""


def staff_list(parts: Parts, rng: Random) -> tuple[str, str]:
    """The careers leader stands in a table of staff."""
    name, post, email, telephone = parts.adviser
    rows = [
        ("Mr D Ansah", "Headteacher", "head@ashdown.example", "01632 960001"),
        (parts.name or "Vacant", parts.role, parts.email or "", parts.telephone or ""),
        (name, post, email, telephone),
        ("Ms R Adeyemi", "Subject Leader, Science", "r.adeyemi@ashdown.example", "01632 960010"),
    ]
    cell: Callable[[str], str] = lambda words: f"<td>{e(words)}</td>"  # noqa: E731 short
    made = "\n".join("<tr>" + "".join(cell(each) for each in row) + "</tr>" for row in rows)
    made = made.replace("<td></td></tr>", f"<td>{parts.picture}</td></tr>", 1) if parts.picture else made
    programme = f"<h2>{e(parts.programme_head)}</h2>{years(parts)}" if parts.programme else ""
    access = f"<h2>Provider access policy statement</h2>{statement(parts)}" if parts.statement else ""
    body = f"""<main><h1>Careers and next steps</h1><p>{e(parts.intro)}</p>
<h2>Staff</h2><table><tr><th>Name</th><th>Post</th><th>E-mail</th><th>Telephone</th></tr>{made}</table>{programme}
<h2>Information</h2>{paragraphs(parts.said("audiences", "guidance", "parents", "outcomes", "plan", "impact", "destinations"))}
{access}<h2>Review of this page</h2>{paragraphs(parts.said("review")) or "<p>By the careers team.</p>"}</main>"""
    return page("Careers and next steps", body, parts), ""


def page_builder(parts: Parts, rng: Random) -> tuple[str, str]:
    """Divs within divs, lines in bold for headings, words in spans."""

    def box(inner: str) -> str:
        return f'<div class="row-1"><div class="col col-12"><div class="widget"><div class="widget-content">{inner}</div></div></div></div>'

    def bold(words: str) -> str:
        return box(f"<p><strong><span>{e(words)}</span></strong></p>") if words else ""

    def plain(words: str) -> str:
        return box(f"<div><span>{e(words)}</span></div>")

    lines = "".join(plain(each) for each in contact_lines(parts))
    lines += box(f"<div>Telephone: {parts.picture}</div>") if parts.picture else ""
    made = [
        bold("Careers at Ashdown"),
        plain(parts.intro),
        bold("Contact"),
        lines,
        plain(adviser_sentence(parts)),
        bold(parts.programme_head),
        *(plain(f"{year}: {words}") for year, words in parts.programme),
        bold("Find out more"),
        *(plain(each) for each in parts.said("audiences", "guidance", "parents", "outcomes", "plan")),
        bold("What difference does it make"),
        *(plain(each) for each in parts.said("impact", "destinations", "review")),
        *([bold("Provider access policy statement")] if parts.statement else []),
        *(each for head, words in parts.statement for each in (bold(head), plain(words))),
    ]
    body = '<div class="wrapper"><div class="page">' + "\n".join(made) + "</div></div>"
    return page("Careers", body, parts, menu_tag="div", foot_tag="div"), ""


def old_tables(parts: Parts, rng: Random) -> tuple[str, str]:
    """A page laid out with tables, as of twenty years ago."""
    lines = "<br>".join(e(each) for each in contact_lines(parts)) + (f"<br>Telephone: {parts.picture}" if parts.picture else "")  # fmt: skip
    programme = "".join(f"<p><b>{e(year)}</b> {e(words)}</p>" for year, words in parts.programme)
    programme = f'<p><font size="4"><b>{e(parts.programme_head)}</b></font></p>{programme}' if programme else ""
    more = paragraphs(
        parts.said("audiences", "guidance", "parents", "outcomes", "plan", "impact", "destinations", "review")
    )
    access = (
        f'<h3><font color="navy">Provider Access (Baker Clause)</font></h3>{statement(parts, 4)}'
        if parts.statement
        else ""
    )
    body = f"""<table width="100%" cellpadding="4"><tr><td width="20%"><p><a href="/news/">News</a></p><p><a href="/term-dates/">Term dates</a></p></td>
<td><h1>Careers</h1><p>{e(parts.intro)}</p><p>{lines}</p><p>{e(adviser_sentence(parts))}</p>{programme}<h3>More</h3>{more}{access}</td></tr></table>"""
    return page("Ashdown School: Careers", body, parts, menu_tag="table", foot_tag="div"), ""


def script_built(parts: Parts, rng: Random) -> tuple[str, str]:
    """Nothing but a place for a script to fill."""
    return (
        (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ashdown School</title></head>'
            '<body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div>'
            '<script src="/static/js/main.8f3c.js"></script></body></html>\n'
        ),
        "",
    )


STYLES: dict[str, Style] = {
    each.__name__: each
    for each in (
        *(long_page, accordion, tabs, table, cards),
        *(policy_pdf, staff_list, page_builder, old_tables, script_built),
    )
}
