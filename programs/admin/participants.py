"""Lists of participants, brought in from the page of their enrolment."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from ownyourstory.importing.page import Task, import_view
from ownyourstory.pages import KeptPage


class ParticipantLists(KeptPage):
    """The page of an enrolment, from which a list of its people is brought in."""

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "<int:enrolment_id>/participants/",
                self.admin_site.admin_view(self.import_participants),
                name="programs_enrolment_participants",
            ),
            *super().get_urls(),
        ]

    def import_participants(
        self, request: HttpRequest, enrolment_id: int
    ) -> HttpResponse:
        """Bring in a list of the people who come with an enrolment."""
        enrolment = self.get_object(request, str(enrolment_id))
        if enrolment is None:
            raise Http404
        if not self.has_change_permission(request, enrolment) or not all(
            request.user.has_perm(f"programs.{verb}_participant")
            for verb in ("add", "change")
        ):
            raise PermissionDenied
        task = Task(
            resource="programs.importing.ParticipantResource",
            given={"enrolment": enrolment},
            purpose=f"participants of {enrolment.pk}",
            title=_("Import participants"),
            intro=_(
                "The people of %(client)s who come to %(course)s. Somebody who is on "
                "the list already, by name or else by e-mail, is updated; nobody is "
                "taken off it."
            )
            % {"client": enrolment.client, "course": enrolment.course},
            back=reverse("admin:programs_enrolment_change", args=[enrolment.pk]),
            file_name=_("participants"),
        )
        return import_view(request, site=self.admin_site, task=task)
