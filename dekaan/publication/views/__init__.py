"""The room of the public pages, their versions, and the pages themselves."""

from dekaan.publication.views.room import (
    policy_list,
    public_pages,
    publication_embed,
    publication_facts,
    publication_leavers_change,
    publication_others_named,
    publication_preview,
    publication_words_change,
)
from dekaan.publication.views.seen import (
    careers_calendar,
    careers_embed,
    careers_page,
    provider_access_page,
)
from dekaan.publication.views.versions import (
    page_take_down,
    published_version,
    version_approval_record,
    version_approve,
    version_prepare,
    version_send_back,
    version_take_back,
)

__all__ = [
    "careers_calendar",
    "careers_embed",
    "careers_page",
    "page_take_down",
    "policy_list",
    "provider_access_page",
    "public_pages",
    "publication_embed",
    "publication_facts",
    "publication_leavers_change",
    "publication_others_named",
    "publication_preview",
    "publication_words_change",
    "published_version",
    "version_approval_record",
    "version_approve",
    "version_prepare",
    "version_send_back",
    "version_take_back",
]
