"""The only door to the mail server. One message at a time; what the server says decides what is done next."""

from __future__ import annotations

import re
import smtplib
from contextlib import suppress
from dataclasses import dataclass, field
from email.charset import QP, Charset
from email.mime.text import MIMEText
from email.utils import parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend
from django.core.validators import EmailValidator

# Without `localhost`: strangers name addresses here, and that one is the mail server's own.
_is_address = EmailValidator(allowlist=[])
MOST_CHARACTERS = 254  # of an address (RFC 5321)
_BREAKS = re.compile(r"[ \t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")  # but not the spaces of French
# Seven bits on the way, whatever the server can take; no line is too long.
_CHARSET = Charset("utf-8")
_CHARSET.body_encoding = QP


class MailError(Exception):
    """It was not sent. `code` says why and never to whom; `permanent`: repeating it cannot help."""

    def __init__(self, code: str, *, permanent: bool) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of text; `parameters` stand in its Content-Type beside the character set."""

    name: str
    subtype: str
    text: str
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """`key` makes its Message-ID: whoever receives it twice can tell that it is the same."""

    key: str
    to: str
    subject: str
    text: str
    html: str
    language: str
    headers: dict[str, str] = field(default_factory=dict)
    attachments: list[Attachment] = field(default_factory=list)


def can_send() -> bool:
    return bool(settings.EMAIL_HOST)


def is_address(text: str) -> bool:
    """Whether mail may be sent there. Narrower than the RFC: no quoted names, no bare IP addresses, and only
    hosts that have a dot."""
    if len(text) > MOST_CHARACTERS or not text.isprintable() or set(text) & set('"[ '):
        return False
    try:
        _is_address(text)
    except ValidationError:
        return False
    return True


def send(mail: Mail) -> None:
    """Hand it to the server. Raises MailError. Once the server has taken it, nothing after that matters."""
    if not can_send():
        raise MailError("not_set_up", permanent=False)
    connection = EmailBackend(timeout=settings.EMAIL_TIMEOUT)
    message = _message(mail)
    try:
        connection.open()
        connection.send_messages([message])
    except (smtplib.SMTPException, OSError) as error:
        raise _failure(error) from None  # what the server says may repeat the address
    finally:
        with suppress(smtplib.SMTPException, OSError):
            connection.close()


def _message(mail: Mail) -> EmailMultiAlternatives:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<{mail.key}@{domain}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: nobody's machine should answer
        "X-Auto-Response-Suppress": "All",  # the same for Exchange
        "Content-Language": mail.language,
    }
    subject = _BREAKS.sub(" ", mail.subject).strip()
    message = EmailMultiAlternatives(subject, mail.text, to=[mail.to], headers=headers | mail.headers)
    message.encoding = _CHARSET  # Django takes a Charset here
    message.attach_alternative(mail.html, "text/html")
    for attachment in mail.attachments:
        message.attach(_part(attachment))
    return message


def _part(attachment: Attachment) -> MIMEText:
    """In base64: the lines of a calendar end as they must, whatever lies on the way."""
    part = MIMEText(attachment.text, attachment.subtype, "utf-8")
    for name, value in attachment.parameters.items():
        part.set_param(name, value)
    part.add_header("Content-Disposition", "attachment", filename=attachment.name)
    return part


def _failure(error: Exception) -> MailError:
    """A mailbox or a message that is refused for good stays so; what is wrong with us may be mended."""
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            number = max((answer[0] for answer in refused.values()), default=0)
            return MailError(f"recipient_refused {number}", permanent=number >= 500)
        case smtplib.SMTPAuthenticationError(smtp_code=number):
            return MailError(f"sign_in_refused {number}", permanent=False)
        case smtplib.SMTPSenderRefused(smtp_code=number):
            return MailError(f"sender_refused {number}", permanent=False)
        case smtplib.SMTPDataError(smtp_code=number):
            return MailError(f"message_refused {number}", permanent=number >= 500)
        case smtplib.SMTPNotSupportedError():
            return MailError("not_supported", permanent=False)
        case smtplib.SMTPException():
            return MailError("server_failed", permanent=False)
    return MailError("unreachable", permanent=False)
