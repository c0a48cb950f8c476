"""Reports by e-mail: the page's sentence and cards as text, the files attached."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from html import escape
from typing import Any, ClassVar, Final

from deskbook.errors import ConfigError, DeliveryError
from deskbook.reports.deliver.channels.contract import Channel, Place, channel
from deskbook.reports.deliver.means import Mail, Means
from deskbook.reports.deliver.parcel import Parcel, media_type
from deskbook.reports.tables import views_of

PATIENCE_SECONDS: Final = 30


@channel("email")
@dataclass(frozen=True)
class Email:
    """People, by their addresses; one letter goes to all of them."""

    people: tuple[str, ...]

    keys: ClassVar[tuple[str, ...]] = ("email",)
    repeats: ClassVar[bool] = False

    @classmethod
    def read(cls, values: Mapping[str, Any], place: Place) -> Channel:
        """The addresses as they are written."""
        listed = values["email"]
        if not isinstance(listed, list) or not listed or not all(_is_address(one) for one in listed):
            raise place.wrong(f"email wants a list of addresses such as [lead@example.com], got {listed!r}.")
        return cls(tuple(listed))

    @property
    def shown(self) -> str:
        """The addresses."""
        return ", ".join(self.people)

    def send(self, parcel: Parcel, means: Means) -> str:
        """Hand the letter to the mail server."""
        if means.mail is None:
            said = 'deskbook.toml has no [mail]. Write there at least host = "mail.example.com" and from = "…@…".'
            raise ConfigError(f"Schedule '{parcel.schedule}' sends e-mail, and {said}")
        message = letter(parcel, means.mail.sender, self.people, means)
        password = means.secret(means.mail.password, "[mail]")
        with _server(means.mail, password) as server:
            try:
                refused = server.send_message(message)
            except smtplib.SMTPRecipientsRefused as error:
                codes = [code for code, _ in error.recipients.values()]
                raise DeliveryError(
                    f"The mail server refused all of {self.shown} ({codes[0]}).", again=min(codes) < 500
                ) from error
            except smtplib.SMTPResponseException as error:
                raise DeliveryError(
                    f"The mail server answered {error.smtp_code}.", again=error.smtp_code < 500
                ) from error
            except (smtplib.SMTPException, OSError) as error:
                # after the letter is under way nobody knows whether it was taken: it is not sent again
                said = f"The mail server fell silent ({type(error).__name__}): the letter may have arrived."
                raise DeliveryError(said) from error
        return f"refused: {', '.join(refused)}" if refused else ""


@contextmanager
def _server(mail: Mail, password: str) -> Iterator[smtplib.SMTP]:
    """The mail server, spoken to and signed in; until then nothing is sent, so trying again is harmless."""
    context = ssl.create_default_context()
    try:
        if mail.tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=PATIENCE_SECONDS, context=context)
        else:
            server = smtplib.SMTP(mail.host, mail.port, timeout=PATIENCE_SECONDS)
            if mail.tls == "starttls":
                server.starttls(context=context)
        if mail.user:
            server.login(mail.user, password)
    except smtplib.SMTPAuthenticationError as error:
        raise DeliveryError(f"The mail server {mail.host} does not let {mail.user} in ({error.smtp_code}).") from None
    except (smtplib.SMTPException, OSError) as error:
        said = f"The mail server {mail.host}:{mail.port} cannot be spoken to ({type(error).__name__})."
        raise DeliveryError(said, again=not isinstance(error, ssl.SSLError)) from error
    try:
        yield server
    finally:
        with suppress(smtplib.SMTPException, OSError):  # what was sent is sent, however we part
            server.quit()


def letter(parcel: Parcel, sender: str, people: tuple[str, ...], means: Means) -> EmailMessage:
    """The e-mail: plain text, the same as HTML, and the files."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = parcel.subject, sender, ", ".join(people)
    message["Date"] = format_datetime(means.clock())
    told = f"{parcel.schedule} {parcel.due_at:%Y%m%dT%H%M%S} {', '.join(people)}"
    host = parseaddr(sender)[1].rpartition("@")[2]
    message["Message-ID"] = f"<{hashlib.sha256(told.encode()).hexdigest()[:32]}@{host}>"
    lead, cards, printed = parcel.data["said"], list(_cards(parcel)), parcel.printed()
    lines = [*lead, "", *(f"{label}: {text}" for label, text in cards), ""]
    message.set_content("\n".join([*lines, *(f"{label}: {text}" for label, text in printed)]).strip() + "\n")
    title = f"<h1 style='font-size:20px'>{escape(parcel.data['title'])}</h1>"
    prose = "".join(f"<p>{escape(text)}</p>" for text in lead)
    html = f"{title}{prose}{_rows(cards)}<hr>{_rows(printed, 'color:#666;font-size:12px')}"
    message.add_alternative(f"<div style='font-family:sans-serif'>{html}</div>", subtype="html")
    for file in parcel.files:
        main, sub = media_type(file).split("/")
        message.add_attachment(file.read_bytes(), maintype=main, subtype=sub, filename=file.name)
    return message


def _cards(parcel: Parcel) -> Iterator[tuple[str, str]]:
    """The page's cards as words: label, and value with its change."""
    from deskbook import locales

    with locales.speaking(str(parcel.data.get("locale") or locales.DEFAULT)):
        yield from [*_told(parcel, locales.decimal)]


def _told(parcel: Parcel, number: Callable[[float, int], str]) -> Iterator[tuple[str, str]]:
    for view in views_of(parcel.data):
        if view.name != "cards" or view.said:
            continue
        for label, value, unit, count, change, *_ in view.rows:
            said = "–" if value is None else _short(value, number) + (f" {unit}" if unit else "")
            sample = f", n {number(count, 0)}" if count is not None else ""
            size = "" if change is None else f"{'+' if change >= 0 else ''}{_short(change, number)}"
            moved = f" ({size} against before{sample})" if size else sample
            yield label, said + moved


def _short(value: float, number: Callable[[float, int], str]) -> str:
    """A number with one decimal, where that is not zero."""
    return number(value, 0 if round(value, 1) == round(value) else 1)


def _rows(facts: list[tuple[str, str]], style: str = "") -> str:
    cells = "".join(
        f"<tr><td style='padding-right:16px'>{escape(label)}</td><td>{escape(text)}</td></tr>" for label, text in facts
    )
    return f"<table style='{style}'>{cells}</table>"


def _is_address(one: Any) -> bool:
    name, _, host = one.partition("@") if isinstance(one, str) else ("", "", "")
    return bool(name and host) and not any(sign.isspace() or sign in ",<>" for sign in one)
