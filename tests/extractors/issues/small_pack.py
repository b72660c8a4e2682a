"""A pack of three sides, two people and a few issues, so that tests need no shipped pack."""

from datetime import date

from config.packs.types import (
    ClockRule,
    Issue,
    Milestone,
    Office,
    Organisation,
    Pack,
    Party,
    Person,
)
from extractors.reading import Knowledge, Reading, prepare, read
from extractors.types import Document


def _texts(name: str) -> dict[str, str]:
    return {"en": name, "fr": name, "es": name}


def _issue(
    id: str,
    group: str,
    en: tuple[str, ...],
    fr: tuple[str, ...],
    es: tuple[str, ...],
    weak: tuple[str, ...] = (),
    unless: tuple[str, ...] = (),
) -> Issue:
    return Issue(
        id,
        group,
        _texts(id),
        {"en": en, "fr": fr, "es": es},
        {"en": weak, "fr": weak, "es": weak},
        {"en": unless, "fr": unless, "es": unless},
    )


PACK = Pack(
    name="small",
    version=1,
    title=_texts("Talks"),
    agreements={"en": ("NAFTA", "USMCA"), "fr": ("ALENA", "ACEUM"), "es": ("TLCAN", "T-MEC")},
    parties=(
        Party(
            "CA",
            _texts("Canada"),
            {
                "en": ("Canada", "Canadian", "Ottawa"),
                "fr": ("Canada", "canadien", "canadienne", "canadiennes", "Ottawa"),
                "es": ("Canadá", "canadiense", "Ottawa"),
            },
        ),
        Party(
            "US",
            _texts("United States"),
            {
                "en": ("United States", "U.S.", "Washington", "American"),
                "fr": ("États-Unis", "Washington", "américain", "américaine", "américaines"),
                "es": ("Estados Unidos", "Washington", "estadounidense", "estadounidenses"),
            },
        ),
        Party(
            "MX",
            _texts("Mexico"),
            {
                "en": ("Mexico", "Mexican"),
                "fr": ("Mexique", "mexicain", "mexicaine"),
                "es": ("México", "mexicano", "mexicana"),
            },
        ),
    ),
    people=(
        Person("rosa-ortiz", "Rosa Ortiz", "MX", (Office(_texts("Minister")),), ("Ortiz",)),
        Person("dan-webb", "Dan Webb", "US", (Office(_texts("Envoy")),), ("Webb",)),
    ),
    organisations=(Organisation("senate", _texts("US Senate"), "US"),),
    issues=(
        _issue(
            "sunset",
            "substance",
            ("sunset clause", "USMCA review"),
            ("clause crépusculaire",),
            ("cláusula de extinción",),
        ),
        _issue(
            "dairy",
            "substance",
            ("supply management", "dairy"),
            ("gestion de l'offre", "produits laitiers"),
            ("lácteos", "gestión de la oferta"),
        ),
        _issue(
            "panels",
            "substance",
            ("Chapter 19",),
            ("chapitre 19",),
            ("capítulo 19",),
            unless=(r"\bbankruptcy under chapter 19",),
        ),
        _issue(
            "metals",
            "pressure",
            ("steel tariffs", "tariffs on steel"),
            ("tarifs sur l'acier", "surtaxes"),
            ("aranceles al acero",),
        ),
        _issue(
            "retaliation",
            "pressure",
            ("retaliate", "retaliation", "Canadian countermeasures"),
            ("représailles",),
            ("represalias",),
        ),
        _issue("corn", "substance", ("GM corn",), ("maïs",), ("maíz",)),
        _issue("labour", "substance", ("labor chapter",), ("normes du travail",), ("laboral",)),
        _issue("energy", "substance", (), (), (), weak=("energy", "énergie", "energía")),
    ),
    milestones=(
        Milestone("review", "meeting", date(2026, 7, 1), date(2026, 7, 1), _texts("Joint review")),
    ),
    clocks=(
        ClockRule(
            "signing-notice",
            _texts("Notice of intent to sign"),
            90,
            "days",
            _texts("signing"),
            "before",
            "law",
            {"en": ("notice of intent",), "fr": ("préavis",), "es": ("notificación",)},
        ),
    ),
)
KNOWLEDGE: Knowledge = prepare((PACK,))


def reading_of(text: str, lang: str = "en", published: date | None = date(2018, 5, 10)) -> Reading:
    """*text* read with the small pack."""
    return read(Document(text, published, lang), KNOWLEDGE)
