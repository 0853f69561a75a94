from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin as BaseUserAdmin

from .models import Checklist, ChecklistItem, ChecklistPhoto, ChecklistResponse, Notification, Profile
from .models_backup import role_for

User = get_user_model()

admin.site.unregister(User)


@admin.register(User)
class UserAdmin(BaseUserAdmin):
    list_display = ["username", "email", "is_staff", "date_joined"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            Profile.objects.create(user=obj, role=role_for(obj))


@admin.register(Profile)
class ProfileAdmin(admin.ModelAdmin):
    list_display = ["user", "role", "timezone", "updated_at"]
    list_filter = ["role"]
    search_fields = ["user__username", "user__email", "phone"]
    readonly_fields = ["user", "updated_at"]

    def has_add_permission(self, request):
        return False


@admin.register(Notification)
class NotificationAdmin(admin.ModelAdmin):
    list_display = ["message", "user", "read", "timestamp"]
    list_filter = ["read"]
    date_hierarchy = "timestamp"


class ItemInline(admin.TabularInline):
    model = ChecklistItem
    extra = 1


@admin.register(Checklist)
class ChecklistAdmin(admin.ModelAdmin):
    list_display = ["title", "owner", "is_active", "created_at"]
    list_filter = ["is_active"]
    prepopulated_fields = {"slug": ["title"]}
    inlines = [ItemInline]


@admin.register(ChecklistResponse)
class ResponseAdmin(admin.ModelAdmin):
    list_display = ["checklist", "filled_by", "status", "submitted_at"]
    list_select_related = ["checklist", "filled_by"]
    date_hierarchy = "submitted_at"


admin.site.register(ChecklistPhoto)
