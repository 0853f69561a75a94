from django.urls import path

from .views import accounts, checklists, notifications

urlpatterns = [
    path("", notifications.notification_list, name="notification-list"),
    path("notifications/feed/", notifications.feed, name="notification-feed"),
    path("notifications/unread/", notifications.unread, name="notification-unread"),
    path("notifications/read/", notifications.mark_read, name="notification-mark-read"),
    path("checklists/", checklists.checklist_list, name="checklist-list"),
    path("checklists/<slug:slug>/", checklists.checklist_detail, name="checklist-detail"),
    path("responses/<int:response_id>/photos/<str:name>/", checklists.photo_info, name="photo-info"),
    path("profile/", accounts.profile, name="profile"),
    path("sign-up/", accounts.sign_up, name="sign-up"),
    path("password/forgotten/", accounts.password_forgotten, name="password-forgotten"),
    path("password/<uidb64>/<token>/", accounts.PasswordChoice.as_view(), name="password-choice"),
]
