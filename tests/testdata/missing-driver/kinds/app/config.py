import os

DATABASE_URL = os.environ.get("DATABASE_URL", "postgresql://service@localhost/service")
#                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-driver
HOST = "localhost"
