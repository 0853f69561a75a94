from openpyxl import load_workbook


def rows(upload):
    return list(load_workbook(upload).active.values)
