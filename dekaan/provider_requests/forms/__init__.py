"""What may be typed: by a provider without an account, of the policy, and of a reply."""

from dekaan.provider_requests.forms.asking import Asking
from dekaan.provider_requests.forms.policy import Rules, Time
from dekaan.provider_requests.forms.replying import (
    Address,
    Agreeing,
    Declining,
    Offering,
    OtherKind,
    Question,
    Reply,
)

__all__ = ["Address", "Agreeing", "Asking", "Declining", "Offering", "OtherKind", "Question", "Reply", "Rules", "Time"]
