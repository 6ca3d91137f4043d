"""The library."""

from resources.models.contribution import Contribution
from resources.models.file_reading import FileReading
from resources.models.library_page import LibraryPage
from resources.models.resource import Resource
from resources.models.resource_file import ResourceFile
from resources.models.resource_type import ResourceType
from resources.models.topic import Topic

__all__ = ["Contribution", "FileReading", "LibraryPage", "Resource", "ResourceFile", "ResourceType", "Topic"]
