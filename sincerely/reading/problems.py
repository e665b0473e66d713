"""Why a document was refused or could not be read, as a code and as a plain sentence."""

from __future__ import annotations

from enum import StrEnum


class Problem(StrEnum):
    """A named reason; the value is stable and may be stored."""

    # Found from the outside, before a document is accepted.
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    EXECUTABLE = "executable"
    IMAGE = "image"
    ARCHIVE = "archive"
    MACROS = "macros"
    OLD_WORD = "old-word"
    PAGES = "pages"
    OTHER_OFFICE = "other-office"
    MISMATCH = "mismatch"
    UNKNOWN = "unknown"
    UNPACKS_TOO_LARGE = "unpacks-too-large"
    # Found while reading. The first two may already show from the outside.
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    IMAGE_ONLY = "image-only"
    NO_TEXT = "no-text"
    TOO_COMPLEX = "too-complex"
    TOO_SLOW = "too-slow"
    CRASHED = "crashed"

    @property
    def sentence(self) -> str:
        """What to tell a person, with the way out where there is one."""
        return SENTENCES[self]


_SAVE_AS_PDF = "Please save it as PDF or DOCX and try again."

SENTENCES: dict[Problem, str] = {
    Problem.EMPTY: "The file is empty. Please choose it again.",
    Problem.TOO_LARGE: "The file is larger than 10 MB. Please send a smaller one.",
    Problem.EXECUTABLE: "This is a program, not a document. Please send a PDF or DOCX.",
    Problem.IMAGE: f"This is a picture. {_SAVE_AS_PDF}",
    Problem.ARCHIVE: "This is an archive. Please send the document itself, as PDF or DOCX.",
    Problem.MACROS: f"This document contains macros, which we do not open. {_SAVE_AS_PDF}",
    Problem.OLD_WORD: f"This is the old Word format (.doc). {_SAVE_AS_PDF}",
    Problem.PAGES: f"This is an Apple Pages document. {_SAVE_AS_PDF}",
    Problem.OTHER_OFFICE: f"This is a spreadsheet or a presentation. {_SAVE_AS_PDF}",
    Problem.MISMATCH: f"The file's name and its content do not fit together. {_SAVE_AS_PDF}",
    Problem.UNKNOWN: "We cannot open this kind of file. Please send PDF, DOCX, ODT, RTF or TXT.",
    Problem.UNPACKS_TOO_LARGE: f"This document unpacks to far more than a resume. {_SAVE_AS_PDF}",
    Problem.ENCRYPTED: "The document is protected by a password. Please send one without.",
    Problem.CORRUPT: f"The document is damaged. {_SAVE_AS_PDF}",
    Problem.IMAGE_ONLY: "The document holds pictures only, so its text cannot be searched.",
    Problem.NO_TEXT: "The document holds no text.",
    Problem.TOO_COMPLEX: f"The document is built in a way that we cannot read. {_SAVE_AS_PDF}",
    Problem.TOO_SLOW: "The document took too long to read. A person can still open it.",
    Problem.CRASHED: "The document could not be read. A person can still open it.",
}
