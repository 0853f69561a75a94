"""The repair of raw-create-in-post-save keeps a file's own line ends."""

from pathlib import Path

from linter.examples import lint, written
from linter.finding import Finding

FILE = """from django.contrib.auth.models import User
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver


class Profile(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)
    größe = models.IntegerField()


@receiver(post_save, sender=User)
def create_profile(sender, instance, **kwargs):
    "Größe"; Profile.objects.create(
        größe=1,
        user=instance,
    )
"""


def finding_in(root: Path) -> Finding:
    (finding,) = lint(root, "raw-create-in-post-save").findings
    return finding


def test_line_ends_are_kept() -> None:
    for end in ("\n", "\r\n"):
        with written({"app/models.py": FILE.replace("\n", end)}) as root:
            fix = finding_in(root).fix
        assert fix is not None
        assert fix.safe
        (edit,) = fix.edits
        assert edit.text == end.join(
            [
                "Profile.objects.get_or_create(",
                "        user=instance,",
                "        defaults={",
                '            "größe": 1,',
                "        },",
                "    )",
            ]
        )
        assert (edit.place.range.line, edit.place.range.column) == (14, 13)
