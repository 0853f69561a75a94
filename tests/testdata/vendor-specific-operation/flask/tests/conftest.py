def create_app(factory, db):
    app = factory(SQLALCHEMY_DATABASE_URI="sqlite://")
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db.create_all()
    return app
