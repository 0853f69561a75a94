from django.db import models

from lab.test.models import Test

__all__ = ["Result", "Test"]


class Result(models.Model):
    test = models.ForeignKey("lab.Test", models.CASCADE)
    case = models.ForeignKey("lab.Case", models.CASCADE)
    #                        ^^^^^^^^^^ relation-to-missing-model
