"""The library."""

from resources.models.contribution import Contribution
from resources.models.file_reading import FileReading
from resources.models.library_page import LibraryPage
from resources.models.problem_report import ProblemReport
from resources.models.resource import Resource
from resources.models.resource_file import ResourceFile
from resources.models.resource_type import ResourceType
from resources.models.tombstone import Tombstone
from resources.models.topic import Topic
from resources.models.written_references import WrittenReferences

__all__ = [
    "Contribution",
    "FileReading",
    "LibraryPage",
    "ProblemReport",
    "Resource",
    "ResourceFile",
    "ResourceType",
    "Tombstone",
    "Topic",
    "WrittenReferences",
]
