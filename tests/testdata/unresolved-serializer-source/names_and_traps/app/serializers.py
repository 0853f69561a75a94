from rest_framework import serializers
from unread import UnreadField

from app.models import Book, Event


class Own(serializers.CharField):
    def get_attribute(self, instance):
        return instance


class BookSerializer(serializers.ModelSerializer):
    author_name = serializers.CharField(source="author.name")
    initials = serializers.CharField(source="author.initials", read_only=True)
    display = serializers.CharField(source="get_title_display_", read_only=True)
    #                                      ^^^^^^^^^^^^^^^^^^^^ unresolved-serializer-source
    wrong = serializers.CharField(source="author.names")
    #                                    ^^^^^^^^^^^^^^ unresolved-serializer-source
    same = serializers.CharField(source="same")
    #                                   ^^^^^^ unresolved-serializer-source
    total = serializers.SerializerMethodField()
    left = serializers.SerializerMethodField()
    #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unresolved-serializer-source
    named = serializers.SerializerMethodField(method_name="compute")
    other = serializers.SerializerMethodField("compote")
    #                                         ^^^^^^^^^ unresolved-serializer-source
    chapters = serializers.IntegerField(read_only=True)
    shelf_mark = serializers.IntegerField(read_only=True)
    everything = serializers.CharField(source="*")
    input = serializers.CharField(write_only=True)
    given = serializers.CharField()
    first_book = serializers.IntegerField(source="first.book_id", read_only=True)
    title_upper = serializers.CharField(source="title.upper", read_only=True)
    all_chapters = serializers.PrimaryKeyRelatedField(source="chapter_set", many=True, read_only=True)
    unread = UnreadField(source="nobody.knows")
    own = Own(source="nobody_knows", read_only=True)
    computed = serializers.CharField(source=f"{BookName}", read_only=True)

    class Meta:
        model = Book
        fields = "__all__"

    def get_total(self, book):
        return 1

    def compute(self, book):
        return 1


class Mixed(serializers.ModelSerializer):
    value = serializers.SerializerMethodField()

    class Meta:
        model = Book
        fields = ["value"]


class Below(Mixed):
    def get_value(self, book):
        return 1


class Elsewhere(serializers.ModelSerializer):
    """It is given rows of another model."""

    actor = serializers.CharField(source="actor.nickname", read_only=True)
    verb_used = serializers.CharField(read_only=True)

    class Meta:
        model = Event
        fields = ["actor", "verb_used"]


class Represents(serializers.ModelSerializer):
    actor = serializers.CharField(source="actor.nickname", read_only=True)

    class Meta:
        model = Event
        fields = ["actor"]

    def to_representation(self, instance):
        return {}


class Plain(serializers.Serializer):
    anything = serializers.CharField(source="any.thing")


class WithConstants(serializers.ModelSerializer):
    """Nothing is to be read for `pipeline`: it is what `default` says, for every row."""

    pipeline = serializers.ReadOnlyField(default="sales")
    nick = serializers.ReadOnlyField(source="nickname_of", default="")
    #                                       ^^^^^^^^^^^^^ unresolved-serializer-source

    class Meta:
        model = Event
        fields = ["id", "pipeline", "nick"]
