from django.contrib.auth.models import User
from django.db import models


class Profile(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)
    role = models.CharField(max_length=20)


class LogEntry(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    text = models.CharField(max_length=200)


class Membership(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    group = models.CharField(max_length=20)

    class Meta:
        unique_together = ("user", "group")


class Draft(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    state = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(state="open"), name="one_open_draft"),
        ]


class LenientManager(models.Manager):
    def create(self, **kwargs):
        found, _ = self.get_or_create(user=kwargs.pop("user"), defaults=kwargs)
        return found


class Badge(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)

    objects = LenientManager()


class Avatar(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)

    def save(self, *args, **kwargs):
        existing = Avatar.objects.filter(user=self.user).first()
        if existing is not None:
            self.pk = existing.pk
        super().save(*args, **kwargs)


class Ticket(models.Model):
    number = models.PositiveIntegerField(unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)


class Order(models.Model):
    buyer = models.ForeignKey(User, on_delete=models.CASCADE)
    status = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)


class Invoice(models.Model):
    order = models.OneToOneField(Order, on_delete=models.CASCADE)


class OrderVersion(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE)
    version = models.PositiveIntegerField()

    class Meta:
        unique_together = [("order", "version")]


class Parcel(models.Model):
    order = models.OneToOneField(Order, on_delete=models.CASCADE)


class Reward(models.Model):
    order = models.OneToOneField(Order, on_delete=models.CASCADE)


class Stamp(models.Model):
    order = models.OneToOneField(Order, on_delete=models.CASCADE, primary_key=True)
