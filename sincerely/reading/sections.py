"""Cuts the text of a resume at its headings."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADINGS = {
    "summary": (
        "summary", "profile", "about me", "about", "objective", "professional summary",
        "career objective", "personal statement", "career summary", "executive summary",
        "profil", "über mich", "kurzprofil", "à propos", "perfil", "sobre mí", "profilo",
    ),
    "work": (
        "experience", "work experience", "professional experience", "employment",
        "employment history", "work history", "career history", "relevant experience",
        "berufserfahrung", "beruflicher werdegang", "berufspraxis", "expérience",
        "expérience professionnelle", "expériences professionnelles", "parcours professionnel",
        "experiencia", "experiencia laboral", "experiencia profesional",
        "experiência profissional", "esperienza", "esperienza professionale", "esperienze",
        "werkervaring", "الخبرة", "الخبرات", "الخبرة العملية", "опыт работы", "工作经历",
    ),
    "education": (
        "education", "academic background", "academic history", "education and training",
        "qualifications", "ausbildung", "bildung", "studium", "bildungsweg",
        "akademischer werdegang", "formation", "études", "éducation", "educación",
        "formación", "formación académica", "formação acadêmica", "istruzione",
        "istruzione e formazione", "opleiding", "opleidingen", "التعليم", "المؤهلات العلمية",
        "образование", "教育背景",
    ),
    "skills": (
        "skills", "technical skills", "key skills", "core skills", "skills and technologies",
        "technologies", "core competencies", "competencies", "kenntnisse", "fähigkeiten",
        "kompetenzen", "edv-kenntnisse", "compétences", "competences", "competencias",
        "habilidades", "aptitudes", "competenze", "vaardigheden", "المهارات", "навыки", "技能",
    ),
    "languages": (
        "languages", "language skills", "sprachen", "sprachkenntnisse", "langues", "idiomas",
        "lingue", "talen", "اللغات", "языки", "语言能力",
    ),
    "other": (
        "contact", "contact details", "personal details", "projects", "personal projects",
        "selected projects", "relevant repositories", "research projects", "publications",
        "selected publications", "interests", "hobbies", "activities", "awards", "honors",
        "selected honors", "honors and awards", "certifications", "certificates", "references",
        "volunteering", "volunteer experience", "patents", "invited talks", "talks", "events",
        "courses", "training", "achievements", "memberships", "conferences", "kontakt",
        "projekte", "interessen", "ehrenamt", "zertifikate", "veröffentlichungen", "projets",
        "centres d’intérêt", "centres d'intérêt", "loisirs", "activites", "activités",
        "proyectos", "intereses", "referencias", "progetti", "interessi", "personal data",
        "persönliche daten", "publikationen", "personal information", "social networks",
    ),
}  # fmt: skip
_PAGE_NUMBER = re.compile(
    r"^(?:.{0,60}[–—-] )?(?:page )?\d{1,2} ?(?:/|of) ?\d{1,2}$", re.IGNORECASE
)
_SECTION_OF = {heading: name for name, headings in _HEADINGS.items() for heading in headings}


@dataclass(frozen=True)
class Section:
    """`name` is a key of JSON Resume, "other", or "top" for what stands before any heading."""

    name: str
    heading: str
    lines: tuple[str, ...]


def cut(text: str) -> list[Section]:
    """The sections in their order; empty lines are left out."""
    name, heading = "top", ""
    lines: list[str] = []
    sections = []
    for line in text.split("\n"):
        if not line or _PAGE_NUMBER.search(line):
            continue
        found = section_named(line)
        if found:
            sections.append(Section(name, heading, tuple(lines)))
            name, heading, lines = found, line, []
        else:
            lines.append(line)
    return [*sections, Section(name, heading, tuple(lines))]


def section_named(line: str) -> str:
    """The section that this line is the heading of; "" for any other line."""
    if len(line) > 50:
        return ""
    words = re.sub(r"[\d.:•·|_#*►▪\-–—=]+", " ", line.replace("&", " and ")).lower()
    return _SECTION_OF.get(" ".join(words.split()), "")
