import smtplib
from email.message import EmailMessage

from app import config
from app.templating import environment


def send_verification(email: str, first_name: str, token: str) -> None:
    context = {"email": email, "first_name": first_name, "link": f"{config.PUBLIC_URL}/verify/{token}"}
    message = EmailMessage()
    message["Subject"] = "Please confirm your address"
    message["From"] = config.MAIL_FROM
    message["To"] = email
    message.set_content(environment.get_template("mail/verify.txt").render(context))
    with smtplib.SMTP(config.SMTP_HOST, config.SMTP_PORT, timeout=10) as server:
        server.send_message(message)
