"""It reads spreadsheets; nothing here is Parquet."""

import pandas as pd


def read(upload):
    return pd.read_excel(upload, engine="openpyxl")
