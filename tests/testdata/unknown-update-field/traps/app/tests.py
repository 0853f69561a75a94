from django.test import TestCase

from app.models import Note


class NoteTests(TestCase):
    def test_unknown(self):
        with self.assertRaises(ValueError):
            Note.objects.get().save(update_fields=["nothing"])
