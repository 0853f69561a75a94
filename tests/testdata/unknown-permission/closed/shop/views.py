from django.contrib.auth.decorators import permission_required
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.shortcuts import render
from django.views.generic import ListView

from shop.models import Book

CODENAME = "count_book"


@permission_required("shop.chnge_book")
#                    ^^^^^^^^^^^^^^^^^ unknown-permission
def change(request):
    names = [CODENAME, "add"]
    if request.user.has_perm("shop.view_book") or request.user.has_perm(f"shop.{names[1]}_bok"):
        return render(request, "shop/book.html", {})
    if request.user.has_perm("shop.count_book") or request.user.has_perm("auth.frobnicate"):
        return None
    return request.user.has_perm("shop.change_author")
#                                ^^^^^^^^^^^^^^^^^^^^ unknown-permission


class Books(PermissionRequiredMixin, ListView):
    model = Book
    permission_required = ("shop.see_day", "shop.see_dya")
#                                          ^^^^^^^^^^^^^^ unknown-permission
