"""What a session's presses say of somebody who is erased is taken out of them."""

from django.db import transaction

from dekaan.programme.models import Act


@transaction.atomic
def forget_absent(pupil_id: int) -> int:
    """No press says any more that the pupil was absent; answers with how many did."""
    found = [act for act in Act.objects.only("pk", "absent") if pupil_id in act.absent]
    for act in found:
        act.absent = [pk for pk in act.absent if pk != pupil_id]
    Act.objects.bulk_update(found, ["absent"])
    return len(found)
