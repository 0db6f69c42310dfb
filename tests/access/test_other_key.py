"""What becomes of an authenticator app when the secret key is another one."""

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from dekaan.access.adapter import Factors


def code_of(seed: str) -> str:
    """The code that an app with this seed shows now."""
    return format_hotp_value(hotp_value(seed, next(iter(yield_hotp_counters_from_time()))))


def test_no_seed_that_anybody_knows_stands_in_for_one_that_cannot_be_opened(settings):
    kept = Factors().encrypt("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    assert Factors().decrypt(kept) == "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    settings.SECRET_KEY = "another key altogether, as long as a key has to be, and then some"
    seeds = {Factors().decrypt(kept) for _ in range(3)}
    assert len(seeds) == 3
    assert all(len(code_of(seed)) == 6 for seed in seeds)  # each is a seed, and none of them is known
