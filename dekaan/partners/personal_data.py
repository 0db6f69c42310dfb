"""What is held here about people at employers and providers, and about whoever was in contact with them."""

from dekaan.core.held import Erased, Ground, Holding, Until

HELD = (
    Holding(
        model="partners.Contact",
        about="contact",
        reached_by="pk",
        what="Name, what they do there, e-mail and telephone of a person at an employer or provider; with the lawful "
        "basis, since when, and where it came from",
        why="To arrange encounters and to let providers reach pupils",
        ground=Ground.PUBLIC_TASK,
        until=Until.CONTACT,
    ),
    Holding(
        model="partners.Conversation",
        about="contact",
        reached_by="contact",
        what="When and how the school was in contact with them, and in a sentence what was said",
        why="So that whoever comes after knows what was agreed",
        ground=Ground.PUBLIC_TASK,
        until=Until.CONTACT,
        erased=Erased.SIFTED,
    ),
    Holding(
        model="partners.Contact",
        about="account",
        reached_by="added_by",
        what="Who entered a contact",
        why="Somebody answers for it",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="partners.KeptApart",
        about="account",
        reached_by="said_by",
        what="Who said that two organisations which look like one are two",
        why="So that somebody can be asked about it",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
    Holding(
        model="partners.Conversation",
        about="account",
        reached_by="by",
        what="Who was in contact with an employer or provider",
        why="So that somebody can be asked about it",
        ground=Ground.PUBLIC_TASK,
        until=Until.ACCOUNT,
    ),
)
