from rest_framework import serializers

from app.models import System


class SystemSerializer(serializers.HyperlinkedModelSerializer):
    class Meta:
        model = System
        fields = ("name", "resource_uri", "resource_url")
        #                                 ^^^^^^^^^^^^^^ unknown-serializer-field
