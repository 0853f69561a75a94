from rest_framework import serializers

from app.models import Author, Book, Cover, Tag


class TagSerializer(serializers.ModelSerializer):
    class Meta:
        model = Tag
        fields = ["id", "name"]


class AuthorSerializer(serializers.ModelSerializer):
    country = serializers.CharField(source="country.name")

    class Meta:
        model = Author
        fields = ["id", "name", "country"]


class PlainSerializer(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = ["id", "title", "author"]


class NestedSerializer(serializers.ModelSerializer):
    author = AuthorSerializer()
    tags = TagSerializer(many=True, read_only=True)

    class Meta:
        model = Book
        fields = ["id", "title", "author", "tags"]


class WholeSerializer(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = "__all__"


class MethodSerializer(serializers.ModelSerializer):
    by = serializers.SerializerMethodField()
    hidden = serializers.CharField(source="author.name", write_only=True)

    class Meta:
        model = Book
        fields = ["by", "hidden", "writer"]

    def get_by(self, book):
        return book.author.name


class CoverInSerializer(serializers.ModelSerializer):
    book = serializers.IntegerField(source="book.id")

    class Meta:
        model = Cover
        fields = ["book", "color"]


class WithCoverSerializer(serializers.ModelSerializer):
    cover = CoverInSerializer()

    class Meta:
        model = Book
        fields = ["title", "cover"]


class RelatedSerializer(serializers.ModelSerializer):
    author = serializers.SlugRelatedField(slug_field="name", read_only=True)

    class Meta:
        model = Book
        fields = ["author"]


class OwnSerializer(serializers.ModelSerializer):
    author = AuthorSerializer()

    class Meta:
        model = Book
        fields = ["author"]

    def to_representation(self, book):
        return {"title": book.title}


class HiddenSerializer(serializers.ModelSerializer):
    author = serializers.HiddenField(default=None)

    class Meta:
        model = Book
        fields = ["author", "title"]
