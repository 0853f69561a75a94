from rest_framework import serializers, viewsets

from .models import Desk


class DeskSerializer(serializers.ModelSerializer):
    class Meta:
        model = Desk
        fields = ["room"]


class DeskViewSet(viewsets.ModelViewSet):
    queryset = Desk.objects.all()
    serializer_class = DeskSerializer

    def perform_create(self, serializer):
        serializer.save(user=self.request.user)
