from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from .models import Limits, Preferences, Profile


class ProfileInline(admin.StackedInline):
    model = Profile
    can_delete = False


class PreferencesInline(admin.StackedInline):
    model = Preferences


class LimitsInline(admin.TabularInline):
    model = Limits
    max_num = 0


class UserWithProfileAdmin(UserAdmin):
    inlines = [ProfileInline, LimitsInline]


class GroupWithPreferencesAdmin(GroupAdmin):
    inlines = (PreferencesInline,)


admin.site.unregister(User)
admin.site.register(User, UserWithProfileAdmin)
admin.site.unregister(Group)
admin.site.register(Group, GroupWithPreferencesAdmin)
