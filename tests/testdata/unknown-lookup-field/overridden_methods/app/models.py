"""Methods of Django's own that call methods which the project overrides, and a field that names its other end itself."""

from django.db import models


class AddressQuerySet(models.QuerySet):
    def filter(self, *args, address=None, **kwargs):
        if address is not None:
            kwargs["host"] = address.split("/")[0]
        return super().filter(*args, **kwargs)


class Address(models.Model):
    host = models.CharField(max_length=40)

    objects = models.Manager.from_queryset(AddressQuerySet)()

    def __init__(self, *args, namespace=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.namespace = namespace


class KeyWithPluralName(models.ForeignKey):
    def contribute_to_class(self, cls, *args, **kwargs):
        super().contribute_to_class(cls, *args, **kwargs)
        self.remote_field.related_name = str(cls._meta.verbose_name_plural).replace(" ", "_")


class Device(models.Model):
    name = models.CharField(max_length=40)


class DeviceBay(models.Model):
    device = KeyWithPluralName(Device, models.CASCADE)


def look():
    Address.objects.get(address="10.0.0.1/8")
    Address.objects.get_or_create(address="10.0.0.1/8", defaults={})
    Address.objects.update_or_create(namespace="global", host="10.0.0.1")
    Address.objects.get(namespace="global")
    #                   ^^^^^^^^^ unknown-lookup-field
    Address.objects.exclude(address="10.0.0.1/8")
    #                       ^^^^^^^ unknown-lookup-field
    Device.objects.filter(device_bays__isnull=True)


def closed_between(devices, moments):
    """Rows of several kinds, the second told from the first by its failing."""
    devices = Device.objects.all() if devices is None else devices
    try:
        return devices.filter(closed__range=moments)
    except Exception:
        return devices.filter(closed_time__range=moments)


def closed():
    return closed_between(Device.objects.all(), ())
