"""The mails, as they go: drafted from the policy, and put together anew whenever they are shown."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from email.utils import formataddr, parseaddr

from django.conf import settings

from dekaan.provider_access.queries import Short
from dekaan.provider_requests.models import AccessGround, AccessRules, ProviderReply, ProviderRequest
from dekaan.provider_requests.policy import usual
from dekaan.provider_requests.queries.free import Slot
from dekaan.provider_requests.wording import day_in_words
from dekaan.schools.models import School

Kind = ProviderReply.Kind


@dataclass(frozen=True)
class Letter:
    """One mail as it goes, and what is kept of it besides its words."""

    kind: str
    sender: str
    reply_to: str
    to: str
    subject: str
    body: str
    slots: tuple[Slot, ...] = ()
    ground: AccessGround | None = None

    @property
    def mark(self) -> str:
        """Tells whether it is still the letter that somebody saw."""
        said = (self.kind, self.sender, self.reply_to, self.to, self.subject, self.body)
        return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def sender_of(school: School) -> str:
    """From whom: by the school's name, from the installation's own address."""
    return formataddr((school.name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def receipt(request: ProviderRequest, rules: AccessRules, school: School) -> Letter:
    """That it has arrived. It goes to an address that nobody has checked, so it repeats nothing that was typed."""
    says = [
        f"A request to meet pupils of {school.name} was sent with this address. Its reference is {request.reference}.",
        f"The school answers by {day_in_words(request.due_on)}. It asks for {rules.weeks_notice} weeks’ notice of a visit.",
        "Was it not you? Then somebody gave your address by mistake: reply to this mail, and it is taken out.",
    ]
    return _letter(Kind.RECEIPT, request, rules, school, ["Hello,", *says])


def offer(
    request: ProviderRequest,
    rules: AccessRules,
    school: School,
    *,
    slots: Sequence[Slot],
    lacking: Collection[Short] = (),
    own_words: str = "",
) -> Letter:
    """These dates are offered; and which year groups still lack encounters that the law asks for."""
    says = [
        f"We can offer you {'this time' if len(slots) == 1 else 'these times'}:",
        "\n".join(f"- {each.words}" for each in slots),
        (
            "Please reply to this mail: which of them suits you, who will come, and what you need. A time is yours once we "
            "have confirmed it."
        ),
        *_where_it_helps(lacking, request.year_groups),
        *([f"What we can provide: {rules.premises}"] if rules.premises else []),
        "In each meeting pupils should learn:\n" + "\n".join(f"- {each}" for each in usual().contents.values()),
    ]
    return _letter(Kind.OFFER, request, rules, school, [*_greeted(request), *says, own_words], slots=tuple(slots))


def _where_it_helps(lacking: Collection[Short], asked: Collection[int]) -> list[str]:
    """Every year group in which somebody lacks an encounter, and until when one counts: no number goes out."""
    says = {
        True: "You would help most with these, where pupils still lack an encounter that the law asks for:",
        False: "Others of our pupils lack one as well, if you can come for them too:",
    }
    return [
        "\n".join([words, *(_line(each) for each in lacking if (each.year_group in asked) == is_asked)])
        for is_asked, words in says.items()
        if any((each.year_group in asked) == is_asked for each in lacking)
    ]


def _line(of: Short) -> str:
    offer = ", to whom it is to be offered" if of.phase.is_optional else ""
    return f"- Year {of.year_group}{offer}, by {of.until:%-d %B %Y}"


def ask(request: ProviderRequest, rules: AccessRules, school: School, *, own_words: str) -> Letter:
    """Something is to be known before the answer."""
    says = ["Before we can answer, we need to know:", own_words, "Please reply to this mail."]
    return _letter(Kind.ASK, request, rules, school, [*_greeted(request), *says])


def decline(
    request: ProviderRequest, rules: AccessRules, school: School, *, ground: AccessGround, own_words: str = ""
) -> Letter:
    """It is refused, on a ground of the policy in the words that it has there."""
    says = [
        "We cannot agree to it this time. Our policy on provider access refuses a request on this ground:",
        f"“{ground.words}”",
        own_words,
        (
            f"You are welcome to ask again for another time: we ask for {rules.weeks_notice} weeks’ notice. If you think "
            f"that the decision is wrong, write to {rules.contact_name} at {rules.contact_email}; the school keeps a log of "
            "every request and its decision, and this one is in it."
        ),
    ]
    return _letter(Kind.DECLINE, request, rules, school, [*_greeted(request), *says], ground=ground)


def other_kind(request: ProviderRequest, rules: AccessRules, school: School, *, own_words: str = "") -> Letter:
    """The law means others, and they are welcome all the same."""
    says = [
        (
            "The law on provider access is about those who offer technical qualifications or apprenticeships, or act for "
            "one who does. As far as we understand, that is not what you offer, so we do not treat this as such a request. "
            "If we have misunderstood, please reply and tell us."
        ),
        (
            "We are glad of others who want to meet our pupils too. Our careers team has read what you propose, and writes to "
            "you if it fits into the programme."
        ),
        own_words,
    ]
    return _letter(Kind.OTHER_KIND, request, rules, school, [*_greeted(request), *says])


def agree(request: ProviderRequest, rules: AccessRules, school: School, *, slot: Slot, own_words: str = "") -> Letter:
    """A date is agreed on."""
    says = [
        "We look forward to seeing you:",
        f"- {slot.words}",
        (
            "Please tell us the names of everybody who comes at least a week before, so that reception expects them. Whoever "
            "comes shows proof of who they are and is not left alone with pupils."
        ),
        *([f"What we can provide: {rules.premises}"] if rules.premises else []),
        own_words,
    ]
    return _letter(Kind.AGREE, request, rules, school, [*_greeted(request), *says], slots=(slot,))


def _greeted(request: ProviderRequest) -> list[str]:
    years = f" to meet pupils of {request.years}" if request.years else ""
    return [
        f"Dear {request.contact_name},",
        f"Thank you for your request of {day_in_words(request.received_on)}{years} (reference {request.reference}).",
    ]


def _letter(
    kind: str,
    request: ProviderRequest,
    rules: AccessRules,
    school: School,
    says: Sequence[str],
    *,
    slots: tuple[Slot, ...] = (),
    ground: AccessGround | None = None,
) -> Letter:
    signed = [rules.contact_name, school.name, f"{rules.contact_telephone}, {rules.contact_email}"]
    body = "\n\n".join(each.strip() for each in [*says, "\n".join(signed)] if each.strip())
    return Letter(
        kind=kind,
        sender=sender_of(school),
        reply_to=rules.contact_email,
        to=request.contact_email,
        subject=f"Your request to {school.name} ({request.reference})",
        body=body.replace("\r\n", "\n") + "\n",
        slots=slots,
        ground=ground,
    )
