"""Kept sentences, as far as they are one's own or shared with one."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from dekaan.access.models import User
from dekaan.access.permissions import Permission
from dekaan.access.roles import ROLES
from dekaan.core.undo import UNDO_FOR
from dekaan.lists.models import SavedList, SharedWith
from dekaan.lists.queries.offered import TELLS, Offered, in_words, names_that_are_past
from dekaan.lists.queries.sentences import Sentence, sentence_of


@dataclass(frozen=True)
class KeptLine:
    """A kept sentence in the list of them, and whether this person may share or remove it."""

    saved: SavedList
    words: str
    may_change: bool

    @property
    def whose(self) -> str:
        """ "Shared with the careers team by Priya Raman"."""
        if self.saved.shared_with == SharedWith.NOBODY:
            return "Only you"
        to = SharedWith(self.saved.shared_with).label
        return f"{to}, from {self.saved.owner}" if self.saved.owner else to


def lists_visible_to(user: User, permissions: frozenset[Permission]) -> QuerySet[SavedList]:
    """One's own, and those shared with one; removed ones too, for as long as they can be put back."""
    shared = [SharedWith.SCHOOL, *([SharedWith.TEAM] if Permission.FIGURES_EXACT in permissions else [])]
    return SavedList.objects.select_related("owner").filter(
        Q(owner=user) | Q(shared_with__in=shared),
        Q(removed_at__isnull=True) | Q(removed_at__gt=timezone.now() - UNDO_FOR),
    )


def who_sees(sentence: Sentence) -> str:
    """Of a list that tells needs or flags: which roles it finds anybody for, and which open it and are told why not.

    "By such a phrase pupils are found only for Careers Leader and SENCo, each of those whom they may see. Tutor or mentor
    see its name and are told that their role does not open it."
    """
    kinds = [kind for kind in sentence.kinds if kind in TELLS]
    if not kinds:
        return ""
    needed = {TELLS[kind][0] for kind in kinds}
    open_lists = [role for role in ROLES.values() if Permission.NAMES_SEE in role.may]
    sees = [role.name for role in open_lists if needed <= role.may]
    others = [role.name for role in open_lists if not needed <= role.may]
    rest = f" {_and(others)} see its name and are told that their role does not open it." if others else ""
    return f"By such a phrase pupils are found only for {_and(sees)}, each of those whom they may see.{rest}"


def _and(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def may_change(saved: SavedList, user: User, permissions: frozenset[Permission]) -> bool:
    """Its owner may; of a shared one the careers team too, since owners leave."""
    if saved.owner_id == user.pk:
        return True
    return saved.shared_with != SharedWith.NOBODY and Permission.PROGRAMME_CHANGE in permissions


def list_or_none(user: User, permissions: frozenset[Permission], saved_list_id: int) -> SavedList | None:
    """The list, if the person may open it."""
    return lists_visible_to(user, permissions).filter(pk=saved_list_id).first()


def my_lists(user: User, permissions: frozenset[Permission], offered: Offered) -> list[KeptLine]:
    """All that the person may open, by name, each in words."""
    found = list(lists_visible_to(user, permissions).filter(removed_at__isnull=True))
    sentences = {each.pk: sentence_of(each.sentence) for each in found}
    past = names_that_are_past(sentences.values(), offered)
    return [
        KeptLine(each, in_words(sentences[each.pk], offered, past), may_change(each, user, permissions))
        for each in found
    ]
