import pytest
from django.core.exceptions import ValidationError

from committee.models import ResearchPriority
from resources.models import Topic


@pytest.mark.django_db
def test_a_record_needs_its_text_in_one_language():
    with pytest.raises(ValidationError) as refused:
        Topic(key="roots", slug="roots").full_clean()
    assert refused.value.message_dict["name_en"] == ["Write this in at least one language."]
    Topic(key="roots", slug="roots", name_fr="Racines").full_clean()


@pytest.mark.django_db
def test_in_whichever_language_it_is_written():
    ResearchPriority(key="one", number=1, title_ar="سؤال").full_clean()
    with pytest.raises(ValidationError, match="at least one language"):
        ResearchPriority(key="one", number=1).full_clean()
