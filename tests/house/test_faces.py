"""What one app may know of another: its public face."""

from tests.house.plan import app_of, graph

PUBLIC_FACE = {"services", "queries", "cards", "errors", "vocabulary"}
#: The foundation is what the others stand on: keys point at its rows, its permissions are asked everywhere, and what
#: it says to people (words, texts of consent, fields for phones and codes) is said in one way.
FOUNDATION_FACE = PUBLIC_FACE | {"models", "policies", "forms", "fields", "wording", "consents"}
#: Joins the routers of all apps, as the addresses of the site join their pages.
API_ROOT = "tadamun.web.api_root"


def imports_between_apps() -> list[tuple[str, str, str, str]]:
    """Every import from one app into another, as (importing module, its app, imported module, its app)."""
    found = []
    for importer in graph().modules:
        for imported in graph().find_modules_directly_imported_by(importer):
            here, there = app_of(importer), app_of(imported)
            if here and there and here != there and there.count(".") > 1:
                found.append((importer, here, imported, there))
    return sorted(found)


def test_an_app_knows_only_the_public_face_of_another():
    strangers = []
    for importer, _, imported, there in imports_between_apps():
        face = FOUNDATION_FACE if there.startswith("tadamun.foundation.") else PUBLIC_FACE
        face = face | {"api"} if importer == API_ROOT else face
        rooms = imported.removeprefix(f"{there}.").split(".")
        single_file = imported == there and not [m for m in graph().modules if m.startswith(f"{there}.")]
        if not single_file and imported != there and rooms[0] not in face:
            strangers.append(f"{importer} imports {imported}")

    assert strangers == []


def test_a_pillar_never_imports_the_models_of_another_pillar():
    reached = [
        f"{importer} imports {imported}"
        for importer, here, imported, there in imports_between_apps()
        if there.startswith("tadamun.pillars.") and ".models" in imported
    ]

    assert reached == []


def test_the_graph_sees_the_apps():
    apps = {app_of(module) for module in graph().modules}

    assert {"tadamun.foundation.people", "tadamun.pillars.aid.needs", "tadamun.web"} <= apps
