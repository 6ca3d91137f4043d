"""Load the records: facts once, texts in every language. What exists already is left as editors have it."""

from decimal import Decimal

from django.utils import translation
from modeltranslation.utils import build_localized_fieldname

from committee.models import Criterion, CriterionGroup, Meeting, ResearchPriority, Term
from initiative.models import College, GovernanceBody, Person, Place, Statistic, SustainableDevelopmentGoal
from initiative.queries import known_places
from initiative.starter import files
from initiative.starter.markup import plain
from partners.models import JointDeclaration, Organisation, Testimonial
from resources.models import Contribution, Resource, ResourceType, Topic


def _text(value) -> str:
    """A text of a file as one string: a list is one item a line, paragraphs stay apart, line breaks are spaces."""
    if isinstance(value, list):
        return "\n".join(value)
    return "\n\n".join(plain(paragraph) for paragraph in str(value or "").strip().split("\n\n"))


def _translate(record, texts_by_language: dict[str, dict]) -> None:
    for language, texts in texts_by_language.items():
        for field, value in texts.items():
            setattr(record, build_localized_fieldname(field, language), _text(value))


def _texts(name: str, key: str, part: str = "") -> dict[str, dict]:
    """Language → texts of one record."""
    found = {}
    for language in files.LANGUAGES:
        every = files.texts(name, language)
        every = every.get(part, {}) if part else every
        if texts := every.get(str(key)):
            found[language] = texts
    return found


def _save(record, texts: dict[str, dict], publish: bool = False):
    """Write a record with its texts; raises ValidationError where the files hold something that editors couldn't enter."""
    with translation.override(files.LANGUAGES[0]):
        _translate(record, texts)
        record.full_clean()
        record.save()
        if publish:
            record.save_revision().publish()
    return record


