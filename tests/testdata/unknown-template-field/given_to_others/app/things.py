from django.db.models import Count

from app.models import Device, Rack


class Settings:
    color = ""


def everything(thing, name, value):
    Settings.color = "red"
    device = Device.objects.first()
    device.owner = "me"
    rack = Rack.objects.first()
    rack.weight = 3
    thing.height = 4
    setattr(rack, "depth", 5)
    setattr(thing, "width", 6)
    group = getattr(thing, "group", None)
    title = getattr(rack, "title", None)
    power = hasattr(thing, "power")
    Device.objects.annotate(count=Count("rack"))
    Rack.objects.annotate(devices=Count("device"))
    return [rack, group, title, power]
