from django.db import models
from django.db.models import Count, Max, Q


class ChecklistQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def with_progress(self):
        return self.annotate(
            response_count=Count("responses", distinct=True),
            open_count=Count("responses", filter=Q(responses__status="open"), distinct=True),
            last_response=Max("responses__submitted_at"),
        )
