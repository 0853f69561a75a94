from flask_migrate import stamp, upgrade


def create_app(app, db, url):
    app.config["SQLALCHEMY_DATABASE_URI"] = url or "sqlite:///app.db"
    if url.drivername.startswith("sqlite"):
        db.create_all()
        stamp()
    else:
        upgrade()
    return app
