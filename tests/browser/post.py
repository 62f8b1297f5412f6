"""The post: the real worker delivers, and a person reads the mail."""

import re

from django.core import mail

Message = mail.EmailMultiAlternatives


class Postman:
    """Lets the worker deliver what is queued, and finds mail."""

    def __init__(self, run_jobs) -> None:
        self.run_jobs = run_jobs

    def deliver(self) -> list[Message]:
        """What was delivered just now."""
        before = len(mail.outbox)
        self.run_jobs()
        return mail.outbox[before:]

    def deliver_to(self, address: str) -> Message:
        """The one mail that somebody got just now."""
        (message,) = [message for message in self.deliver() if message.to == [address]]
        return message


def links(message: Message) -> list[str]:
    """The addresses in the text of a mail, in order."""
    return re.findall(r"https?://\S+", message.body)


def code_in(message: Message) -> str:
    """The code to sign in with; it stands on a line of its own."""
    return re.search(r"^([A-Z0-9-]{6,12})$", message.body, re.MULTILINE)[1]
