"""The guard of words that are read beyond a school: no pupil of it is named in them."""

from dekaan.people.queries import pupils_named


def names_somebody(*texts: str) -> bool:
    """Whether a forename and a surname of one pupil of the school in scope stand together in any of the texts."""
    return bool(pupils_named([each for each in texts if each]))
