"""Why a page or file could not be read. Each has its sentence; none of them says that anything is missing."""

import re

from dekaan.website.reading.document import Document

# What was the matter, and what to do about it.
WORDS: dict[str, tuple[str, str]] = {
    "script": (
        "The page is built by a script in the browser, so we see none of its words.",
        "Search engines and screen readers may not either. Save the page from your browser and bring it in here.",
    ),
    "blocked": (
        "The website refused us, or asked whether we are human.",
        "Ask whoever keeps it to let “Dekaan website check” in, or save the page from your browser and bring it in here.",
    ),
    "error-page": (
        "The website answered with an error page, although it said that all was well.",
        "Open the address yourself: if it shows the page, check again later.",
    ),
    "pictures": (
        "The page's words stand in pictures.",
        "Nobody who listens to a page, searches it or uses a small screen can read them. Write them as text.",
    ),
    "pdf-pictures": (
        "The PDF is a scan: it holds pictures of words and no text.",
        "Save it again from the word processor as PDF, so that it can be read and listened to.",
    ),
    "pdf-locked": (
        "The PDF is protected by a password.",
        "Publish it without one: whoever must be able to read it cannot ask for the password.",
    ),
    "damaged": ("The file is damaged or not what it is called.", "Open it, save it again and publish that."),
    "not-a-page": (
        "It is neither a web page nor a PDF, so it is not opened here.",
        "Publish it as a page or as a PDF: not everybody can open a word processor's file.",
    ),
    "too-large": ("It is larger than we read (5 MB for a page, 10 MB for a PDF).", "Publish it smaller."),
    "too-much": ("Reading it took more time or memory than a page should need.", "Publish it as a plain page or PDF."),
    "too-slow": ("The website was too slow: it had not answered in full in time.", "Check again later."),
    "empty": ("There is nothing on it.", "Open the address yourself; perhaps it has moved."),
    "not-found": ("The website says that there is no such page.", "Mend the link, or say where the page is now."),
    "server-error": ("The website's server reported a fault of its own.", "Check again later."),
    "no-answer": ("The website did not answer.", "Open it yourself. If it opens, the server that Dekaan runs on may have no way out: save the page and bring it in here."),
    "no-name": ("The name of the website leads to no address.", "Look whether it is spelt rightly. If it opens in your browser, the server that Dekaan runs on may have no way out: save the page and bring it in here."),
    "certificate": ("The website's certificate does not fit its name, or has run out.", "Visitors are warned as well. Tell whoever keeps the website."),
    "not-public": ("The name leads to an address that is not on the public internet, so it is not visited.", "Only what the public can reach is checked."),
    "elsewhere": ("It lies on another website, and only the school's own is visited.", "Publish it on the school's own website as well, or look at it yourself."),
    "redirects": ("The website sent us on more than five times, or round in a circle.", "Tell whoever keeps the website."),
    "robots": ("The website's robots.txt asks programs like ours not to read it.", "Ask whoever keeps it to let “Dekaan website check” in."),
    "odd-answer": ("The website answered in a way that we could not follow.", "Check again later."),
    "not-visited": ("It was not visited: a visit ends after fifteen pages, and a saved page is read alone.", "Lead to it from the careers page itself, or bring in the file with the page."),
}  # fmt: skip

LITTLE = 200  # letters of content: fewer is no page of a school
_HUMAN = re.compile(
    r"verify (?:that )?you(?:'re| are) (?:a )?human|are you (?:a )?(?:human|robot)|checking your browser|captcha"
    r"|attention required|unusual traffic|access (?:to this page )?(?:has been )?denied|request (?:was )?blocked"
    r"|enable cookies to continue|ddos protection|incapsula incident",
    re.IGNORECASE,
)
_NOT_THERE = re.compile(
    r"^\W*(?:error\W*)?(?:404|410|500|502|503|403)\b|\b(?:404|500|503)\b\W*(?:error|not found)"
    r"|page (?:you (?:requested|are looking for) )?(?:was |is |could |can )?(?:not|n't|no longer)\b.{0,12}\b(?:be )?(?:found|available|exists?)"
    r"|page not found|(?:can(?:'|’)?t|cannot|couldn(?:'|’)t|could not|unable to) find (?:that|this|the|your)\b.{0,20}page"
    r"|(?:service|site|website|page) (?:is )?(?:temporarily |currently )?(?:unavailable|down for maintenance)"
    r"|internal server error|an error (?:has )?occurred|bad gateway|under (?:construction|maintenance)|account suspended",
    re.IGNORECASE,
)
_NEEDS_SCRIPT = re.compile(r"(?:enable|need|requires?|turn on|without) java\s?script|java\s?script (?:is|to be) (?:required|disabled|enabled)", re.IGNORECASE)  # fmt: skip


def why_unread(document: Document, *, has_app_root: bool, without_script: str) -> str:
    """Why a page that answered well is no page to judge; empty where it is one.

    Only pages of few words are suspected: a page about captchas or errors is a page.
    """
    content = " ".join(each.words for each in document.content)
    everything = " ".join(each.words for each in document.blocks)
    heads = [document.title, *(each.words for each in document.blocks if each.kind == "heading" and each.level < 3)]
    if len(everything) < 1500:
        if _HUMAN.search(f"{document.title} {everything}"):
            return "blocked"
        if any(_NOT_THERE.search(each) for each in heads) or (len(content) < 300 and _NOT_THERE.search(content)):
            return "error-page"
    if len(content) >= LITTLE:
        return ""
    if has_app_root or _NEEDS_SCRIPT.search(without_script) or _NEEDS_SCRIPT.search(content):
        return "script"
    if any(each.in_content for each in document.pictures):
        return "pictures"
    return "" if content.strip() else "empty"
