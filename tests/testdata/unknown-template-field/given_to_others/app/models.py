from django.db import models
from model_utils.managers import InheritanceManager


class Group(models.Model):
    title = models.CharField(max_length=100)


class Rack(models.Model):
    number = models.IntegerField()
    place = models.CharField(max_length=100)


class Device(models.Model):
    rack = models.ForeignKey(Rack, models.CASCADE)
    group = models.ForeignKey(Group, models.CASCADE)


class Animal(models.Model):
    name = models.CharField(max_length=100)

    objects = InheritanceManager()


class Cat(Animal):
    lives = models.IntegerField(default=9)

    def purr(self):
        return "purr"
