"""What themes of awards and reviews are called here."""

from dekaan.frameworks.queries import theme_sets
from dekaan.schemes.models import ThemeName


def theme_names() -> dict[str, str]:
    """What each theme is called at the school in scope; "" where nobody has named it."""
    said = dict(ThemeName.objects.values_list("theme", "name"))
    return {each.key: each.title or said.get(each.key, "") for found in theme_sets() for each in found.themes}
