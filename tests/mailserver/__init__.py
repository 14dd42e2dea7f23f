"""A mail server for the tests: real SMTP over real sockets (aiosmtpd), which can be told to refuse."""

from tests.mailserver.server import MailServer, mail_server

__all__ = ["MailServer", "mail_server"]
