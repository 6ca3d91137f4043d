from wagtail.snippets.models import register_snippet

from committee.viewsets import CommitteeGroup

register_snippet(CommitteeGroup)
