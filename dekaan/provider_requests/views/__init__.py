"""The inbox and its cards, the policy, and the form without an account."""

from dekaan.provider_requests.views.asking import provider_request_new, provider_request_received
from dekaan.provider_requests.views.inbox import (
    provider_request_detail,
    provider_request_export,
    provider_request_forget,
    provider_request_list,
    provider_request_log,
    provider_request_put_back,
    provider_request_withdraw,
)
from dekaan.provider_requests.views.policy import (
    access_rules_change,
    free_time_change,
    free_time_new,
    free_time_remove,
)
from dekaan.provider_requests.views.replying import (
    provider_reply_again,
    provider_reply_leave,
    provider_request_reply,
)

__all__ = [
    "access_rules_change",
    "free_time_change",
    "free_time_new",
    "free_time_remove",
    "provider_reply_again",
    "provider_reply_leave",
    "provider_request_detail",
    "provider_request_export",
    "provider_request_forget",
    "provider_request_list",
    "provider_request_log",
    "provider_request_new",
    "provider_request_put_back",
    "provider_request_received",
    "provider_request_reply",
    "provider_request_withdraw",
]
