"""Names for demo and measurements: common ones as they are, rare ones put together from parts.

The frequencies fall like those of real names (Zipf–Mandelbrot): the most common first name is borne
by about 1.3 % and the most common surname by about 0.1 % of the people. Real first and last names
clump more (Smith is 0.8 % of the United States); who bears both most common names can be told apart
by name alone in neither.
"""

from __future__ import annotations

import random
from functools import cache
from itertools import product

_FIRST = """
Maria Daniel Anna David Laura Michael Sofia Thomas Julia Peter Emma Martin Sara Paul Elena Alexander
Lena James Marta Robert Amina Joseph Eva Andrea Omar Lucas Nina Ahmed Clara Simon Mia Adam Hannah Leo
Zoë José Chloé René Søren Łukasz Jürgen André Françoise Björn Núria Ángel Inés Renée Óscar Aïcha Noël
Fatima Yusuf Leila Karim Samira Hassan Mei Wei Li Jun Hiro Yuki Aiko Min Ji Priya Arjun Anjali Ravi
Kofi Ama Kwame Abena Chidi Ngozi Tunde Zola Thabo Naledi Ivan Olga Dmitri Irina Pavel Katya Milan Vera
Luca Giulia Marco Chiara Pedro Inês João Beatriz Carlos Lucía Diego Carmen Erik Ingrid Lars Astrid Jan
Pieter Sanne Femke Niamh Seán Aoife Ciarán Rhys Carys Ewan Isla Noah Olivia Liam Ava Ethan Grace Ruth
Oscar Alice Henry Rose Frank Helen George Irene Victor Iris Walter Ada Edith Mabel Otto Frieda Emil
""".split()
_LAST = """
Smith Müller García Johnson Nguyen Silva Rossi Martin Novak Kowalski Jensen Andersson Kim Singh Khan
Brown Schmidt González Williams Tran Santos Ferrari Bernard Horvat Nowak Nielsen Johansson Lee Patel Ali
Jones Schneider Rodríguez Davis Le Oliveira Esposito Dubois Kovač Wiśniewski Hansen Karlsson Park Sharma
O'Brien O'Connor Fernández López Martínez Sánchez Pérez Gómez Díaz Núñez Ibáñez Muñoz Peña Ruíz Jiménez
Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Köhler König Krüger Größe Weiß Böhm Jäger
Van Dijk De Vries Bakker Visser Smit Mulder Dekker Okafor Mensah Diallo Traoré Keita Cissé Ndiaye Abebe
Tanaka Suzuki Sato Watanabe Ito Yamamoto Chen Wang Zhang Liu Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu
Haddad Mansour Nasser Saleh Aziz Rahman Hussain Ahmed Chowdhury Das Roy Banerjee Iyer Reddy Rao Nair
Ivanova Petrov Sokolov Popova Volkov Morozova Nikolić Petrović Jovanović Popescu Ionescu Nagy Kovács Tóth
""".split()
_FIRST_PARTS = (
    "Al An Ar Be Bri Ca Ce Da De El Em Fa Fe Ga Gi Ha He Il Is Ja Jo Ka Ke La Li Ma Me Na No Ol".split(),
    "bert dan dora fina gar lia lina mar mina nard nora rik rina sandra ta ton vin wen zia zon".split(),
)
_LAST_PARTS = (
    """Ack Ald Alm And Arm Ash Bag Ban Bar Bax Beck Bel Ber Bir Black Blom Bor Brad Bran Bren Brom Bur
    Cald Cam Carl Cat Chal Cher Clay Clif Col Con Cor Crom Dal Dan Dar Den Dor Dun East Ed Eg El Er Fair
    Fal Far Fen Fin Fos Gal Gar Gil Glen Gor Gran Green Grim Had Hal Ham Har Hart Has Hav Haw Hay Hel Hen
    Hol Hor Hud Hun Ing Ir Jas Ken Ker Kil Kin Kirk Lam Lan Lar Law Leg Lin Loch Lor Lun Mal Mar Mel Mer
    Mil Mor Nel New Nor Oak Ol Or Os Pal Par Pem Pen Per Quin Rad Ral Ram Red Ren Rich Rob Ros Roth Rus
    Sal San Sel Shel Sher Sil Som Stan Ster Strat Sut Tal Tan Thorn Til Tor Tun Ul Vale Vin Wal War""".split(),
    """acker ages aldo aman anby ander anova ante arson asco ault aux beck berg bert bourne brook burgh
    bury by champ church cliffe combe cott cutt dale den der dez dorf dottir duke dyke ell elli enko erby
    erman ero erton es escu etti ewski feld field fleet ford forth furt gate gaard grave green ham hart
    hausen haven heim hill hoff holm holt house huis hurst iak ić idis ier ika in ini ino inski ishi itz
    kamp kin kins kirk kova lake land lander ley lin ling lock low lund mann mark meier meister mere mond
    monte more mouth nen ner ness ney nik nolds oglu oni opoulos ora ossian ova owski palmer pool quist
    rath reid reth ridge rod row sby sen shaw shire sky smith son stad stead stein stone strand ström
    sund tal ter thal thorpe ton tree tz ulis unga vale vall vik ville walt ward water way well wen wick
    wood worth wright yard yev zadeh zian ziger zo""".split(),
)
FIRST_FLATNESS, LAST_FLATNESS = 20, 200


@cache
def first_names() -> tuple[str, ...]:
    """Some 800 first names, the common ones first."""
    return tuple(dict.fromkeys([*_FIRST, *map("".join, product(*_FIRST_PARTS))]))


@cache
def last_names() -> tuple[str, ...]:
    """Some 27,000 surnames, the common ones first."""
    rare = list(map("".join, product(*_LAST_PARTS)))
    random.Random(7).shuffle(rare)  # noqa: S311  (an order, not a secret)
    return tuple(dict.fromkeys([*_LAST, *rare]))


def rank(share: float, size: int, flatness: int) -> int:
    """Which name of `size` a uniform share of 0…1 falls on."""
    return min(int(flatness * (((size + flatness) / flatness) ** share) - flatness), size - 1)


def any_name(chance: random.Random) -> str:
    """A full name, drawn by these frequencies."""
    first, last = first_names(), last_names()
    return (
        f"{first[rank(chance.random(), len(first), FIRST_FLATNESS)]} "
        f"{last[rank(chance.random(), len(last), LAST_FLATNESS)]}"
    )
