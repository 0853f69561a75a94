from django.contrib.auth.models import AbstractUser


class Member(AbstractUser):
    def save(self, *args, **kwargs):
        if not self.password.startswith("pbkdf2"):
            self.set_password(self.password)
        super().save(*args, **kwargs)
