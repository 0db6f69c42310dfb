"""How allauth behaves here: nobody signs themselves up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUp(DefaultAccountAdapter):
    """Accounts are opened by a Careers Leader or on the console."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
