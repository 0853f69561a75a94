from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q


class Topic(models.Model):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=50)


class Subscription(models.Model):
    user = models.ForeignKey(User, models.CASCADE)
    topic = models.ForeignKey(Topic, models.CASCADE)
    mail = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="one_subscription")]


class Draft(models.Model):
    user = models.ForeignKey(User, models.CASCADE)
    open = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user"], condition=Q(open=True), name="one_draft")]
