"""Who was told what."""

from tadamun.foundation.notices.models import Notice


def kinds_told(person):
    return set(Notice.objects.filter(recipient=person).values_list("kind", flat=True))
