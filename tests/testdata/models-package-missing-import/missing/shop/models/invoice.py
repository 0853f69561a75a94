from django.db import models


class Invoice(models.Model):
#     ^^^^^^^ models-package-missing-import
    number = models.CharField(max_length=20)


class Line(models.Model):
    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE)
