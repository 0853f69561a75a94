from django.views.generic import DetailView, ListView, TemplateView

from app.models import Notification, Project


class ProjectDetail(DetailView):
    model = Project

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["latest"] = Notification.objects.filter(project=self.object).last()
        return context


class NotificationList(ListView):
    context_object_name = "notes"
    template_name = "app/notes.html"

    def get_queryset(self):
        return Notification.objects.filter(user=self.request.user)


class Home(TemplateView):
    template_name = "app/home.html"
    extra_context = {"projects": Project.objects.all()}
