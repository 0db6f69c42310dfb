"""Mail about signing in, sent by the worker: nobody waits for a mail server, and no page tells who has an account.

No mail says more than that there is something to look at; an invitation says who invites, and where to.
"""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from dekaan.access.changes import reset_factor
from dekaan.access.invitations import DAYS, invite
from dekaan.access.models import User
from dekaan.access.queries import has_way_in, roles_not_over


@task()
def send_password_link(user_id: int, here: str) -> None:
    """The person can choose a password by the link; for nobody, nothing is sent.

    The key is made here, so that none lies in the table of jobs or in a backup.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    link = here + reverse("account_reset_password_from_key", kwargs=key)
    send_mail(
        "Choose a new password", render_to_string("access/email/password_link.txt", {"link": link}), None, [user.email]
    )


@task()
def send_invitation(user_id: int, by_id: int | None, here: str) -> None:
    """A new colleague can choose a password, or link single sign-on, by the link; who has a way in is sent nothing.

    The code is made here, so that none lies in the table of jobs or in a backup; sent twice, the later one opens.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or has_way_in(user):
        return
    by = User.objects.filter(pk=by_id).first()
    code, _ = invite(user, by=by)
    where = {str(each.school or each.trust) for each in roles_not_over().filter(user=user)}
    said = {
        "link": here + reverse("invitation-open", args=[code]),
        "days": DAYS,
        "by": by,  # who and where, so that it does not look like somebody fishing for passwords
        "schools": " and ".join(sorted(where)),
    }
    words = render_to_string("access/email/invitation.txt", said)
    send_mail("Your invitation to Dekaan", words, None, [user.email])


@task()
def send_way_back(reset_id: int, here: str) -> None:
    """What two people agreed to is in effect, and the person can choose a password by the link; stopped, nothing is sent.

    Sent twice, the later link opens; once a password is chosen, none is sent any more.
    """
    user = reset_factor(reset_id)
    if user is None or user.has_usable_password():
        return
    code, _ = invite(user, by=None)
    link = here + reverse("invitation-open", args=[code])
    words = render_to_string("access/email/factor_reset.txt", {"link": link, "days": DAYS})
    send_mail("Your second factor was reset", words, None, [user.email])
