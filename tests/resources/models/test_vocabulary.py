import pytest
from django.core.exceptions import ValidationError

from resources.models import ResourceType, Topic
from tests.factories import ResourceTypeFactory, TopicFactory

TOO_DEEP = "The list may be {} levels deep, and never circular."


def chain(factory, length):
    term = None
    for _ in range(length):
        term = factory(parent=term)
    return term


@pytest.mark.parametrize(
    ("model", "factory", "depth"), [(ResourceType, ResourceTypeFactory, 2), (Topic, TopicFactory, 3)]
)
def test_a_list_is_only_so_deep(db, model, factory, depth):
    chain(factory, depth).clean()
    with pytest.raises(ValidationError) as refusal:
        chain(factory, depth + 1).clean()
    assert refusal.value.message_dict == {"parent": [TOO_DEEP.format(depth)]}


def test_a_term_is_no_part_of_itself(db):
    top = TopicFactory()
    below = TopicFactory(parent=top)
    for parent in (top, below):
        top.parent = parent
        with pytest.raises(ValidationError) as refusal:
            top.clean()
        assert refusal.value.message_dict == {"parent": [TOO_DEEP.format(3)]}


def test_a_new_term_may_have_a_parent(db):
    Topic(parent=TopicFactory()).clean()
    Topic().clean()


def test_the_tree_has_each_parent_before_its_children(db, django_assert_num_queries):
    plants = TopicFactory(key="plants", order=2)
    water = TopicFactory(key="water", order=1)
    TopicFactory(key="trees", parent=plants, order=2)
    grass = TopicFactory(key="grass", parent=plants, order=1)
    TopicFactory(key="meadow", parent=grass)
    TopicFactory(key="rain", parent=water)
    with django_assert_num_queries(1):
        tree = Topic.objects.as_tree()
    assert [(term.key, term.depth) for term in tree] == [
        ("water", 0),
        ("rain", 1),
        ("plants", 0),
        ("grass", 1),
        ("meadow", 2),
        ("trees", 1),
    ]


def test_terms_are_called_by_their_names(db):
    assert str(TopicFactory(name="Water")) == "Water"
    assert str(ResourceTypeFactory(name="Films")) == "Films"


def test_two_terms_are_never_written_the_same(db):
    """A slug of a language, or a key, stands for one term: addresses would be of two minds."""
    TopicFactory(key="soil", name_en="Soil", slug_en="soil", slug_fr="sol")
    clay = TopicFactory(key="clay", name_en="Clay", slug_en="clay", slug_fr="argile", slug_es="soil-es")
    clay.full_clean()
    clay.slug_fr = "sol"
    with pytest.raises(ValidationError) as refused:
        clay.full_clean()
    assert refused.value.message_dict == {"slug_fr": ["“sol” is how “Soil” is written. Choose another."]}
    clay.slug_fr, clay.slug_es = "argile", "soil"  # the key of the other, which stands in where it has no slug
    with pytest.raises(ValidationError) as refused:
        clay.full_clean()
    assert list(refused.value.message_dict) == ["slug_es"]
    # The same word may be the slug in one language and something else's in another.
    clay.slug_es = "sol"
    clay.full_clean()
    # Types are another list.
    ResourceTypeFactory(key="other", slug_en="soil").full_clean()
