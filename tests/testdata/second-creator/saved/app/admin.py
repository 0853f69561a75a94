from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin
from django.contrib.auth.models import User

from .models import Profile, Sign, Shop, Wallet

admin.site.unregister(User)


class WalletInline(admin.StackedInline):
#     ^^^^^^^^^^^^ second-creator
    model = Wallet


class SignInline(admin.StackedInline):
    # nobody can fill it in
    model = Sign
    max_num = 0


@admin.register(User)
class UserAdmin(BaseUserAdmin):
    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            Profile.objects.create(user=obj, role="admin")
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ second-creator


class StaffAdmin(BaseUserAdmin):
    inlines = [WalletInline]


admin.site.unregister(User)
admin.site.register(User, StaffAdmin)


@admin.register(Shop)
class ShopAdmin(admin.ModelAdmin):
    inlines = [SignInline]
