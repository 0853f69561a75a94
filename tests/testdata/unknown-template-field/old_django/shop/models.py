from django.contrib.contenttypes import generic
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import ugettext_lazy as _

from shop import fields


class Note(models.Model):
    content_type = models.ForeignKey(ContentType)
    object_id = models.PositiveIntegerField()
    content_object = generic.GenericForeignKey("content_type", "object_id")


class Order(models.Model):
    number = fields.CharField(_("number"), max_length=20)
    notes = generic.GenericRelation(Note)
    title = _("Order")
