from django.db.models import CharField

CharField = CharField
