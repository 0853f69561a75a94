from rest_framework import serializers
from unread import Unread

from app.models import Book


class BookSerializer(serializers.ModelSerializer):
    price = serializers.DecimalField(max_digits=5, decimal_places=2, read_only=True)
    total = serializers.SerializerMethodField()

    class Meta:
        model = Book
        fields = (
            "id", "pk", "url", "title", "author", "author_id", "review_set", "shelf", "short", "price", "total", "rating",
            "titel",
            #^^^^^^ unknown-serializer-field
            "review",
            #^^^^^^^ unknown-serializer-field
        )  # fmt: skip
        read_only_fields = ["title", "auhtor"]
        #                            ^^^^^^^^ unknown-serializer-field
        extra_kwargs = {"title": {"required": False}, "titl": {"required": False}}
        #                                             ^^^^^^ unknown-serializer-field

    def get_total(self, book):
        return 1

    def validate_title(self, value):
        return value

    def validate_titel(self, value):
        #^^^^^^^^^^^^^ unknown-serializer-field
        return value


class Longer(BookSerializer):
    extra = serializers.CharField(read_only=True)
    other = serializers.CharField(read_only=True)
    #^^^^ unknown-serializer-field

    class Meta(BookSerializer.Meta):
        fields = BookSerializer.Meta.fields + ("extra",)


class Shorter(BookSerializer):
    class Meta:
        model = Book
        fields = ["title"]


class Inherited(BookSerializer):
    left = serializers.CharField(read_only=True)
    #^^^ unknown-serializer-field


class AllBut(serializers.ModelSerializer):
    class Meta:
        model = Book
        exclude = ["author", "auhtor"]
        #                    ^^^^^^^^ unknown-serializer-field


class OneName(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = "title"
        #        ^^^^^^^ unknown-serializer-field


class Everything(serializers.ModelSerializer):
    anything = serializers.CharField(read_only=True)

    class Meta:
        model = Book
        fields = "__all__"


class Own(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = ["whatever"]

    def get_fields(self):
        return {"whatever": serializers.CharField()}


class Open(Unread, serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = ["whatever"]


class Plain(serializers.Serializer):
    name = serializers.CharField()

    def validate_nmae(self, value):
        #^^^^^^^^^^^^ unknown-serializer-field
        return value


class Written(serializers.ModelSerializer):
    """It writes itself, and nobody asks for its fields."""

    left_out = serializers.CharField(read_only=True)

    class Meta:
        model = Book
        fields = ["title", "task_id"]

    def to_representation(self, book):
        return {"title": book.title, "task_id": book.pk}


class Extended(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = ["title", "task_id"]
        #                  ^^^^^^^^^ unknown-serializer-field

    def to_representation(self, book):
        return {**super().to_representation(book), "more": 1}
