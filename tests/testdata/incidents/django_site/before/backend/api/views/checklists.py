import logging

from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render

from api.forms import ResponseForm
from api.models import Checklist, ChecklistPhoto, ChecklistResponse

logger = logging.getLogger(__name__)


@login_required
def checklist_list(request):
    checklists = Checklist.objects.active().with_progress().select_related("owner").order_by("-created_at")
    return render(request, "checklists/list.html", {"checklists": checklists})


@login_required
def checklist_detail(request, slug):
    checklist = get_object_or_404(Checklist.objects.select_related("owner"), slug=slug)
    form = ResponseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = form.save(commit=False)
        answer.checklist = checklist
        answer.filled_by = request.user
        answer.save()
        return redirect(checklist)
    responses = checklist.responses.select_related("filled_by").prefetch_related("photos__item")
    for response in responses:
        response.is_own = response.filled_by_id == request.user.pk
    context = {"checklist": checklist, "responses": responses, "form": form}
    return render(request, "checklists/detail.html", context)


@login_required
def photo_info(request, response_id, name):
    response = ChecklistResponse.objects.filter(pk=response_id).first()
    if response is None:
        return JsonResponse({"error": "no such response"}, status=404)
    photo = get_object_or_404(ChecklistPhoto, response=response, image__endswith=name)
    return JsonResponse({"url": photo.image.url, "uploaded_at": photo.uploaded_at.isoformat()})
