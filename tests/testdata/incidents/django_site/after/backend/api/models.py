from django.conf import settings
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import reverse

from .managers import ChecklistQuerySet


class Profile(models.Model):
    class Role(models.TextChoices):
        ADMIN = "admin", "Administrator"
        STAFF = "staff", "Staff"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.STAFF)
    timezone = models.CharField(max_length=50, default="UTC")
    phone = models.CharField(max_length=30, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return f"{self.user} ({self.get_role_display()})"


class Notification(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    message = models.CharField(max_length=200)
    link = models.CharField(max_length=200, blank=True)
    read = models.BooleanField(default=False)
    timestamp = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-timestamp"]

    def __str__(self):
        return self.message


class Checklist(models.Model):
    title = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="checklists")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        ordering = ["title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("checklist-detail", kwargs={"slug": self.slug})

    @property
    def item_total(self):
        return self.items.count()


class ChecklistItem(models.Model):
    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="items")
    text = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["checklist", "position"], name="one_item_per_position"),
        ]

    def __str__(self):
        return self.text


class ChecklistResponse(models.Model):
    class Status(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="responses")
    filled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="responses")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    note = models.TextField(blank=True)
    submitted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-submitted_at"]

    def __str__(self):
        return f"{self.checklist} by {self.filled_by}"


class ChecklistPhoto(models.Model):
    response = models.ForeignKey(ChecklistResponse, on_delete=models.CASCADE, related_name="photos")
    item = models.ForeignKey(ChecklistItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="photos")
    image = models.FileField(upload_to="checklists/", validators=[FileExtensionValidator(["jpg", "jpeg", "png"])])
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["uploaded_at"]

    def __str__(self):
        return self.image.name


def role_for(user):
    return Profile.Role.ADMIN if user.is_superuser else Profile.Role.STAFF


@receiver(post_save, sender=settings.AUTH_USER_MODEL)
def create_user_profile(sender, instance, raw, **kwargs):
    if raw:
        return
    defaults = {"role": role_for(instance), "timezone": settings.TIME_ZONE}
    Profile.objects.get_or_create(user=instance, defaults=defaults)


@receiver(post_save, sender=settings.AUTH_USER_MODEL)
def welcome_user(sender, instance, created, raw, **kwargs):
    if created and not raw:
        Notification.objects.create(user=instance, message="Welcome aboard", link=reverse("checklist-list"))
