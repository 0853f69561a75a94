from django.contrib import admin

from app.models import Book, Note


@admin.register(Note)
class NoteAdmin(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


admin.site.register([Book])
