"""What the platform tells the service, as environment variables."""

import os

DATABASE_URL = os.environ.get("DATABASE_URL", "postgresql+psycopg://service@localhost/service")
if DATABASE_URL.startswith("postgres://"):
    DATABASE_URL = DATABASE_URL.replace("postgres://", "postgresql+psycopg://", 1)

PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://localhost:8000")

SMTP_HOST = os.environ.get("SMTP_HOST", "localhost")
SMTP_PORT = int(os.environ.get("SMTP_PORT", "25"))
MAIL_FROM = "Service <service@example.com>"
