import smtplib
from email.message import EmailMessage

from app import config
from app.models import User
from app.templating import environment


def send_verification(user: User) -> None:
    link = f"{config.PUBLIC_URL}/verify/{user.verification_token}"
    message = EmailMessage()
    message["Subject"] = "Please confirm your address"
    message["From"] = config.MAIL_FROM
    message["To"] = user.email
    message.set_content(environment.get_template("mail/verify.txt").render(user=user, link=link))
    with smtplib.SMTP(config.SMTP_HOST, config.SMTP_PORT) as server:
        server.send_message(message)
