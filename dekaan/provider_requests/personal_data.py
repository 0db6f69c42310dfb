"""What is held here about providers' people, whom they write to, and whoever answers them."""

from dekaan.core.held import Erased, Ground, Holding, Until

HELD = (
    Holding(
        model="provider_requests.ProviderRequest",
        about="provider",
        what="The name, e-mail address and telephone number of whoever asks, and what they write; to be seen and erased on the "
        "request’s own page",
        why="The school must hear providers, and answer them",
        ground=Ground.PUBLIC_TASK,
        until=Until.ANSWERED,
        erased=Erased.SIFTED,
        not_shown=frozenset({"once", "same_as"}),
    ),
    Holding(
        model="provider_requests.ProviderReply",
        about="provider",
        what="The letters to whoever asked, as they went",
        why="To show what was answered, when, and on which ground",
        ground=Ground.PUBLIC_TASK,
        until=Until.ANSWERED,
        erased=Erased.SIFTED,
    ),
    Holding(
        model="provider_requests.ProviderReply",
        about="account",
        reached_by="sent_by",
        what="Who sent a letter to a provider",
        why="Somebody answers for it",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
        not_shown=frozenset({"message_id"}),
    ),
    Holding(
        model="provider_requests.PublicContact",
        about="staff",
        what="The name, address and telephone number that the public pages name for careers; it is public",
        why="Providers who ask are told of the same contact",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="provider_requests.AccessRules",
        about="staff",
        what="The name, address and telephone number of the colleague to whom providers write; it is public",
        why="The policy on provider access must name somebody",
        ground=Ground.PUBLIC_TASK,
        until=Until.WORKING_HERE,
        erased=Erased.SIFTED,
    ),
)
