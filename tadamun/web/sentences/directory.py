"""Sentences for what can go wrong with the directory of services."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tadamun.web.sentences.sentence import Sentence

DIRECTORY: dict[str, Sentence] = {
    "no_such_service": Sentence(
        _("This service is not in the directory."), _("It may have closed. The list shows those there are.")
    ),
    "directory_for_coordinators": Sentence(
        _("The coordinators of the community keep the directory."),
        _("If something in it is wrong, please tell them: a call is enough."),
    ),
    "no_such_reading": Sentence(
        _("This file is not here."), _("What was said of a file is dropped after thirty days.")
    ),
    "service_name_needed": Sentence(
        _("A name is missing."), _("A service needs its own name and that of whoever offers it.")
    ),
    "service_ages_crossed": Sentence(
        _("The lowest age is above the highest."), _("Please look at both ages again.")
    ),
    "opening_hours_crossed": Sentence(
        _("A line of opening hours is not complete."), _("A day needs both its hours, such as 9:00 to 14:30.")
    ),
    "location_not_on_the_globe": Sentence(
        _("This point is not on the map."), _("Latitude comes first, then longitude, such as 31.95, 35.91.")
    ),
    "not_a_directory_file": Sentence(
        _("No services could be found in this file."),
        _(
            "It should be an HSDS datapackage (zip), HSDS as JSON, or a table (CSV) with a row for each service "
            "and a column with its name."
        ),
    ),
    "unsafe_directory_file": Sentence(
        _("This file is not read, for safety."),
        _("It is too large, or made so that it would do harm when opened. Please ask for another one."),
    ),
    "no_services_in_file": Sentence(
        _("Not one service in this file could be taken."),
        _("Each service needs an id, and an organisation that stands in the file too."),
    ),
}
