from sqlalchemy import create_engine, text

engine = create_engine("sqlite:///names.db")


def clear():
    with engine.connect() as connection:
        connection.execute(text("DELETE FROM names"))
