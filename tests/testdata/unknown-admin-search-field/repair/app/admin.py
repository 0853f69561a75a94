from django.contrib import admin

from app.models import Book


@admin.register(Book)
class BookAdmin(admin.ModelAdmin):
    search_fields = ["^titel", 'author__nam', "zzz"]
    #                ^^^^^^^^ unknown-admin-search-field
    #                          ^^^^^^^^^^^^^ unknown-admin-search-field
    #                                         ^^^^^ unknown-admin-search-field
