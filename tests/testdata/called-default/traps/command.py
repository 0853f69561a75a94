from datetime import date

import typer


def prepare(day: str = date.today().isoformat()):
    typer.echo(day)
