"""What the platform tells the service, as environment variables."""

import os

DATABASE_URL = os.environ.get("DATABASE_URL", "postgres://service@localhost/service")

PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://localhost:8000")

SMTP_HOST = os.environ.get("SMTP_HOST", "localhost")
SMTP_PORT = int(os.environ.get("SMTP_PORT", "25"))
MAIL_FROM = "Service <service@example.com>"
