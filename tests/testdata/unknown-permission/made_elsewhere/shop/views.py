def lend(request):
    return request.user.has_perm("shop.lend_book")