class RecordLoader:
    """Loads every kind of record in an order in which what is pointed to exists; `made` counts what was new."""

    def __init__(self, say=lambda line: None):
        self.say = say
        self.made = 0

    def load(self) -> None:
        """Load everything."""
        for step in (
            self.places,
            self.goals,
            self.statistics,
            self.governance,
            self.priorities,
            self.types_and_topics,
            self.people,
            self.organisations,
            self.resources,
            self.committee,
            self.criteria,
            self.partners,
        ):
            before = self.made
            step()
            self.say(f"  {step.__name__.replace('_', ' ')}: {self.made - before} new")

    def _new(self, model, **known):
        """A new instance, or None where one like it exists."""
        if model._default_manager.filter(**known).exists():
            return None
        self.made += 1
        return model(**known)

    def places(self) -> None:
        rows = files.records("places")
        known = set(Place.objects.values_list("code", flat=True))
        new = [Place(code=row["code"]) for row in rows if row["code"] not in known]
        Place.objects.bulk_create(new)
        for place in new:
            place.parent_id = next((row.get("parent") or None for row in rows if row["code"] == place.code), None)
        Place.objects.bulk_update(new, ["parent"])
        known_places.forget()  # nobody hears of what is saved in bulk
        self.made += len(new)

    def goals(self) -> None:
        for row in files.records("sdgs"):
            if goal := self._new(SustainableDevelopmentGoal, number=row["number"]):
                goal.named_by_initiative = row["named_by_initiative"]
                _save(goal, _texts("sdgs", row["key"]))

    def statistics(self) -> None:
        for row in files.records("statistics"):
            if statistic := self._new(Statistic, key=row["key"]):
                statistic.series = row.get("series") or ""
                statistic.value = Decimal(str(row["value"]))
                statistic.qualifier = row.get("qualifier") or "exact"
                statistic.date = row["date"]
                statistic.source_url = row.get("source_url") or ""
                statistic.order = row.get("order") or 0
                _save(statistic, _texts("statistics", row["key"]))

    def governance(self) -> None:
        rows = files.records("governance")
        pages = {"committee": "committee", "forum": "partners", "consortium": "partners"}
        for row in rows["bodies"]:
            if body := self._new(GovernanceBody, key=row["key"]):
                body.order, body.landmark = row["order"], pages.get(row["key"], "")
                body.decides = row["key"] == "consortium"
                _save(body, _texts("governance", row["key"], "bodies"))
        for row in rows["colleges"]:
            if college := self._new(College, key=row["key"]):
                college.order = row["order"]
                _save(college, _texts("governance", row["key"], "colleges"))

    def priorities(self) -> None:
        for row in files.records("priorities"):
            if priority := self._new(ResearchPriority, key=row["key"]):
                priority.number, priority.sector = row["number"], row["sector"]
                _save(priority, _texts("priorities", row["key"]))

    def types_and_topics(self) -> None:
        for model, name in ((ResourceType, "resource_types"), (Topic, "topics")):
            for row in files.records(name):
                if term := self._new(model, key=row["key"]):
                    term.order = row.get("order") or 0
                    term.parent = model.objects.get(key=row["parent"]) if row.get("parent") else None
                    for field in ("soil", "csl_type", "schema_type", "agrovoc_uri", "inclusion"):
                        if row.get(field):
                            setattr(term, field, row[field])
                    _save(term, _texts(name, row["key"]))

    def people(self) -> None:
        for row in files.records("people"):
            if person := self._new(Person, slug=row["key"]):
                person.given_name, person.family_name = row.get("given_name") or "", row["family_name"]
                person.country_id = row.get("country") or None
                _save(person, _texts("people", row["key"]))

    def organisations(self) -> None:
        speakers = {row.get("organisation") for row in files.records("testimonials")}
        for row in files.records("organisations"):
            if organisation := self._new(Organisation, slug=row["key"]):
                for field in ("name", "acronym", "type", "website"):
                    setattr(organisation, field, row.get(field) or "")
                organisation.country_id = row.get("country") or None
                organisation.listed = row["key"] in speakers
                _save(organisation, _texts("organisations", row["key"]), publish=True)

    def resources(self) -> None:
        plain_fields = (
            "container",
            "volume",
            "issue",
            "pages",
            "publisher",
            "issued",
            "doi",
            "isbn",
            "url",
            "licence",
            "video_url",
        )
        for row in files.records("resources"):
            if not (resource := self._new(Resource, slug=row["slug"])):
                continue
            resource.identity, resource.title, resource.language = row["identity"], row["title"], row["language"]
            resource.type = ResourceType.objects.get(key=row["type"])
            for field in plain_fields:
                setattr(resource, field, row.get(field) or "")
            resource.access = row.get("access") or "unknown"
            resource.audiences = row.get("audiences") or []
            for field in ("others", "spotlight", "archived"):
                setattr(resource, field, bool(row.get(field)))
            resource.contributions = [
                Contribution(
                    person=Person.objects.get(slug=made["person"]) if made.get("person") else None,
                    organisation=Organisation.objects.get(slug=made["organisation"])
                    if made.get("organisation")
                    else None,
                    role=made["role"],
                    sort_order=order,
                )
                for order, made in enumerate(row.get("contributions") or [])
            ]
            resource.topics = [Topic.objects.get(key=key) for key in row.get("topics") or []]
            resource.places = [Place.objects.get(code=code) for code in row.get("places") or []]
            resource.priorities = [
                ResearchPriority.objects.get(number=number) for number in row.get("priorities") or []
            ]
            _save(resource, _texts("resources", row["key"]), publish=True)

    def committee(self) -> None:
        for row in files.records("terms"):
            person = Person.objects.get(slug=row["person"])
            if term := self._new(Term, person=person, role=row["role"]):
                term.start, term.end, term.is_former = row.get("start") or "", row.get("end") or "", row["former"]
                _save(term, _texts("terms", row["key"]))
        for row in files.records("meetings"):
            if meeting := self._new(Meeting, number=row["number"]):
                meeting.date, meeting.place_id, meeting.online = row["date"], row.get("place") or None, row["online"]
                meeting.latitude, meeting.longitude = row.get("latitude"), row.get("longitude")
                _save(meeting, _texts("meetings", row["key"]))

    def criteria(self) -> None:
        rows = files.records("criteria")
        for row in rows["groups"]:
            if group := self._new(CriterionGroup, key=row["key"]):
                group.number = row["number"]
                _save(group, _texts("criteria", row["key"], "groups"))
        for row in rows["criteria"]:
            if criterion := self._new(Criterion, number=row["number"]):
                criterion.group = CriterionGroup.objects.get(key=row["group"])
                criterion.confirmed = row["confirmed"]
                _save(criterion, _texts("criteria", row["key"], "criteria"))
                criterion.sdgs.set(SustainableDevelopmentGoal.objects.filter(number__in=row["sdgs"]))

    def partners(self) -> None:
        for row in files.records("joint_declarations"):
            if declaration := self._new(JointDeclaration, key=row["key"]):
                declaration.adopted = row.get("adopted") or ""
                _save(declaration, _texts("joint_declarations", row["key"]))
        for order, row in enumerate(files.records("testimonials")):
            if testimonial := self._new(Testimonial, slug=row["slug"]):
                testimonial.organisation = Organisation.objects.filter(slug=row.get("organisation")).first()
                testimonial.person = Person.objects.filter(slug=row.get("person")).first()
                testimonial.source_language, testimonial.source_url = (
                    row.get("source_language") or "",
                    row.get("source_url") or "",
                )
                testimonial.order = order
                _save(testimonial, _texts("testimonials", row["key"]), publish=True)
