"""The text of a resume as JSON Resume (https://jsonresume.org/schema, version 1.0.0).

Guesses are kept modest: what cannot be told apart is kept as a summary, not put into a field
where it might be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sincerely.reading.contact import find_basics
from sincerely.reading.entries import Entry, cut_entries
from sincerely.reading.sections import Section, cut
from sincerely.reading.vocabulary import DEGREE, INSTITUTION, POSITION, is_language, without_bullet

_MAX_ENTRIES = 60
_MAX_SKILLS = 100
_STRONG_SEPARATOR = re.compile(r"\s+[-–—|·•@]\s+|\s*\|\s*|\t+|\s+at\s+|\s*[()]\s*")
_LIST_SEPARATOR = re.compile(r"\s*[,;•·|\t]\s*")


def to_json_resume(text: str, links: Iterable[str] = ()) -> dict[str, Any]:
    """What the text says, as a JSON Resume object; sections without a finding are left out."""
    sections = cut(text)
    basics = find_basics(text, links, (section.heading for section in sections))
    if summary := _summary(sections):
        basics["summary"] = summary
    resume = {
        "basics": basics,
        "work": _all(sections, "work", _work),
        "education": _all(sections, "education", _education),
        "skills": _skills(_lines(sections, "skills")),
        "languages": _languages(_lines(sections, "languages")),
    }
    return {key: value for key, value in resume.items() if value}


def _lines(sections: Sequence[Section], name: str) -> list[str]:
    return [line for section in sections if section.name == name for line in section.lines]


def _summary(sections: Sequence[Section]) -> str:
    return " ".join(_lines(sections, "summary"))[:2000]


def _all(
    sections: Sequence[Section], name: str, build: Callable[[Entry], dict[str, Any]]
) -> list[dict[str, Any]]:
    found = [
        {key: value for key, value in build(entry).items() if value}
        for section in sections
        if section.name == name
        for entry in cut_entries(section.lines)
    ]
    return found[:_MAX_ENTRIES]


def _work(entry: Entry) -> dict[str, Any]:
    pieces = _pieces(entry.header)
    position = next((piece for piece in pieces if POSITION.search(piece)), "")
    name = next((piece for piece in pieces if piece != position), "")
    dates = {"startDate": entry.start, "endDate": entry.end, "highlights": entry.highlights}
    if not position:
        return {**dates, "summary": ", ".join(pieces)}
    return {"name": name, "position": position, **dates}


def _education(entry: Entry) -> dict[str, Any]:
    pieces = _pieces([*entry.header, *entry.highlights[:2]])
    institution = next((piece for piece in pieces if INSTITUTION.search(piece)), "")
    degree = DEGREE.search(institution) or next(filter(None, map(DEGREE.search, pieces)), None)
    study_type = degree[0].strip() if degree else ""
    if degree and institution.startswith(degree[0]):
        institution = institution.removeprefix(degree[0]).strip(" ,-–")
    return {
        "institution": institution,
        "studyType": study_type,
        "area": _area(pieces, institution),
        "startDate": entry.start,
        "endDate": entry.end,
        "courses": entry.highlights if not institution else [],
    }


def _area(pieces: Sequence[str], institution: str) -> str:
    """The subject: what stands beside the degree."""
    for piece in pieces:
        match = DEGREE.search(piece)
        if match and not (institution and institution in piece):
            subject = piece[match.end() :].strip(" ,.:-–")
            for word in ("in ", "of ", "en ", "de ", "für "):
                subject = subject.removeprefix(word)
            if subject:
                return subject
    return ""


def _pieces(header: Sequence[str]) -> list[str]:
    """A header cut at its separators; at commas only when nothing else divides it."""
    pieces = [piece.strip(" ,") for line in header for piece in _STRONG_SEPARATOR.split(line)]
    pieces = [piece for piece in pieces if piece]
    if pieces and "," in pieces[0]:
        first = [part.strip() for part in pieces[0].split(",", 1)]
        pieces[:1] = [part for part in first if part]
    return pieces


def _skills(lines: Sequence[str]) -> list[dict[str, Any]]:
    """Labelled groups ("Languages: Python, C") with keywords; anything else by its name."""
    prose = any(len(line.split()) > 5 and not re.search("[,:;•|]", line) for line in lines)
    skills: list[dict[str, Any]] = []
    for line in (without_bullet(line) for line in lines):
        label, colon, rest = line.partition(":")
        if colon and len(label) <= 40 and rest.strip():
            skills.append({"name": label.strip(), "keywords": _items(rest)})
        elif "," in line or (len(line) <= 60 and not prose):
            skills.extend({"name": item} for item in _items(line))
    return skills[:_MAX_SKILLS]


def _items(line: str) -> list[str]:
    items = (item.strip(" .") for item in _LIST_SEPARATOR.split(line))
    return [item for item in items if 0 < len(item) <= 60][:50]


def _languages(lines: Sequence[str]) -> list[dict[str, Any]]:
    languages = []
    for item in (piece for line in lines[:30] for piece in _items(without_bullet(line))):
        match = re.fullmatch(r"\W*([^\W\d_]{3,20})\s*(?:[(:–-]\s*([^()]{1,40})\)?)?", item)
        if match and (match[2] or is_language(match[1])):
            found = {"language": match[1], "fluency": (match[2] or "").strip()}
            languages.append({key: value for key, value in found.items() if value})
    return languages[:20]
