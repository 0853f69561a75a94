def cart(request):
    return {"cart": []}
