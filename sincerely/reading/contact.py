"""Who a resume is from and how to reach them: name, e-mail, phone, web addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from sincerely.reading.vocabulary import INSTITUTION, is_position

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_][\w-]{1,23}(?![\w@])")
_PHONE = re.compile(r"(?<![\w/.,])(?:\+|00)?\(?\d[\d \t()./\-–]{5,24}\d(?![\w%])")
_PHONE_LABEL = re.compile(r"\b(?:phone|tel|mobil|cell|handy|móvil|cel)", re.IGNORECASE)
_WEB = re.compile(
    r"(?<![\w@.])(?:https?://|www\.)[^\s<>()\[\]|·•\"]{3,300}"
    r"|(?<![\w@./])(?:linkedin\.com|github\.com|gitlab\.com|xing\.com|orcid\.org|bitbucket\.org"
    r"|stackoverflow\.com|behance\.net|dribbble\.com)/[^\s<>()\[\]|·•\",]{1,200}",
    re.IGNORECASE,
)
_NETWORKS = {
    "linkedin.com": "LinkedIn",
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "xing.com": "XING",
    "orcid.org": "ORCID",
    "bitbucket.org": "Bitbucket",
    "stackoverflow.com": "Stack Overflow",
    "behance.net": "Behance",
    "dribbble.com": "Dribbble",
    "twitter.com": "Twitter",
    "x.com": "X",
}
_PROFILE_FOLDERS = {"in", "profile", "users", "pub"}
_NOT_A_NAME = {
    "curriculum", "vitae", "resume", "résumé", "cv", "lebenslauf", "profile", "contact",
    "page", "updated", "last", "hoja", "vida", "currículum", "personal", "about", "bewerbung",
    "application", "letter", "confidential", "summary", "hello",
}  # fmt: skip
_ACADEMIC = re.compile(
    r"(?<!\w)(?:[MB]\.?\s?Sc\.?|[MB]\.A\.|[MB]\.?Eng\.?|Ph\.?\s?D\.?|MBA|R\.?N\.?|Dipl\.-?\w*\.?)(?!\w)",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s*[|·•,\t]\s*|\s{3,}")
_HEAD_LINES = 25


def find_basics(text: str, links: Iterable[str], headings: Iterable[str]) -> dict[str, Any]:
    """JSON Resume's "basics", with only what was found.

    `links` are the addresses behind words in the document; `headings` are lines that begin a
    section, and so are no names.
    """
    links = list(links)
    email = find_email(text, links)
    basics: dict[str, Any] = {
        "name": find_name(text, email, set(headings)),
        "email": email,
        "phone": find_phone(text, links),
    }
    head = "\n".join(text.split("\n")[:_HEAD_LINES])
    basics["url"] = _own_site(head, links)
    basics["profiles"] = _profiles([*_WEB.findall(text), *links])
    return {key: value for key, value in basics.items() if value}


def find_email(text: str, links: Iterable[str] = ()) -> str:
    """The first e-mail address, or the first one behind a link."""
    linked = (link[7:].split("?")[0] for link in links if link.lower().startswith("mailto:"))
    for place in (text, *linked):
        if match := _EMAIL.search(place):
            return match[0].strip(".")
    return ""


def find_phone(text: str, links: Iterable[str] = ()) -> str:
    """The likeliest phone number, as it was written; years and dates are none."""
    best, best_score = "", 0
    for match in _PHONE.finditer(text):
        score = _phone_score(match[0], text[max(0, match.start() - 20) : match.start()])
        if score > best_score:
            best, best_score = match[0].strip(), score
    linked = (link[4:] for link in links if link.lower().startswith("tel:"))
    return best or next(linked, "")


def _phone_score(number: str, before: str) -> int:
    digits = sum(map(str.isdigit, number))
    if not 7 <= digits <= 15 or number.count("(") != number.count(")"):
        return 0
    if re.search(r"\b(?:19|20)\d\d\s*[-–./]\s*(?:(?:19|20)\d\d|\d\d?\b)", number):
        return 0
    if re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}([ -]\d{4}){3}", number.strip()):
        return 0
    international = number.startswith(("+", "00", "(+"))
    labelled = bool(_PHONE_LABEL.search(before))
    shaped = digits >= 9 and not number.isdigit()
    return 1 * shaped + 2 * labelled + 2 * international + (digits >= 9)


def find_name(text: str, email: str, headings: set[str]) -> str:
    """The line near the top that looks most like a person's name; "" when none does."""
    best, best_score = "", 0
    local = _plain(email.split("@")[0])
    lines = [line for line in text.split("\n")[:_HEAD_LINES] if line]
    for position, line in enumerate(lines):
        for part in [] if line in headings else _SEPARATORS.split(line)[:3]:
            candidate = _clean_name(part)
            score = _name_score(candidate, position, local)
            if score > best_score:
                best, best_score = candidate, score
    return _as_name(best)


def _clean_name(part: str) -> str:
    part = re.sub(r"(?i)^(?:full |first )?name\s*:\s*", "", part.strip())
    words = _ACADEMIC.sub("", part).split()
    return " ".join(word for word in words if word.lower().strip(":.") not in _NOT_A_NAME)


def _name_score(candidate: str, position: int, local: str) -> int:
    words = candidate.split()
    if not 2 <= len(words) <= 5 or len(candidate) > 60 or not all(map(_is_name_word, words)):
        return 0
    if is_position(candidate) or INSTITUTION.search(candidate):
        return 0
    # The address often carries the name: jo.murphy@, jmurphy@, murphyj@.
    matches = sum(len(_plain(word)) > 2 and _plain(word) in local for word in words)
    near_top = max(0, 4 - position)
    return 1 + near_top + 6 * matches


def _is_name_word(word: str) -> bool:
    letters = word.strip(".,").replace("-", "").replace("'", "").replace("’", "")
    if not letters or not all(_is_letter_or_mark(character) for character in letters):
        return False
    particles = {"de", "da", "von", "van", "der", "den", "bin", "al", "la", "le", "di", "dos", "y"}
    return not letters[0].islower() or letters in particles


def _is_letter_or_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.lower())
    return "".join(character for character in decomposed if character.isalnum())


def _as_name(words: str) -> str:
    """Capitals of a headline become a name again: "JO MURPHY" → "Jo Murphy"."""
    capitals = sum(map(str.isupper, words))
    return words.title() if len(words) > 4 and capitals * 3 > len(words) * 2 else words


def _own_site(head: str, links: Iterable[str]) -> str:
    """A home page that is named at the top; links to employers and schools are further down."""
    for address in (*_WEB.findall(head), *links):
        address = _full(address)
        host, path = _host_and_path(address)
        if host and not path and host not in _NETWORKS and host in head.lower():
            return address
    return ""


def _profiles(addresses: Iterable[str]) -> list[dict[str, str]]:
    """One profile per network, the first one found."""
    profiles: dict[str, dict[str, str]] = {}
    for address in map(_full, addresses):
        host, username = _host_and_path(address)
        network = _NETWORKS.get(host)
        if network and username and network not in profiles:
            profiles[network] = {"network": network, "username": username, "url": address}
    return list(profiles.values())


def _full(address: str) -> str:
    address = address.rstrip(".,;:")
    return address if re.match(r"[a-z]+:", address, re.IGNORECASE) else f"https://{address}"


def _host_and_path(address: str) -> tuple[str, str]:
    """The host without "www.", and the user name its path points to; ("", "") when broken."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return "", ""
    folders = [folder for folder in parts.path.split("/") if folder]
    names = [folder for folder in folders if folder not in _PROFILE_FOLDERS]
    return host, names[0][:100] if names else ""
