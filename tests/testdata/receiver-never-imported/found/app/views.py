def show(request):
    from app.listeners import saved

    return saved
