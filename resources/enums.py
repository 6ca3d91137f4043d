"""Fixed lists of the library: each value is stored, each label is translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Soil(models.TextChoices):
    """The soil that a type's covers are drawn as."""

    CHERNOZEM = "chernozem", _("Chernozem: black, brown, ochre")
    TERRA_ROSSA = "terra_rossa", _("Terra rossa: dark red to sand")
    GLEYSOL = "gleysol", _("Gleysol: blue black to sand")
    LOESS = "loess", _("Loess: brown, amber, yellow")
    PODZOL = "podzol", _("Podzol: black, ash, rust")
    CALCISOL = "calcisol", _("Calcisol: brown, chalk, white")
    ANDOSOL = "andosol", _("Andosol: black, plum, rose")
    VERTISOL = "vertisol", _("Vertisol: graphite and greys")


class Inclusion(models.TextChoices):
    """What a topic leaves in the ground of a cover."""

    ROOTS = "roots", _("Roots")
    GRASS = "grass", _("Grass")
    FURROWS = "furrows", _("Furrows")
    BURROWS = "burrows", _("Burrows")
    CRUMBS = "crumbs", _("Crumbs")
    GRAINS = "grains", _("Grains, four of them lit")
    CORE = "core", _("A graduated probe")
    CRACKS = "cracks", _("Cracks")
    LAMINAE = "laminae", _("Thin beds")
    WATER = "water", _("Water")
    STONES = "stones", _("Stones")


class Role(models.TextChoices):
    """What somebody did for a work."""

    AUTHOR = "author", _("Author")
    EDITOR = "editor", _("Editor")
    DIRECTOR = "director", _("Director")
    NARRATOR = "narrator", _("Narrator")
    PUBLISHER = "publisher", _("Publisher")
    FUNDER = "funder", _("Funder")


# Who is named under the title; publishers and funders stand in the facts.
MAKERS = (Role.AUTHOR, Role.EDITOR, Role.DIRECTOR)


class Access(models.TextChoices):
    """Whether a reader can open the work without paying or signing in."""

    UNKNOWN = "unknown", _("Not known")
    OPEN = "open", _("Open access")
    RESTRICTED = "restricted", _("Restricted access")


class Licence(models.TextChoices):
    """Licences by their SPDX identifier."""

    UNKNOWN = "", _("Not stated")
    CC0 = "CC0-1.0", "CC0 1.0"
    BY = "CC-BY-4.0", "CC BY 4.0"
    BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    BY_ND = "CC-BY-ND-4.0", "CC BY-ND 4.0"
    BY_NC = "CC-BY-NC-4.0", "CC BY-NC 4.0"
    BY_NC_SA = "CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0"
    BY_NC_ND = "CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0"
    BY_IGO = "CC-BY-3.0-IGO", "CC BY 3.0 IGO"
    BY_NC_SA_IGO = "CC-BY-NC-SA-3.0-IGO", "CC BY-NC-SA 3.0 IGO"
    ALL_RIGHTS = "all-rights-reserved", _("All rights reserved")


class Reading(models.TextChoices):
    """What came of reading the text of a file, so that the search finds it."""

    WAITING = "waiting", _("Waiting to be read")
    FOUND = "found", _("Text found: the search reads it")
    NO_TEXT = "no_text", _("No text: a scan, pictures of pages")
    ENCRYPTED = "encrypted", _("Encrypted: nobody can read it without a password")
    DAMAGED = "damaged", _("Damaged: it can’t be opened")
    TOO_LARGE = "too_large", _("Too large: reading it takes too long")
    OTHER = "other", _("Not a PDF: its text isn’t read")


class Audience(models.TextChoices):
    """Whom a work was written for."""

    FARMERS = "farmers", _("Farmers and advisers")
    RESEARCHERS = "researchers", _("Researchers")
    POLICY_MAKERS = "policy-makers", _("Policy makers")
    EDUCATION = "education", _("Teachers and students")
    PUBLIC = "public", _("General public")


class Withdrawal(models.TextChoices):
    """Why a work was taken out of the library, as readers are told."""

    UNKNOWN = "", _("Not stated")
    ERRORS = "errors", _("It contains serious errors")
    RIGHTS = "rights", _("Its rights do not allow us to offer it")
    REQUEST = "request", _("Those who made it asked for it")
    TWICE = "twice", _("It was in the library twice")
    OUTDATED = "outdated", _("It is out of date")
    OTHER = "other", _("For another reason")


class Problem(models.TextChoices):
    """What a reader says is wrong with a resource."""

    LINK = "link", _("A link or file doesn’t open")
    FILE = "file", _("It is the wrong file, or it is damaged")
    FACTS = "facts", _("The title, authors, date or another fact is wrong")
    ACCESS = "access", _("I can’t read it: an accessibility problem")
    RIGHTS = "rights", _("It should not be here: rights or personal data")
    OTHER = "other", _("Something else")


class ReportState(models.TextChoices):
    """What the editors did about a report."""

    NEW = "new", _("New")
    DONE = "done", _("Done")


class CslType(models.TextChoices):
    """The item types of the Citation Style Language 1.0.2 that the library uses."""

    ARTICLE_JOURNAL = "article-journal"
    ARTICLE_MAGAZINE = "article-magazine"
    ARTICLE_NEWSPAPER = "article-newspaper"
    BOOK = "book"
    BROADCAST = "broadcast"
    CHAPTER = "chapter"
    DATASET = "dataset"
    DOCUMENT = "document"
    GRAPHIC = "graphic"
    MOTION_PICTURE = "motion_picture"
    PERIODICAL = "periodical"
    REPORT = "report"
    SOFTWARE = "software"
    WEBPAGE = "webpage"


class SchemaType(models.TextChoices):
    """The types of schema.org that the library uses."""

    ARTICLE = "Article"
    AUDIO_OBJECT = "AudioObject"
    BOOK = "Book"
    CHAPTER = "Chapter"
    CREATIVE_WORK = "CreativeWork"
    DATASET = "Dataset"
    DIGITAL_DOCUMENT = "DigitalDocument"
    HOW_TO = "HowTo"
    IMAGE_OBJECT = "ImageObject"
    MEDIA_OBJECT = "MediaObject"
    MOVIE = "Movie"
    NEWS_ARTICLE = "NewsArticle"
    PUBLICATION_ISSUE = "PublicationIssue"
    REPORT = "Report"
    RESEARCH_PROJECT = "ResearchProject"
    SCHOLARLY_ARTICLE = "ScholarlyArticle"
    VIDEO_OBJECT = "VideoObject"
    WEB_APPLICATION = "WebApplication"
    WEB_PAGE = "WebPage"
    WEB_SITE = "WebSite"
