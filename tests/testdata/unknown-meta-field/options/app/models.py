from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from app.elsewhere import Odd, OwnIndex


NAMES = [("kind", "nothing")]


class Queue(models.Model):
    name = models.CharField(max_length=20, unique=True)
    links = GenericRelation("Link", content_type_field="kind", object_id_field="number")
    others = GenericRelation("Link", "id_number", "kind")
    #                                 ^^^^^^^^^ unknown-meta-field


class Dated(models.Model):
    day = models.DateField()
    slug = models.SlugField(unique_for_date="day")

    class Meta:
        abstract = True
        unique_together = [("day", "slug"), ("day", "queue")]
        indexes = [models.Index(fields=["slug"]), models.Index(fields=["-nothing"])]
        #                                                                ^^^^^^^ unknown-meta-field


class Ticket(Dated):
    queue = models.ForeignKey(Queue, models.CASCADE, to_field="name")
    second = models.ForeignKey(Queue, models.CASCADE, to_field="title", related_name="+")
    #                                                           ^^^^^ unknown-meta-field
    title = models.CharField(max_length=20, unique_for_month="date")
    #                                                         ^^^^ unknown-meta-field
    watchers = models.ManyToManyField("auth.User", through="Watch", through_fields=("ticket", "user"))
    readers = models.ManyToManyField("auth.User", through="Watch", through_fields=("ticket", "person"), related_name="+")
    #                                                                                         ^^^^^^ unknown-meta-field
    parts = models.ManyToManyField("self")


class Bug(Ticket):
    severity = models.IntegerField()

    class Meta:
        order_with_respect_to = "queue"
        unique_together = ("severity", "title", "bugs", "ticket_ptr")
        #                               ^^^^^ unknown-meta-field
        #                                        ^^^^ unknown-meta-field
        constraints = [
            models.UniqueConstraint(fields=["severity", "severity_"], include=("severity", "sverity"), name="a"),
            #                                            ^^^^^^^^^ unknown-meta-field
            #                                                                               ^^^^^^^ unknown-meta-field
            models.CheckConstraint(check=Q(severity__gt=1) & ~Q(saverity=2), name="b"),
            #                                                   ^^^^^^^^ unknown-lookup-field
            models.UniqueConstraint(Lower("severity"), F("severiti").desc(), name="c"),
            #                                             ^^^^^^^^ unknown-lookup-field
        ]


class Watch(models.Model):
    ticket = models.ForeignKey(Ticket, models.CASCADE, limit_choices_to={"queue__name": "x", "closed": True})
    #                                                                                         ^^^^^^ unknown-lookup-field
    user = models.ForeignKey("auth.User", models.CASCADE, limit_choices_to=Q(is_staff=True, watch__ticket__title=""))

    class Meta:
        order_with_respect_to = "tickets"
        #                        ^^^^^^^ unknown-meta-field
        index_together = [["ticket", "user_id"], ["pk", "watchers"]]
        #                                                ^^^^^^^^ unknown-meta-field


class Link(models.Model):
    kind = models.ForeignKey(ContentType, models.CASCADE)
    number = models.PositiveIntegerField()
    target = GenericForeignKey("kind", "number")
    bad = GenericForeignKey("kind", "object")
    #                                ^^^^^^ unknown-meta-field
    usual = GenericForeignKey(fk_field="number")
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unknown-meta-field

    class Meta:
        indexes = [OwnIndex(fields=["anything"]), models.Index(fields=["target"])]
        unique_together = NAMES


class Strange(Odd):
    class Meta:
        unique_together = [("a", "b")]


class Moderated(Ticket):
    class Meta:
        proxy = True
        indexes = []
