"""Checklists from the Excel sheets that the sites send in."""

from django.utils.text import slugify

from .services import import_checklist


def read_items(workbook):
    import pandas

    sheet = pandas.read_excel(workbook, engine="openpyxl", dtype=str)
    return [text.strip() for text in sheet["item"].dropna()]


def import_workbook(owner, title, workbook):
    return import_checklist(owner, title, slugify(title), read_items(workbook))
