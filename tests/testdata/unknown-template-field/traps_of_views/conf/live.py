AUTH_USER_MODEL = "app.Member"
