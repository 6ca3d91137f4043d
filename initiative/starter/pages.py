"""Load the pages: a tree per language, aliases where a page isn't written, links and records resolved."""

import json
import uuid
from datetime import date

from django.utils import translation
from wagtail.models import Locale, Page, Site

from committee.models import ResearchPriority
from initiative.aliases import later
from initiative.base import languages
from initiative.base.landmarks import page_path
from initiative.models import MenuItem, Statistic
from initiative.starter import files
from initiative.starter.markup import inline, plain, rich
from resources.models import Resource

_NAMESPACE = uuid.UUID("4b1000a0-0400-5000-8000-000000000004")


def _stream(place: str, blocks: list[dict]) -> str:
    """A StreamField's value. Its parts have the same ids in every language, so that translators see what belongs together."""
    return json.dumps(_with_ids(place, blocks))


def _with_ids(place: str, blocks: list[dict]) -> list[dict]:
    for number, block in enumerate(blocks):
        here = f"{place}.{number}.{block['type']}"
        block["id"] = str(uuid.uuid5(_NAMESPACE, here))
        if isinstance(block["value"], list):
            block["value"] = _with_ids(here, [{"type": "item", "value": item} for item in block["value"]])
    return blocks


def translation_key(name: str) -> uuid.UUID:
    """The permanent key of a page of the starter content, the same in every language."""
    return uuid.uuid5(_NAMESPACE, name)


