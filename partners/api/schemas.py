"""The fields of the open data, declared once: the API answers with them, the files hold them, the dictionary explains them."""

import datetime

from ninja import Field, Schema

Texts = dict[str, str]


class PartnerOut(Schema):
    id: str = Field(description="The last part of the organisation’s address; it doesn’t change.")
    url: str = Field(description="Its page, in English where there is one.")
    name: str = Field(description="Its own name, the same in every language.")
    acronym: str = Field(description="Its short name; empty without one.")
    type: str = Field(
        description="states, international, donors, farmers, research, civil or companies; empty where unknown."
    )
    country: str | None = Field(description="ISO 3166-1 alpha-2 code of its country.")
    website: str = Field(description="Its own site; empty where unknown.")
    bodies: list[str] = Field(description="What it belongs to today: forum, consortium.")
    description: Texts = Field(
        description="What it is and does: language code → text, only languages in which it is written."
    )
    commitments: list[str] = Field(description="The ids of its commitments.")


class ReportOut(Schema):
    reported_on: datetime.date = Field(description="The day it speaks of.")
    value: float | None = Field(description="The figure in all, in the commitment’s unit.")
    unchanged: bool = Field(description="True where it says that nothing has changed since the report before.")
    checked_on: datetime.date | None = Field(description="The day on which the secretariat approved it.")
    language: str = Field(description="The language it was written in; empty where unknown.")
    story: Texts = Field(description="What it tells: language code → text.")


class CommitmentOut(Schema):
    id: str = Field(description="The last part of the commitment’s address; it doesn’t change.")
    url: str = Field(description="Its page, in English where there is one.")
    partner: str = Field(description="The id of the organisation.")
    partner_name: str = Field(description="The organisation’s name.")
    countries: list[str] = Field(
        description="Where it is carried out, else the organisation’s country: ISO 3166-1 alpha-2."
    )
    status: str = Field(
        description="announced, on-course, behind, report-due, silent, completed, ended-early or removed, on the version’s day."
    )
    status_rests_on: datetime.date | None = Field(description="The day of what the status rests on.")
    title: Texts = Field(description="The commitment in one sentence: language code → text.")
    goal: Texts = Field(description="The goal it sets itself: language code → text.")
    start: str = Field(description="EDTF date: a year, a month or a day; empty where none is named.")
    end: str = Field(description="EDTF date, as start.")
    unit: str = Field(
        description="ha, t-c (carbon), t-co2e, people, farms, percent or other; empty where it isn’t measured."
    )
    baseline: float | None = Field(description="Where it starts, in the unit.")
    target: float | None = Field(description="Where it means to go, in the unit.")
    value: float | None = Field(description="The last figure of an approved report, in the unit.")
    reported_on: datetime.date | None = Field(description="The day of the last approved report.")
    next_report_due: datetime.date | None = Field(description="The day on which a report is, or was, due.")
    outcome_on: datetime.date | None = Field(description="The day on which it was completed, ended or taken back.")
    sdgs: list[int] = Field(description="Numbers of the Sustainable Development Goals it serves.")
    topics: list[str] = Field(description="Keys of its topics.")


class CommitmentDetail(CommitmentOut):
    reports: list[ReportOut] = Field(description="Its approved reports, newest first.")


class _Page(Schema):
    count: int = Field(description="How many there are in all.")
    next: str | None = Field(description="The address of the next page.")
    previous: str | None = Field(description="The address of the page before.")
    licence: str
    version: datetime.date = Field(description="The day for which this is true.")


class PartnerPage(_Page):
    results: list[PartnerOut]


class CommitmentPage(_Page):
    results: list[CommitmentOut]


class Problem(Schema):
    detail: str | list[dict]
