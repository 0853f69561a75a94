from pathlib import Path

from fastapi import Depends, FastAPI, Request
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader
from sqlalchemy.orm import Session

from app.models import User

app = FastAPI()
environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"),
    variable_start_string="<<",
    variable_end_string=">>",
    block_start_string="<%",
    block_end_string="%>",
    comment_start_string="<#",
    comment_end_string="#>",
)
pages = Jinja2Templates(env=environment)


@app.get("/{user_id}")
def user(request: Request, user_id: int, db: Session = Depends()):
    return pages.TemplateResponse(request, "user.html", {"user": db.get(User, user_id)})


@app.get("/all/")
def users(request: Request, db: Session = Depends()):
    return pages.TemplateResponse(request, "users.html", {"users": db.query(User).order_by(User.id).all()})
