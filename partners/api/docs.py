"""The page that describes the API: drawn from its schema like any other page of the site, with no script to wait for."""

from django.shortcuts import render
from ninja.openapi.docs import DocsBase

from initiative.base.head import Head, language_menu

# The schema is written in this language, whoever reads it.
LANGUAGE = "en"


class Documentation(DocsBase):
    """What can be asked and what is answered."""

    def render_page(self, request, api, **kwargs):
        schema = api.get_openapi_schema()
        context = {
            "head": Head(api.title, canonical=request.path, shown_language=LANGUAGE),
            "languages": language_menu([]),
            "description": api.description,
            "machine_url": self.get_openapi_url(api, kwargs),
            "questions": [_question(path, asked["get"]) for path, asked in schema["paths"].items()],
            "answers": [
                {"name": name, "fields": _fields(answer)} for name, answer in schema["components"]["schemas"].items()
            ],
        }
        return render(request, "partners/api.html", context)


def _question(path: str, asked: dict) -> dict:
    """One address: `{"method", "path", "summary", "parameters", "answers"}`; of an answer the status and its schema's name."""
    parameters = [
        {"name": one["name"], "kind": _kind(one["schema"]), "description": _described(one), "required": one["required"]}
        for one in asked.get("parameters", ())
    ]
    answers = [
        {"status": status, "name": _name(next(iter(answer["content"].values()))["schema"])}
        for status, answer in asked["responses"].items()
    ]
    return {"method": "GET", "path": path, "summary": asked["summary"], "parameters": parameters, "answers": answers}


def _fields(answer: dict) -> list[dict]:
    return [
        {"name": name, "kind": _kind(known), "description": known.get("description", ""), "of": _name(known)}
        for name, known in answer["properties"].items()
    ]


def _described(parameter: dict) -> str:
    """What a parameter means, and which values it takes where they are few."""
    schemas = [parameter["schema"], *parameter["schema"].get("anyOf", ())]
    means = parameter.get("description") or next((one["description"] for one in schemas if "description" in one), "")
    values = next((one["enum"] for one in schemas if "enum" in one), [])
    return " ".join(part for part in (means, ", ".join(values)) if part)


def _kind(known: dict) -> str:
    """A type in words, in the language of the schema: `date or null`."""
    if "anyOf" in known:
        return " or ".join(_kind(one) for one in known["anyOf"])
    if known.get("type") == "array":
        return f"list of {_kind(known['items'])}"
    if "additionalProperties" in known and isinstance(known["additionalProperties"], dict):
        return f"object of {_kind(known['additionalProperties'])}"
    return known.get("format") or known.get("type") or _name(known)


def _name(known: dict) -> str:
    """The schema that something is, or is a list of; empty for none."""
    return known.get("$ref", known.get("items", {}).get("$ref", "")).rpartition("/")[2]
