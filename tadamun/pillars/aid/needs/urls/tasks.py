"""Addresses of invitations and tasks."""

from __future__ import annotations

from django.urls import path

from tadamun.pillars.aid.needs.views import invitations, tasks

urlpatterns = [
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/invitations/", invitations.invitations, name="invitations"),
    path("tasks/<slug:match_id>/", tasks.task, name="task"),
    path("tasks/<slug:match_id>/answer/", invitations.answer, name="answer_invitation"),
    path("tasks/<slug:match_id>/time/", tasks.settle_time, name="task_time"),
    path("tasks/<slug:match_id>/now/", tasks.comes_now, name="task_now"),
    path("tasks/<slug:match_id>/place/", tasks.open_place, name="task_place"),
    path("tasks/<slug:match_id>/code/", tasks.enter_code, name="task_code"),
    path("tasks/<slug:match_id>/handed-over/", tasks.handed_over, name="task_handed_over"),
    path("tasks/<slug:match_id>/cancel/", tasks.cancel, name="task_cancel"),
    path("tasks/<slug:match_id>/arrived/", tasks.guests_arrived, name="task_arrived"),
    path("tasks/<slug:match_id>/left/", tasks.guests_left, name="task_left"),
    path("tasks/<slug:match_id>/concern/", tasks.concern, name="task_concern"),
]
