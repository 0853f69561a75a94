from django.db import models


class Priced:
    def total(self):
        return self.price * 2


class OrderManager(models.Manager):
    use_in_migrations = True

    def open(self):
        return self.filter(closed=False)


class Customer(models.Model):
    email = models.EmailField()

    @property
    def domain(self):
        return self.email.partition("@")[2]


class Purchase(Priced, models.Model):
    buyer = models.ForeignKey(Customer, models.CASCADE, related_name="purchases")
    price = models.IntegerField()
    closed = models.BooleanField(default=False)
    code = models.CharField(max_length=20, default="")

    objects = OrderManager()

    def close(self):
        self.closed = True


class Gift(Purchase):
    wrapping = models.CharField(max_length=20)
