from helpers import click

click()
