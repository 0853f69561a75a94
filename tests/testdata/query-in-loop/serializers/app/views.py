from rest_framework import decorators, generics, viewsets
from rest_framework.response import Response
from rest_framework.views import APIView

from app import serializers
from app.models import Author, Book


class Nested(viewsets.ModelViewSet):
    queryset = Book.objects.order_by("title")
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-in-loop
    serializer_class = serializers.NestedSerializer


class Whole(generics.ListAPIView):
    serializer_class = serializers.WholeSerializer

    def get_queryset(self):
        return Book.objects.filter(title=self.kwargs["title"])
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-in-loop


class Methods(generics.ListCreateAPIView):
    queryset = Book.objects.all()
#              ^^^^^^^^^^^^^^^^^^ query-in-loop
    serializer_class = serializers.MethodSerializer


class Related(viewsets.ReadOnlyModelViewSet):
    queryset = Book.objects.all()
#              ^^^^^^^^^^^^^^^^^^ query-in-loop
    serializer_class = serializers.RelatedSerializer


class Authors(APIView):
    def get(self, request):
        authors = Author.objects.order_by("name")
#                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-in-loop
        return Response(serializers.AuthorSerializer(authors, many=True).data)


class Plain(viewsets.ModelViewSet):
    queryset = Book.objects.all()
    serializer_class = serializers.PlainSerializer


class Loaded(viewsets.ModelViewSet):
    queryset = Book.objects.select_related("author__country").prefetch_related("tags")
    serializer_class = serializers.NestedSerializer


class Covers(viewsets.ModelViewSet):
    queryset = Book.objects.select_related("cover")
    serializer_class = serializers.WithCoverSerializer


class Single(generics.RetrieveAPIView):
    queryset = Book.objects.all()
    serializer_class = serializers.NestedSerializer


class OwnWay(viewsets.ModelViewSet):
    queryset = Book.objects.all()
    serializer_class = serializers.OwnSerializer


class ByAction(viewsets.ModelViewSet):
    queryset = Book.objects.all()
    serializer_class = serializers.NestedSerializer

    def get_serializer_class(self):
        return serializers.PlainSerializer if self.action == "list" else self.serializer_class


class One(APIView):
    def get(self, request, pk):
        return Response(serializers.AuthorSerializer(Author.objects.get(pk=pk)).data)
#                                                    ^^^^^^^^^^^^^^^^^^ unhandled-does-not-exist


class Action(viewsets.GenericViewSet):
    queryset = Book.objects.all()
    serializer_class = serializers.NestedSerializer

    @decorators.action(detail=False, serializer_class=serializers.PlainSerializer)
    def plain(self, request):
        return Response(self.serializer_class(Book.objects.all(), many=True).data)

    @decorators.action(detail=False)
    def nested(self, request):
        return Response(self.serializer_class(Book.objects.all(), many=True).data)
#                                             ^^^^^^^^^^^^^^^^^^ query-in-loop


class Hidden(viewsets.ModelViewSet):
    queryset = Book.objects.all()
    serializer_class = serializers.HiddenSerializer
