from app.models import Member


def register(request):
    Member.objects.create(username="a", password=request.POST["password"])
