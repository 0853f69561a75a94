from app.models import Book
from django.core.exceptions import FieldError
from django.test import TestCase


class Tests(TestCase):
    def test_unknown(self):
        with self.assertRaises(FieldError):
            Book.objects.filter(anything=1)

    def test_lambda(self):
        self.assertRaises(FieldError, lambda: Book.objects.filter(anything=1))

    def test_later(self):
        def rows():
            return Book.objects.filter(anything=1)

        with self.assertRaisesMessage(FieldError, "Cannot resolve keyword"):
            rows()
