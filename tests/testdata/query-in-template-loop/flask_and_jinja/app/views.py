from flask import Blueprint, render_template
from sqlalchemy.orm import selectinload

from app.models import Message, User

pages = Blueprint("pages", __name__)


@pages.route("/users")
def users():
    return render_template("users.html", users=User.query.order_by(User.name).all())
#                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-in-template-loop


@pages.route("/paged")
def paged():
    return render_template("paged.html", page=User.query.filter(User.id > 3).paginate(per_page=20))
#                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ query-in-template-loop


@pages.route("/loaded")
def loaded():
    found = User.query.options(selectinload(User.messages)).all()
    return render_template("users.html", users=found, drafts=User.query.all())


@pages.route("/messages")
def messages():
    return render_template("messages.html", messages=Message.query.all())
