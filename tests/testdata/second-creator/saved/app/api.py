from django.contrib.auth.models import User
from rest_framework import serializers, viewsets

from .models import Profile, Wallet


class UserSerializer(serializers.ModelSerializer):
    class Meta:
        model = User
        fields = ["username"]

    def create(self, validated_data):
        user = super().create(validated_data)
        profile = Profile(user_id=user.pk, role="api")
        profile.save()
#       ^^^^^^^^^^^^^^ second-creator
        return user


class WalletSerializer(serializers.ModelSerializer):
    class Meta:
        model = Wallet
        fields = []


class WalletViewSet(viewsets.ModelViewSet):
    queryset = Wallet.objects.all()
    serializer_class = WalletSerializer

    def perform_create(self, serializer):
        serializer.save(owner=self.request.user)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ second-creator
