"""The pages leave {{ }} to the script in the browser; the server fills << >>."""

from pathlib import Path

from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, select_autoescape

environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(["html"]),
    variable_start_string="<<",
    variable_end_string=">>",
)
templates = Jinja2Templates(env=environment)
