from django.db import models

from polls.scores import score


class Poll(models.Model):
    title = models.CharField(max_length=20)

    def score(self):
        return score(self)
