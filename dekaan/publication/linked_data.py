"""What machines read of a public page: schema.org's words for a school, whom to ask, and what parents can come to."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe


def linked_data(content: dict[str, Any], address: str) -> dict[str, Any]:
    """The page as JSON-LD: the school with its URN, the Careers Leader as a contact point, events with their dates."""
    facts = content["facts"]
    contact = {
        "@type": "ContactPoint",
        "contactType": "Careers Leader",
        "name": facts["leader_name"],
        "email": facts["leader_email"],
        "telephone": facts["telephone"],
    }
    school: dict[str, Any] = {
        "@type": "HighSchool",
        "name": content["school"]["name"],
        "contactPoint": {name: value for name, value in contact.items() if value},
    }
    if content["school"]["urn"]:
        school["identifier"] = {
            "@type": "PropertyValue",
            "propertyID": "URN",
            "value": content["school"]["urn"],
        }
    events = [
        {
            "@type": "EducationEvent",
            "name": each["what"],
            "startDate": f"{each['on']}T{each['at']}" if each["at"] else each["on"],
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": {
                "@type": "Place",
                "name": each["where"] or content["school"]["name"],
                "address": content["school"]["name"],
            },
            "organizer": {"@type": "HighSchool", "name": content["school"]["name"]},
        }
        for each in content.get("calendar", [])
    ]
    page = {
        "@type": "WebPage",
        "name": f"{content['title']} at {content['school']['name']}",
        "url": address,
        "inLanguage": "en-GB",
        "about": school,
    }
    return {"@context": "https://schema.org", "@graph": [page, *events]}


def as_script(data: dict[str, Any]) -> SafeString:
    """The data as it stands within a script element: in plain letters, and nothing in it ends the element."""
    said = json.dumps(data, ensure_ascii=True)
    for letter in "<>&":
        said = said.replace(letter, f"\\u{ord(letter):04x}")
    return mark_safe(said)  # noqa: S308 no letter that HTML reads otherwise is left
