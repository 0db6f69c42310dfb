"""Unique Pupil Number, Unique Learner Number and the numbers of schools and providers: what they look like, and check characters.

A wrong check character is a warning, never a refusal: wrong ones circulate, and a pupil is a pupil without one.
Whether the authority in a UPN exists is not our question: new authorities are made.
"""

import re

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # no I, O or S
_UPN = re.compile(rf"[{UPN_LETTERS}]\d{{11}}[0-9{UPN_LETTERS}]")
_ULN = re.compile(r"[1-9]\d{9}")
NO_ULN_YET = "9999999999"
_SPACES = re.compile(r"[\s\-]+")


def normal_upn(text: str) -> str:
    """The UPN as it is stored: capitals, no spaces."""
    return _SPACES.sub("", text).upper()


def upn_check_letter(body: str) -> str:
    """The first letter that the other twelve characters call for."""
    total = sum(
        weight * (int(character) if character.isdigit() else UPN_LETTERS.index(character))
        for weight, character in enumerate(body, start=2)
    )
    return UPN_LETTERS[total % 23]


def upn_problem(upn: str) -> str:
    """What is odd about the UPN, in words; empty where nothing is."""
    if not _UPN.fullmatch(upn):
        return f"“{upn}” does not look like a UPN, which is a letter, eleven digits and a digit or letter"
    expected = upn_check_letter(upn[1:])
    if upn[0] != expected:
        return f"the UPN {upn} should begin with {expected}: one of its characters is wrong"
    return ""


def is_temporary_upn(upn: str) -> bool:
    """Whether the UPN is one that a permanent one will replace."""
    return bool(_UPN.fullmatch(upn)) and upn[-1].isalpha()


def normal_uln(text: str) -> str:
    """The ULN as it is stored: digits without spaces."""
    return _SPACES.sub("", text)


def uln_problem(uln: str) -> str:
    """What is odd about the ULN, in words; empty where nothing is."""
    if uln == NO_ULN_YET:
        return "9999999999 stands for a ULN that is not known yet"
    if not _ULN.fullmatch(uln):
        return f"“{uln}” does not look like a ULN, which is ten digits and does not begin with 0"
    remainder = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), uln[:9], strict=True)) % 11
    if remainder == 0 or 10 - remainder != int(uln[9]):
        return f"the last digit of the ULN {uln} does not fit the others"
    return ""


_UKPRN = re.compile(r"1\d{7}")
_URN = re.compile(r"\d{6}")


def normal_number(text: str) -> str:
    """A UKPRN or URN as it is stored: digits without spaces."""
    return _SPACES.sub("", text)


def ukprn_problem(ukprn: str) -> str:
    """What is odd about the UK provider reference number, in words; empty where nothing is. It has no check digit."""
    return (
        "" if _UKPRN.fullmatch(ukprn) else f"“{ukprn}” does not look like a UKPRN, which is eight digits, the first a 1"
    )


def urn_problem(urn: str) -> str:
    """What is odd about the unique reference number of a school, in words; empty where nothing is. It has no check digit."""
    return "" if _URN.fullmatch(urn) else f"“{urn}” does not look like a URN, which is six digits"
