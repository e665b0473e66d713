"""Words by which a resume's pieces can be told apart: positions, schools, degrees, languages."""

from __future__ import annotations

import re

POSITION = re.compile(
    r"\b(?:engineer|developer|manager|director|assistant|intern|consultant|analyst|designer|"
    r"teacher|nurse|chef|cook|waiter|waitress|server|cashier|clerk|officer|lead|head|founder|"
    r"co-founder|cto|ceo|cfo|coordinator|specialist|administrator|architect|scientist|"
    r"researcher|professor|lecturer|tutor|technician|representative|executive|associate|"
    r"supervisor|accountant|editor|writer|programmer|trainee|apprentice|employee|barista|host|"
    r"hostess|bartender|driver|physician|doctor|therapist|pharmacist|caregiver|secretary|"
    r"receptionist|recruiter|strategist|planner|producer|advisor|student|fellow|scholar|"
    r"porter|dishwasher|baker|butcher|carer|midwife|paramedic|surgeon|attendant|agent|worker|"
    r"operator|mechanic|electrician|plumber|salesperson|buyer|merchandiser|publicist|librarian|"
    r"guard|cleaner|housekeeper|sommelier|crew member|team member|volunteer|partner|owner|"
    r"entwickler(?:in)?|leiter(?:in)?|praktikant(?:in)?|berater(?:in)?|werkstudent(?:in)?|"
    r"krankenpfleger(?:in)?|pflegefachkraft|ingénieure?|développeu(?:r|se)|stagiaire|"
    r"ingenier[oa]|desarrollador[a]?|enfermer[oa]|camarer[oa])s?\b",
    re.IGNORECASE,
)
INSTITUTION = re.compile(
    r"universi|college|school|institut|academy|akademie|hochschule|gymnasium|polytechn|faculty|"
    r"école|lycée|escuela|colegio|instituto|faculdade|liceo|politecnico|جامعة|университет|大学",
    re.IGNORECASE,
)
DEGREE = re.compile(
    r"\b(?:ph\.?\s?d\.?|doctorate|m\.?\s?sc\.?|b\.?\s?sc\.?|m\.?b\.?a\.?|bachelor(?:'s|s)?|"
    r"master(?:'s|s)?|b\.?a\.?|m\.?a\.?|b\.?eng\.?|m\.?eng\.?|bs|ms|diploma?|diplom|associate|"
    r"licen[cs]e|licenciatura|abitur|baccalauréat|high school diploma|certificate|staatsexamen|"
    r"ausbildung|laurea)(?![\w])(?: degree)?",
    re.IGNORECASE,
)
BULLET = re.compile(r"^[•·◦▪●○‣∙■□►➢✓◆❖*\-–—o]\s+")

_LANGUAGES = {
    "albanian", "arabic", "bengali", "bosnian", "bulgarian", "cantonese", "catalan", "chinese",
    "croatian", "czech", "danish", "dutch", "english", "estonian", "farsi", "finnish", "french",
    "german", "greek", "gujarati", "hebrew", "hindi", "hungarian", "icelandic", "indonesian",
    "irish", "italian", "japanese", "korean", "latvian", "lithuanian", "malay", "mandarin",
    "marathi", "norwegian", "persian", "polish", "portuguese", "punjabi", "romanian", "russian",
    "serbian", "slovak", "slovenian", "spanish", "swahili", "swedish", "tagalog", "tamil",
    "telugu", "thai", "turkish", "ukrainian", "urdu", "vietnamese", "welsh", "yoruba",
    "deutsch", "englisch", "französisch", "spanisch", "italienisch", "türkisch", "russisch",
    "polnisch", "arabisch", "français", "anglais", "allemand", "espagnol", "italien", "arabe",
    "portugais", "néerlandais", "español", "inglés", "francés", "alemán", "italiano",
    "portugués", "inglês", "francês", "alemão", "espanhol", "nederlands", "engels", "duits",
    "frans",
}  # fmt: skip


def is_position(words: str) -> bool:
    """Whether a phrase names what somebody works as."""
    return bool(POSITION.search(words))


def is_language(word: str) -> bool:
    """Whether a word is the name of a widely spoken language."""
    return word.lower() in _LANGUAGES


def is_bullet(line: str) -> bool:
    return bool(BULLET.match(line))


def without_bullet(line: str) -> str:
    return BULLET.sub("", line)
