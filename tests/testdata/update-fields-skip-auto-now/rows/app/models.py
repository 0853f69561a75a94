from django.db import models


class TimeStamped(models.Model):
    created = models.DateTimeField(auto_now_add=True)
    modified = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Page(TimeStamped):
    title = models.CharField(max_length=50)
    text = models.TextField()

    def rename(self, title):
        self.title = title
        self.save(update_fields=["title"])
        #         ^^^^^^^^^^^^^ update-fields-skip-auto-now


class Story(Page):
    place = models.TextField()

    def save(self, *args, **kwargs):
        self.full_clean()
        super().save(*args, **kwargs)
