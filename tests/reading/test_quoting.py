"""Introductions in the languages of mail programs."""

from __future__ import annotations

import pytest

from sincerely.reading.trimming import trim

MARKED = "\n\n> Dear Jo\n> we have it\n"


@pytest.mark.parametrize(
    "introduction",
    [
        "On Mon, Nov 2, 2026 at 9:12 AM Rosa <rosa@example.net> wrote:",
        "On Mon, 2 Nov 2026 at 09:12, Rosa <\nrosa@example.net> wrote:",
        "On 2 Nov 2026, at 09:12, Rosa <rosa@example.net>wrote:",
        "Am Mo., 2. Nov. 2026 um 09:12 Uhr schrieb Rosa <\nrosa@example.net>:",
        "Le lun. 2 nov. 2026 à 09:12, Rosa <rosa@example.net> a écrit :",
        "El lun, 2 nov 2026 a las 9:12, Rosa (<rosa@example.net>) escribió:",
        "Em seg., 2 de nov. de 2026 às 09:12, Rosa <rosa@example.net>\nescreveu:",
        "Il giorno lun 2 nov 2026 alle ore 09:12 Rosa <rosa@example.net> ha scritto:",
        "Op ma 2 nov 2026 om 09:12 schreef Rosa <rosa@example.net>:",
        "Op 2 nov. 2026 om 09:12 heeft Rosa <rosa@example.net> geschreven:",
        "2. nov. 2026 kl. 09.12 skrev Rosa <rosa@example.net>:",
        "ma 2. marrask. 2026 klo 9.12 Rosa (rosa@example.net) kirjoitti:",
        "W dniu 2 listopada 2026 09:12 użytkownik Rosa <rosa@example.net>\nnapisał:",
        "Dne po 2. 11. 2026 v 9:12 odesílatel Rosa <rosa@example.net> napsal:",
        "пн, 2 нояб. 2026 г. в 09:12, Rosa <rosa@example.net>:",
        "Vào 09:12 2 tháng 11, 2026, Rosa <rosa@example.net> đã viết:",
        "2026年11月2日(月) 9:12 Rosa <rosa@example.net>:",
        "Rosa <rosa@example.net> 于2026年11月2日周一 09:12写道：",
        "Rosa <rosa@example.net> wrote:",
        "---- On Mon, 02 Nov 2026 09:12:00 +0000 Rosa <rosa@example.net> wrote ----",
    ],
)
def test_an_introduction_goes_with_what_it_introduces(introduction: str) -> None:
    assert trim(f"May I come?\n\n{introduction}{MARKED}") == "May I come?"


@pytest.mark.parametrize(
    "headers",
    [
        "From: Rosa <rosa@example.net>\nSent: Monday\nTo: Jo\nSubject: Receipt",
        "*From:* Rosa [mailto:\nrosa@example.net]\n*Sent:* Monday\n*Subject:* Receipt",
        "________________________________\nVon: Rosa\nGesendet: Montag\nAn: Jo\nBetreff: x",
        "De : Rosa <rosa@example.net>\nEnvoyé : lundi\nÀ : Jo\nObjet : x",
        "Van: Rosa <rosa@example.net>\nVerzonden: maandag\nAan: Jo\nOnderwerp: x",
        "Från: Rosa <rosa@example.net>\nSkickat: den 2 november 2026\nTill: Jo\nÄmne: x",
        "От: Rosa\nОтправлено: 2 ноября 2026\nКому: Jo",
        "-----Original Message-----\nFrom: Rosa",
        "-------- Ursprüngliche Nachricht --------\nVon: Rosa",
        "---------- Forwarded message ---------\nFrom: Rosa",
        "Begin forwarded message:",
    ],
)
def test_what_stands_below_the_headers_of_another_mail_goes(headers: str) -> None:
    assert trim(f"May I come?\n\n{headers}\n\nDear Jo,\nwe have it.") == "May I come?"


def test_an_answer_below_what_was_quoted_is_kept() -> None:
    quoted = f"On 2 Nov 2026, Rosa <rosa@example.net> wrote:{MARKED}"
    assert trim(f"Hello.\n{quoted}\nMay I come?") == "Hello.\n\nMay I come?"


def test_words_in_the_line_of_an_introduction_are_kept() -> None:
    said = f"Yes. On Mon, Nov 2, 2026 at 9:12 AM, rosa@example.net wrote:{MARKED}"
    assert trim(said) == "Yes."


def test_a_sentence_above_an_introduction_is_no_part_of_it() -> None:
    said = f"On Friday I can come.\n\nOn Mon, 2 Nov 2026 at 9:12 Rosa wrote:{MARKED}"
    assert trim(said) == "On Friday I can come."
