from django.db import models
from django.db.models.base import ModelBase
from six import with_metaclass


class TeamMeta(ModelBase):
    made = {}

    def __new__(mcs, name, bases, attrs):
        model = super().__new__(mcs, name, bases, attrs)
        mcs.made[name] = model
        model.connect_all()
        return model

    def connect_all(cls):
        cls.connect("Member")

    def connect(cls, name):
        cls.made[name].add_to_class("team", models.ForeignKey("teams.Team", models.CASCADE))


class PlainMeta(ModelBase):
    def __new__(mcs, name, bases, attrs):
        model = super().__new__(mcs, name, bases, attrs)
        model.announce()
        return model

    def announce(cls):
        print(cls.__name__)


class Member(with_metaclass(TeamMeta, models.Model)):
    name = models.CharField(max_length=100)


class Team(with_metaclass(PlainMeta, models.Model)):
    name = models.CharField(max_length=100)


def members(team):
    Team.objects.filter(nme="x")
    #                   ^^^ unknown-lookup-field
    return Member.objects.filter(team=team)
