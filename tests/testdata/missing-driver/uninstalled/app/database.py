from sqlalchemy import create_engine

engine = create_engine("mysql://service@localhost/service")
#                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-driver
other = create_engine("postgresql+psycopg://service@localhost/service")
#                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ missing-driver
good = create_engine("postgresql+psycopg2://service@localhost/service")