class PageLoader:
    """Makes every page in every language; pages that exist already are left as editors have them."""

    def __init__(self, say=lambda line: None):
        self.say = say
        self.made = 0
        self.names = files.page_names()
        self.pages: dict[tuple[str, str], Page] = {}
        self.locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in files.LANGUAGES}

    def load(self) -> None:
        """First all pages, so that links have somewhere to lead; then what stands on them."""
        with later():
            self._load()

    def _load(self) -> None:
        new = [(name, code) for name in self.names for code in files.LANGUAGES if self._make(name, code)]
        for name in self.names:
            for code in files.LANGUAGES:
                self._alias(name, code)
        self.say(f"  pages: {len(new)} new")
        for name, code in new:
            self._fill(name, code)
        self._site()
        self._menus()
        self.made = len(new)

    def _make(self, name: str, code: str) -> bool:
        """Find the page, or make it where it is written in this language; True where it is new."""
        found = Page.objects.filter(translation_key=translation_key(name), locale=self.locales[code]).first()
        if found:
            self.pages[name, code] = found.specific
            return False
        content = files.page(name, code)
        if content is None:
            return False
        model = self._model(name)
        page = model(
            translation_key=translation_key(name),
            locale=self.locales[code],
            title=content["title"],
            slug=content["slug"] if name != "home" else f"home-{code}",
            live=False,
        )
        if name.startswith("priorities/") and name != "priorities/index":
            page.priority = ResearchPriority.objects.get(number=files.page(name, files.LANGUAGES[0])["priority"])
        if name.startswith("events/") and name != "events/index":
            page.date = self._event_date(name)
        self._parent(name, code).add_child(instance=page)
        self.pages[name, code] = page
        return True

    def _alias(self, name: str, code: str) -> None:
        """Where a page isn't written in a language, show the best other there."""
        if (name, code) not in self.pages:
            source = next(self.pages[name, other] for other in languages.fallbacks(code) if (name, other) in self.pages)
            self._parent(name, code)
            self.pages[name, code] = source.copy_for_translation(self.locales[code], alias=True)

    def _parent(self, name: str, code: str) -> Page:
        above = files.parents(name)
        if not above:
            return Page.get_first_root_node()
        if (above[-1], code) not in self.pages:
            self._alias(above[-1], code)
        # Read again: treebeard's own columns change with every page added.
        return Page.objects.get(pk=self.pages[above[-1], code].pk)

    @staticmethod
    def _model(name: str):
        from django.apps import apps

        return apps.get_model(files.page(name, files.LANGUAGES[0])["type"])

    @staticmethod
    def _event_date(name: str) -> str:
        facts = files.page(name, files.LANGUAGES[0])
        start, end = str(facts["start"]), str(facts.get("end") or "")
        return f"{start}/{end}" if end and end != start else start

    def _fill(self, name: str, code: str) -> None:
        """Write a page's own texts and publish it."""
        facts, content = files.page(name, files.LANGUAGES[0]), files.page(name, code)
        page = type(self.pages[name, code]).objects.get(pk=self.pages[name, code].pk)
        page.heading = plain(content.get("hero_title") or content.get("heading") or "")
        page.introduction = plain(content.get("hero_text") or content.get("introduction") or "")
        page.search_description = plain(content.get("search_description") or "")
        if hasattr(page, "body"):
            page.body = _stream(f"{name}.body", [self._block(given, code) for given in content.get("body") or []])
        fill = {"HomePage": self._fill_home, "ResearchPriorityPage": self._fill_priority, "EventPage": self._fill_event}
        fill.get(type(page).__name__, lambda *_parts: None)(page, facts, content, code)
        if type(page).__name__ == "NewsArticlePage":
            page.date = facts["date"] if isinstance(facts["date"], date) else date.fromisoformat(facts["date"])
            page.spotlight, page.archived = bool(facts.get("spotlight")), bool(facts.get("archived"))
        with translation.override(code):
            page.full_clean()
            page.save_revision().publish()
        self.pages[name, code] = page

    def _fill_home(self, page, _facts, content, code) -> None:
        lit = inline(content["explanation_lit"], self._linker(code))
        page.explanation_heading = f"<p>{inline(content['explanation_heading'], self._linker(code))} <i>{lit}</i></p>"
        page.statistics_heading = f"<p>{inline(content['statistics_heading'], self._linker(code))}</p>"
        page.statistics_note = rich(content["statistics_note"], self._linker(code))
        page.explanation = _stream(
            "home.explanation",
            [
                {
                    "type": "part",
                    "value": {"title": plain(part["heading"]), "text": rich(part["text"], self._linker(code))},
                }
                for part in content["explanation"]
            ],
        )
        page.doors = _stream(
            "home.doors",
            [
                {
                    "type": "door",
                    "value": {
                        "label": plain(door["title"]),
                        "text": plain(door["text"]),
                        "page": self.pages[door["page"], code].pk,
                        "url": "",
                        "search": door["page"] == "library",
                    },
                }
                for door in content["doors"]
            ],
        )

    def _fill_priority(self, page, facts, content, code) -> None:
        link = self._linker(code)
        for part in ("question", "why", "known", "missing", "linked"):
            section = content.get(part) or {}
            setattr(page, part, rich(section.get("text"), link, head="h3"))
            if part != "linked":
                notes = [note for aside in section.get("asides") or [] for note in self._notes(aside, code)]
                setattr(page, f"{part}_notes", _stream(f"priority {facts['priority']}.{part}_notes", notes))
        gaps = (content.get("missing") or {}).get("gaps") or []
        blocks = [{"type": "gap", "value": plain(gap)} for gap in gaps]
        page.gaps = _stream(f"priority {facts['priority']}.gaps", blocks)

    def _fill_event(self, page, facts, content, _code) -> None:
        page.city = content.get("city") or facts.get("city") or ""
        page.country_id = facts.get("country") or None
        page.online = bool(facts.get("online"))
        page.latitude, page.longitude = facts.get("latitude"), facts.get("longitude")

    def _notes(self, aside: dict, code: str):
        if aside.get("statistic"):
            yield {"type": "statistic", "value": Statistic.objects.get(key=aside["statistic"]).pk}
        text = rich(aside.get("text"), self._linker(code))
        if aside.get("resource"):
            resource = Resource.objects.get(slug=aside["resource"])
            text += f"<p>{self._linker(code)('resource:' + resource.slug)}{inline(resource.title, self._linker(code))}</a></p>"
        if aside.get("page"):
            page = self.pages[aside["page"], code]
            text += f"<p>{self._linker(code)('page:' + aside['page'])}{inline(page.title, self._linker(code))}</a></p>"
        if text:
            yield {"type": "text", "value": text}

    def _linker(self, code: str):
        """What opens a link in a text of this language."""

        def link(target: str) -> str:
            scheme, _colon, name = target.partition(":")
            if scheme == "page":
                return f'<a linktype="page" id="{self.pages[name, code].pk}">'
            if scheme == "resource":
                library = page_path(code, Page.objects.get(pk=self.pages["library", code].pk).url_path)
                return f'<a href="{library}{name}/">'
            return f'<a href="{target}">'

        return link

    def _block(self, given: dict, code: str):
        """One block of a file as the raw value of a StreamField block."""
        ((kind, value),) = given.items()
        link = self._linker(code)
        if kind == "text":
            value = rich(value, link)
        elif kind == "statistic":
            value = {"statistic": Statistic.objects.get(key=value).pk}
        elif kind == "statistics":
            value = {"title": "", "series": value}
        elif kind == "sdgs":
            kind, value = "goals", {"title": ""}
        elif kind == "kept_data":
            value = {"title": plain(value)}
        elif kind == "call_to_action":
            value = {
                "text": plain(value["text"]),
                "label": plain(value["label"]),
                "page": self.pages[value["page"], code].pk if value.get("page") else None,
                "url": value.get("url") or "",
            }
        elif kind == "accordion":
            value = [{"title": plain(item["title"]), "text": rich(item["text"], link, head="h3")} for item in value]
        elif kind == "table":
            rows = [[plain(str(cell)) for cell in row] for row in [value["header"], *value["rows"]]]
            both = not rows[0][0]
            value = {
                "caption": plain(value["caption"]),
                "table": {
                    "data": rows,
                    "first_row_is_table_header": True,
                    "first_col_is_header": both,
                    "table_header_choice": "both" if both else "row",
                    "table_caption": "",
                },
            }
        elif kind == "cards":
            value = [
                {
                    "title": plain(card["title"]),
                    "text": rich(card.get("text"), link),
                    "page": self.pages[card["page"], code].pk if card.get("page") else None,
                    "url": card.get("url") or "",
                }
                for card in value
            ]
        elif kind == "timeline":
            value = [
                {
                    "date": str(step["date"]),
                    "title": plain(step["title"]),
                    "text": rich(step.get("text"), link, head="h3"),
                }
                for step in value
            ]
        return {"type": kind, "value": value}

    def _site(self) -> None:
        """The site starts at the home page of the first language; Wagtail's welcome page goes."""
        home = Page.objects.get(pk=self.pages["home", files.LANGUAGES[0]].pk)
        site = Site.objects.filter(is_default_site=True).first() or Site(
            hostname="localhost", port=80, is_default_site=True
        )
        welcome = site.root_page if site.pk else None
        site.root_page, site.site_name = home, "4 per 1000"
        site.save()
        if welcome and welcome.pk != home.pk and welcome.specific_class is Page:
            Page.objects.get(pk=welcome.pk).delete()

    def _menus(self) -> None:
        for name in self.names:
            facts = files.page(name, files.LANGUAGES[0])
            for menu in facts.get("menu") or []:
                MenuItem.objects.get_or_create(
                    menu=menu,
                    page_id=self.pages[name, files.LANGUAGES[0]].pk,
                    defaults={"order": facts.get("order", 0)},
                )
