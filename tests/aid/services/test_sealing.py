"""What says who somebody is lies in the database under seal only."""

from django.db import connection

from tests.aid import make


def test_names_hours_phone_and_notes_are_not_to_be_read_in_the_database(community):
    request = make.make_request(
        community, asker_name="أم ليلى", recipient_name="ليلى", safe_hours="بعد العصر", notes="الباب الخلفي"
    ).request

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM needs_request WHERE id = %s", [request.pk])
        stored = " ".join(str(value) for value in cursor.fetchone())

    for secret in ("ليلى", "العصر", "الباب", "791234567"):
        assert secret not in stored
    kept = make.fresh_request(request)
    assert (kept.asker_name, kept.recipient_name, kept.safe_hours) == ("أم ليلى", "ليلى", "بعد العصر")
