from flask import Blueprint, render_template

from app.models import Author, Post, db

pages = Blueprint("pages", __name__)


@pages.route("/<int:author_id>")
def author(author_id):
    posts = db.session.scalars(db.select(Post).where(Post.author_id == author_id).order_by(Post.id)).all()
    return render_template("author.html", author=db.get_or_404(Author, author_id), posts=posts)


@pages.route("/old")
def old():
    return render_template("old.html", authors=Author.query.filter_by(name="Ada").all(), post=Post.query.first())


@pages.route("/all")
def everything():
    return render_template(
        "macros.html",
        author=db.get_or_404(Author, 1),
        posts=db.session.scalars(db.select(Post)).all(),
    )
