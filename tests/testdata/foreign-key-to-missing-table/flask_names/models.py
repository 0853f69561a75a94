from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)


class BlogPost(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    user_id = db.Column(db.Integer, db.ForeignKey("users.id"))
    #                                             ^^^^^^^^^^ foreign-key-to-missing-table
    editor_id = db.Column(db.Integer, db.ForeignKey("user.id"))


class Comment(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    post_id = db.Column(db.Integer, db.ForeignKey("blogpost.id"))
    #                                             ^^^^^^^^^^^^^ foreign-key-to-missing-table
    post = db.relationship("BlogPost")
    #      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ undetermined-join


likes = db.Table(
    "likes",
    db.Column("post_id", db.ForeignKey("blog_post.id"), primary_key=True),
    db.Column("user_id", db.ForeignKey("User.id"), primary_key=True),
    #                                  ^^^^^^^^^ foreign-key-to-missing-table
)
