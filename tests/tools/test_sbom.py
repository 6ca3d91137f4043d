"""The bill of materials, in the shape that CycloneDX wants."""

from django.conf import settings

from tools.sbom import bill


def test_every_package_is_named_with_its_licence_and_what_it_needs():
    told = bill((settings.BASE_DIR / "requirements.txt").read_text())
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    components = {component["name"]: component for component in told["components"]}
    assert {"django", "wagtail", "psycopg2-binary"} <= components.keys()
    django = components["django"]
    assert django["purl"] == django["bom-ref"] == f"pkg:pypi/django@{django['version']}"
    assert django["licenses"] == [{"license": {"name": "BSD-3-Clause"}}]
    needs = {each["ref"]: each["dependsOn"] for each in told["dependencies"]}
    assert needs.keys() == {"initiative", *(component["bom-ref"] for component in components.values())}
    assert django["bom-ref"] in needs[components["wagtail"]["bom-ref"]]
    assert {other for others in needs.values() for other in others} <= needs.keys()


def test_a_package_of_another_system_has_no_licence_told():
    told = bill("nowhere-to-be-found==1.2 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n")
    assert [component["name"] for component in told["components"]] == ["nowhere-to-be-found"]
    assert "licenses" not in told["components"][0]
