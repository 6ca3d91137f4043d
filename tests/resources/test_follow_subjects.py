"""A search of the library that is followed: what is kept of it, how it is told in words, and what is new in it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from initiative.follow.subjects import subject_of
from initiative.search.models import SearchEntry
from initiative.search.rebuild import rebuild
from resources.models import Resource, Topic
from tests.factories import ResearchPriorityFactory, ResourceFactory, ResourceTypeFactory, TopicFactory
from tests.reading import read

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
BEFORE, AFTER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)


@pytest.fixture(scope="module")
def _shelf(_tree, django_db_blocker):
    with django_db_blocker.unblock():
        article = ResourceTypeFactory(
            key="article",
            name_en="Articles",
            name_fr="Articles",
            name_ar="مقالات",
            singular_en="Article",
            singular_fr="Article",
            slug_en="articles",
            slug_fr="revues",
        )
        film = ResourceTypeFactory(
            key="film",
            name_en="Films",
            name_fr="Films",
            name_ar="أفلام",
            singular_en="Film",
            slug_en="films",
            slug_fr="films",
            order=2,
        )
        trees = TopicFactory(
            key="agroforestry",
            name_en="Agroforestry",
            name_fr="Agroforesterie",
            name_es="Agroforestería",
            name_ar="الزراعة الحراجية",
            slug_en="agroforestry",
            slug_fr="agroforesterie",
        )
        soc = TopicFactory(
            key="soc", name_en="SOC stocks", name_fr="Stocks de carbone", slug_en="soc", slug_fr="soc", order=2
        )
        ResearchPriorityFactory(key="storage", title_en="Storage", title_fr="Stockage")
        _add("Alley cropping", type=article, topics=[trees], minutes=0, abstract_fr="Des arbres entre les rangs.")
        _add("Bocage", type=film, topics=[trees], minutes=1, language="fr", title_translation_en="Hedges")
        _add("Carbon", type=article, topics=[soc], minutes=2)
        _add("Dusty tomes", type=article, topics=[soc], minutes=3, archived=True)
        _add("Early work", type=article, topics=[trees], minutes=-90)
        _add("Never published", type=article, topics=[trees], minutes=4, live=False)
        rebuild()


@pytest.fixture
def shelf(_shelf, site):
    """Six resources, one too old, one archived, one a draft."""


def _add(title, minutes, **more):
    moment = NOON + timedelta(minutes=minutes)
    return ResourceFactory(title=title, first_published_at=moment, issued="2024", **more)


def key_of(query: str, language="en") -> str:
    with translation.override(language):
        return subject_of("search").read(QueryDict(query))


def words_of(query: str, language="en") -> str:
    with translation.override(language):
        return subject_of("search").describe(key_of(query, language)).replace("\u00a0", " ")


def news_of(key: str, language="en", since=BEFORE, until=AFTER):
    with translation.override(language):
        return subject_of("search").news(key, since, until)


def new(key: str, **more) -> list[str]:
    return [item.title for item in news_of(key, **more).items]


# What is kept


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("", ""),
        ("q=carbon", "q=carbon"),
        ("q=+soil%0Acarbon%E2%80%AE+", "q=soil+carbon"),
        ("sort=title&page=7&size=50&nonsense=1&q=carbon", "q=carbon"),
        ("type=articles&topic=agroforestry", "type=article&topic=agroforestry"),
        ("topic=agroforesterie&type=revues", "type=article&topic=agroforestry"),  # the slugs of another language
        ("topic=soc&topic=agroforestry&topic=soc", "topic=agroforestry&topic=soc"),
        ("q=carbon&scope=title&exact=1&archived=1", "q=carbon&scope=title&exact=1&archived=1"),
        ("scope=nonsense&q=carbon", "q=carbon"),
        ("topic=", ""),
    ],
)
def test_a_search_is_kept_in_one_way_whatever_address_asked_for_it(shelf, asked, kept):
    assert key_of(asked) == kept
    assert key_of(kept) == kept


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("topic=nonsense", "The filter “Topic” asks for something the library doesn’t have. Choose again."),
        ("type=%00", "The filter “Type” asks for something the library doesn’t have. Choose again."),
        (f"q={'a' * 101}", "A search that is followed has 100 letters at most. Use fewer words."),
        (
            "q=win+at+https://spam.example",
            "A search with a web or e-mail address in it can’t be followed. Leave that out.",
        ),
        (
            "q=write+to+me@spam.example",
            "A search with a web or e-mail address in it can’t be followed. Leave that out.",
        ),
        ("q=spam.example", "A search with a web or e-mail address in it can’t be followed. Leave that out."),
        ("q=spam.ex%E2%80%8Bample", "A search with a web or e-mail address in it can’t be followed. Leave that out."),
    ],
)
def test_what_makes_no_sense_or_could_carry_a_message_is_refused(shelf, client, asked, message):
    with pytest.raises(ValidationError) as refused:
        key_of(asked)
    assert refused.value.messages == [message]
    page = read(client, f"/en/follow/search/?{asked}", 400)
    assert page.main.select_one(".lead").text == message
    assert page.links["To the library"] == "/en/resources/"


def test_more_filters_than_have_room_are_refused(shelf):
    for number in range(60):
        TopicFactory(key=f"a-topic-with-a-long-name-{number}")
    query = "&".join(f"topic=a-topic-with-a-long-name-{number}" for number in range(60))
    with pytest.raises(ValidationError, match="more filters than can be followed"):
        key_of(query)


@pytest.mark.parametrize(
    "text", ["q=10.1016/S0016", "q=U.S.+soils", "q=a.+b", "q=4%C2%A0‰", "q=%22exact+phrase%22+-not"]
)
def test_what_only_looks_like_an_address_is_not(shelf, text):
    assert key_of(text)


# In words


@pytest.mark.parametrize(
    ("query", "language", "words"),
    [
        ("", "en", "Everything that comes to the library"),
        ("type=articles&topic=agroforestry", "en", "Articles on agroforestry"),
        (
            "type=articles&type=films&topic=soc&topic=agroforestry",
            "en",
            "Articles or films on agroforestry or SOC stocks",
        ),
        ("type=articles&topic=agroforestry&language=fr", "en", "Articles on agroforestry, in French"),
        ("q=soil+carbon", "en", "Resources, with “soil carbon”"),
        ("q=soil+carbon&exact=1", "en", "Resources, exactly “soil carbon”"),
        ("q=soil&scope=title&exact=1", "en", "Resources, “soil” in the title"),
        ("q=soil&scope=content&archived=1", "en", "Resources, “soil” in the text, with the archive"),
        ("priority=storage", "en", "Resources, Research priority: Storage"),
        ("access=open&topic=soc", "en", "Resources on SOC stocks, Access: Open access"),
        ("type=articles&topic=agroforestry&language=fr", "fr", "Articles sur le thème « agroforesterie », en français"),
        ("q=carbone&type=films&type=articles", "fr", "Articles ou films, avec « carbone »"),
        ("topic=agroforestry&q=carbono", "es", "Recursos sobre agroforestería, con «carbono»"),
        ("type=articles&topic=agroforestry&language=fr", "ar", "مقالات حول الزراعة الحراجية، باللغة الفرنسية"),
    ],
)
def test_a_search_in_words(shelf, query, language, words):
    assert words_of(query, language) == words


def test_what_a_facet_has_no_more_is_named_as_it_was(shelf):
    with translation.override("en"):
        assert subject_of("search").describe("topic=gone") == "Resources on gone"


def test_the_list_newest_first_in_the_language_of_the_reader(shelf):
    for language, url in {
        "en": "/en/resources/?q=soil&type=articles&topic=agroforestry",
        "fr": "/fr/ressources/?q=soil&type=revues&topic=agroforesterie",
    }.items():
        with translation.override(language):
            path, _mark, query = subject_of("search").url("q=soil&type=article&topic=agroforestry").partition("?")
            expected = QueryDict(url.partition("?")[2], mutable=True)
            expected["sort"] = "newest"
            assert (path, QueryDict(query).dict()) == (url.partition("?")[0], expected.dict())


# What is new


def test_what_was_published_in_between_newest_first(shelf):
    assert new("") == ["Carbon", "Bocage", "Alley cropping"]
    assert new("", since=NOON) == ["Carbon", "Bocage"]
    assert new("", until=NOON + timedelta(minutes=1)) == ["Bocage", "Alley cropping"]
    assert new("", since=AFTER, until=AFTER + timedelta(days=1)) == []


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("topic=agroforestry", ["Bocage", "Alley cropping"]),
        ("type=film&topic=agroforestry", ["Bocage"]),
        ("q=carbon", ["Carbon"]),
        ("archived=1", ["Dusty tomes", "Carbon", "Bocage", "Alley cropping"]),
        ("q=dusty", []),
        ("q=dusty&archived=1", ["Dusty tomes"]),
        ("q=agroforesterie", ["Bocage", "Alley cropping"]),  # words of the topic, in any language
        ("q=carbon+alley", []),  # nothing has both; what has most is no news
        ("topic=gone", []),  # not everything, because a topic went
        ("topic=gone&topic=agroforestry", ["Bocage", "Alley cropping"]),
        ("q=%22", ["Carbon", "Bocage", "Alley cropping"]),
    ],
)
def test_of_that_what_the_search_finds(shelf, key, found):
    assert new(key) == found


def test_a_renamed_topic_is_followed_on(shelf):
    topic = Topic.objects.get(key="agroforestry")
    topic.slug_en, topic.slug_fr = "trees-on-farms", "arbres"
    topic.save()
    # The old slug goes to another topic: that mustn't change what is followed.
    TopicFactory(key="another", slug_en="agroforestry", slug_fr="autre")
    assert new("topic=agroforestry") == ["Bocage", "Alley cropping"]
    with translation.override("en"):
        assert subject_of("search").url("topic=agroforestry") == "/en/resources/?topic=trees-on-farms"


def test_what_an_edit_lets_it_find_later_is_no_news(shelf):
    """Only what is new in the library is told: the date of the first publication decides."""
    work = Resource.objects.get(title="Early work")
    work.topics = [Topic.objects.get(key="soc")]
    work.save()
    rebuild()
    assert "Early work" not in new("topic=soc")


def test_an_item_in_the_language_of_the_reader(shelf):
    _hedges, work = news_of("topic=agroforestry", "fr").items
    assert (work.title, work.title_language, work.url) == (
        "Alley cropping",
        "en",
        "/fr/ressources/" + work.url.split("/")[-2] + "/",
    )
    assert (work.kind, work.facts, work.summary, work.summary_language) == (
        "Article",
        ["2024"],
        "Des arbres entre les rangs.",
        "",
    )
    (hedges,) = news_of("type=film").items
    assert (hedges.title, hedges.title_language, hedges.translation) == ("Bocage", "fr", "Hedges")
    assert (hedges.kind, hedges.line, hedges.summary_language) == ("Film", "Film · 2024", "")
    (french,) = news_of("type=film", "fr").items
    assert (french.title_language, french.translation, french.summary, french.summary_language) == (
        "",
        "",
        "What roots leave behind.",
        "en",
    )


def test_a_digest_shows_twenty_and_counts_the_rest(shelf):
    topic = TopicFactory(key="many")
    for number in range(23):
        _add(f"Study {number:02}", minutes=number, topics=[topic])
    rebuild()
    found = news_of("topic=many")
    assert found.total == 23
    assert [item.title for item in found.items] == [f"Study {number:02}" for number in range(22, 2, -1)]


@pytest.mark.parametrize("count", [2, 30])
def test_it_costs_the_same_for_two_and_for_thirty(shelf, count):
    topic = TopicFactory(key="many")
    for number in range(count):
        _add(f"Study {number}", minutes=number, topics=[topic])
    rebuild()
    with CaptureQueriesContext(connection) as spent:
        assert news_of("topic=many&q=study").total == count
    assert len(spent) <= 16, "\n".join(query["sql"][:160] for query in spent)


def test_nothing_new_asks_nothing_of_the_search(shelf):
    with CaptureQueriesContext(connection) as spent:
        news_of("topic=agroforestry&q=study", since=AFTER, until=AFTER + timedelta(days=1))
    assert not [query for query in spent if SearchEntry._meta.db_table in query["sql"]]


# The link to it


def test_each_list_leads_to_the_form_and_says_there_what_is_followed(shelf, client):
    page = read(client, "/fr/ressources/?topic=agroforesterie&q=arbres&sort=title")
    link = page.links["Suivre cette recherche"]
    assert link == "/fr/suivre/search/?q=arbres&sort=title&topic=agroforesterie"
    assert page.main.find("a", href=link)["rel"] == ["nofollow"]
    form = read(client, link)
    assert "Ressources sur le thème « agroforesterie », avec « arbres »" in [
        text.replace("\u00a0", " ") for text in form.links
    ]
    assert not client.cookies
