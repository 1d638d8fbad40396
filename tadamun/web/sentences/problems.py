"""Sentences for what can go wrong with common problems."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tadamun.web.sentences.sentence import Sentence

PROBLEMS: dict[str, Sentence] = {
    "no_such_problem": Sentence(
        _("This problem is not here."),
        _("It may have been joined to another, or be for members. The list shows those you can see."),
    ),
    "no_such_idea": Sentence(
        _("This idea or reason is not here."),
        _("It may have been taken away. The page shows those there are."),
    ),
    "no_such_step": Sentence(
        _("This step is not here."), _("It may have been dropped. The group's page shows those there are.")
    ),
    "no_such_picture": Sentence(
        _("This photo is not here."), _("It may have been taken away, or a coordinator is looking at it.")
    ),
    "problems_for_members": Sentence(
        _("Members of the community take part here."), _("Whoever joins the community can join in.")
    ),
    "not_for_you_to_steer": Sentence(
        _("Whoever facilitates does this."),
        _("The group's facilitator, or a facilitator or coordinator of the community, can help."),
    ),
    "not_in_the_group": Sentence(
        _("The working group does this."), _("Joining the group takes one press on its page.")
    ),
    "not_yours_to_take_away": Sentence(
        _("Somebody else wrote this."), _("Whoever facilitates can take it away if it does harm.")
    ),
    "problem_not_open": Sentence(
        _("This problem is settled."), _("Whoever facilitates can take it up again.")
    ),
    "problem_moved_on": Sentence(
        _("It stands otherwise by now."), _("Somebody was faster. The page shows how it stands.")
    ),
    "problem_under_way": Sentence(
        _("A group is at work on it."), _("The other one can be joined to it instead.")
    ),
    "merged_with_itself": Sentence(_("This is one and the same problem."), _("Please choose the other one.")),
    "group_needed": Sentence(
        _("There is no working group yet."), _("A facilitator or coordinator of the community begins one.")
    ),
    "facilitator_stays": Sentence(
        _("Whoever facilitates hands it on first."), _("The group's page has a form for it.")
    ),
    "problem_title_needed": Sentence(
        _("What is the problem?"), _("A few words are needed, such as: no light on the stairs.")
    ),
    "since_in_the_future": Sentence(_("This day has not come yet."), _("Please look at the day again.")),
    "words_needed": Sentence(_("Something has to be written."), _("A few words are enough.")),
    "enough_said": Sentence(
        _("There are as many as there may be."), _("Taking away what is no longer needed makes room.")
    ),
    "picture_not_readable": Sentence(
        _("This file cannot be read as a photo."), _("A smaller JPEG often works.")
    ),
}
