import enum

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.template.loader import get_template


class Member(AbstractUser):
    languages = ("en", "de")


class Topic(models.Model):
    class States(models.TextChoices):
        OPEN = "open", "open to all"
        SHUT = "shut", "shut for good"

    title = models.CharField(max_length=50)
    author = models.ForeignKey(Member, on_delete=models.CASCADE)

    def notify(self):
        self._send("app/mail", {"topic": self})

    def _send(self, name, context):
        get_template(name + ".html").render(context)


class Post(models.Model):
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE)
    text = models.TextField()


class Level(enum.Enum):
    LOW = 1, "low"
    HIGH = 2, "high"
