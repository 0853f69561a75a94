from rest_framework import serializers

from app.models import Book


class BookSerializer(serializers.Serializer):
    title = serializers.CharField()
    name = serializers.CharField()

    def validate_title(self, value):
        """A row that was found is always true, so the `try` never comes to its end."""
        try:
            book = Book.objects.get(title=value)
            if book:
                raise serializers.ValidationError("There is one already")
            if not value:
                raise serializers.ValidationError("No title")
        except Book.DoesNotExist:
            return value

    def validate_name(self, value):
        #^^^^^^^^^^^^ clean-method-without-return
        try:
            book = Book.objects.filter(title=value).first()
            if book:
                raise serializers.ValidationError("There is one already")
        except Book.DoesNotExist:
            return value
