"""What samples say, in the language that one looks at them in. Names and facts are made up; the long words are as long as
German ones get, with nowhere to break them."""

from initiative.base import languages

_WORDS = {
    "title": {
        "en": "How much carbon can a hedge hold?",
        "fr": "Combien de carbone une haie peut-elle retenir ?",
        "es": "¿Cuánto carbono puede retener un seto?",
        "ar": "كم من الكربون يمكن لسياج شجري أن يحتفظ به؟",
    },
    "long": {
        "en": "Bodenkohlenstoffspeicherungsmaßnahmenförderungsverordnung and Landwirtschaftsflächennutzungsänderungsgesetz",
        "fr": "Anticonstitutionnellementdésertificationréhabilitation des agroécosystèmestransfrontaliersméditerranéens",
        "es": "Desertificaciónagroecosistemastransfronterizosmediterráneos y electroencefalografistasinteroceánicos",
        "ar": "أفاستسقيناكموهاوالمستخلصاتالعضويةالمتراكمةفيالتربةالزراعية ومشاريعاستعادةالأراضيالمتدهورةالعابرةللحدود",
    },
    "sentence": {
        "en": "Roots leave carbon behind; a thousand grains of it are counted, and four of them are lit.",
        "fr": "Les racines laissent du carbone ; on en compte mille grains, dont quatre sont éclairés.",
        "es": "Las raíces dejan carbono; se cuentan mil granos, y cuatro de ellos están encendidos.",
        "ar": "تترك الجذور الكربون وراءها، ونعد منه ألف حبة، أربع منها مضيئة.",
    },
    "person": {"en": "Ada Loam", "fr": "Ada Loam", "es": "Ada Loam", "ar": "آدا لوم"},
    "institute": {
        "en": "Institute for Hedges",
        "fr": "Institut des haies",
        "es": "Instituto de los Setos",
        "ar": "معهد الأسيجة الشجرية",
    },
    "organisation": {
        "en": "The Soil Trust",
        "fr": "La Fiducie des sols",
        "es": "El Fondo de los Suelos",
        "ar": "صندوق التربة",
    },
    "journal": {
        "en": "Journal of Hedges",
        "fr": "Revue des haies",
        "es": "Revista de los Setos",
        "ar": "مجلة الأسيجة",
    },
    "article": {"en": "Article", "fr": "Article", "es": "Artículo", "ar": "مقال"},
    "film": {"en": "Film", "fr": "Film", "es": "Película", "ar": "فيلم"},
    "report": {"en": "Report", "fr": "Rapport", "es": "Informe", "ar": "تقرير"},
    "topic": {"en": "Roots", "fr": "Racines", "es": "Raíces", "ar": "الجذور"},
    "city": {"en": "Nairobi", "fr": "Nairobi", "es": "Nairobi", "ar": "نيروبي"},
    "country": {"en": "Kenya", "fr": "Kenya", "es": "Kenia", "ar": "كينيا"},
    "kind": {"en": "Research", "fr": "Recherche", "es": "Investigación", "ar": "البحث"},
    "partners": {"en": "partners", "fr": "partenaires", "es": "socios", "ar": "شركاء"},
    "about": {"en": "about", "fr": "environ", "es": "aproximadamente", "ar": "نحو"},
    "go": {"en": "Go on", "fr": "Continuer", "es": "Continuar", "ar": "المتابعة"},
    "email": {
        "en": "Your e-mail address",
        "fr": "Votre adresse e-mail",
        "es": "Su correo electrónico",
        "ar": "بريدك الإلكتروني",
    },
    "hint": {
        "en": "We write to it once, to see that it is yours.",
        "fr": "Nous y écrivons une fois, pour vérifier qu’elle est à vous.",
        "es": "Le escribimos una vez, para comprobar que es suyo.",
        "ar": "نكتب إليه مرة واحدة للتأكد من أنه لك.",
    },
    "agree": {
        "en": "We take part in the Initiative",
        "fr": "Nous prenons part à l’Initiative",
        "es": "Participamos en la Iniciativa",
        "ar": "نشارك في المبادرة",
    },
    "hectares": {"en": "hectares", "fr": "hectares", "es": "hectáreas", "ar": "هكتار"},
    "running": {"en": "On course", "fr": "En bonne voie", "es": "En buen camino", "ar": "في المسار الصحيح"},
    "due": {"en": "Report due", "fr": "Rapport attendu", "es": "Informe pendiente", "ar": "تقرير مستحق"},
    "done": {"en": "Completed", "fr": "Achevé", "es": "Cumplido", "ar": "مكتمل"},
}


def say(name: str) -> str:
    """A word or sentence in the active language, or English. Raises KeyError for an unknown name."""
    texts = _WORDS[name]
    return texts.get(languages.current(), texts["en"])
