handler404 = "app.views.not_found"
