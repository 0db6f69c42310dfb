"""By what words are known, so that whoever agreed to them agreed to these and no others."""

import hashlib
import json
from typing import Any


def digest_of(words: dict[str, Any]) -> str:
    """The fingerprint of words: the same words have the same, also once they were kept as JSON and read again."""
    said = json.dumps(words, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
