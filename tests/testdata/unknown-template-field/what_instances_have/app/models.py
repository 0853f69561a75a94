from django.contrib.auth.models import User
from django.db import models


class Project(models.Model):
    class States(models.IntegerChoices):
        OPEN = 0, "open"
        CLOSED = 1, "closed"

    name = models.CharField(max_length=100)
    owner = models.ForeignKey(User, models.CASCADE)
    started = models.DateField()


class Notification(models.Model):
    KINDS = [("info", "Info"), ("warning", "Warning")]

    user = models.ForeignKey(User, models.CASCADE)
    project = models.ForeignKey(Project, models.CASCADE, null=True)
    text = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=KINDS)
    timestamp = models.DateTimeField(auto_now_add=True)
    read = models.BooleanField(default=False)

    def get_absolute_url(self):
        return f"/notifications/{self.pk}/"

    @property
    def is_old(self):
        return False
