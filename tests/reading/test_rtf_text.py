from __future__ import annotations

import pytest

from sincerely.reading.content import Unreadable
from sincerely.reading.problems import Problem
from sincerely.reading.rtf_text import read_rtf


def test_formatting_and_font_tables_stay_out() -> None:
    source = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0\b Jo\b0  M\'fcller\par Cook}"
    assert read_rtf(source).text.split() == ["Jo", "Müller", "Cook"]


def test_a_picture_of_megabytes_costs_nothing() -> None:
    source = rb"{\rtf1 Jo {\pict\pngblip " + b"ab01" * 1_500_000 + rb"} Murphy}"
    assert read_rtf(source).text.split() == ["Jo", "Murphy"]


def test_a_hyperlink_is_found() -> None:
    source = rb'{\rtf1 {\field{\*\fldinst HYPERLINK "https://jo.example"}{\fldrslt me}}}'
    assert read_rtf(source).links == ["https://jo.example"]


def test_endless_markup_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_rtf(rb"{\rtf1 " + rb"\b x" * 1_100_000)
    assert refusal.value.problem is Problem.TOO_COMPLEX
