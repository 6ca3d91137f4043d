"""Representatives invite and remove one another, and nobody else's."""

import pytest

from partners.desk.models import DeskSession, Representative
from tests.partners.desk.partner import Partner, make_partner
from tests.partners.joining.applicant import links

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _here(site, letters):
    """All tests of this module need both."""


def test_somebody_is_invited_comes_in_and_is_removed(letters):
    ada = Partner(make_partner(slug="valle-hondo", name="Ada Loam"))
    page = ada.post(ada.at("people"), {"name": "Eva Clay", "email": "EVA@valle-hondo.example", "language": "fr"})
    assert [words for words in ("Ada Loam", "Eva Clay") if words in page.text] == ["Ada Loam", "Eva Clay"]
    (letter,) = letters
    assert (letter.to, letter.extra_headers["Content-Language"]) == (["eva@valle-hondo.example"], "fr")
    assert ada.me.organisation.name in letter.body
    assert links(letter) == ["/fr/espace-partenaires/"]
    # Invited twice, they are one person and get one letter.
    ada.post(ada.at("people"), {"name": "Eva", "email": "eva@valle-hondo.example", "language": "en"})
    eva = Representative.objects.get(email="eva@valle-hondo.example")
    assert (eva.name, eva.invited_by, len(letters)) == ("Eva Clay", "Ada Loam", 1)

    browser = Partner()
    assert browser.sign_in("eva@valle-hondo.example").language == ("fr", "ltr")
    ada.post(ada.at("remove_person", eva.pk))
    assert browser.get("/desk/at/valle-hondo/").h1 == "Partners’ desk"
    assert not DeskSession.objects.filter(email=eva.email).exists()
    # The one who is left can't leave.
    page = ada.post(ada.at("remove_person", ada.me.pk), status=409)
    assert "Somebody has to stay" in page.text
    # Invited anew, they come in again.
    ada.post(ada.at("people"), {"name": "Eva Clay", "email": "eva@valle-hondo.example", "language": "fr"})
    assert Representative.objects.filter(email="eva@valle-hondo.example").count() == 2


def test_what_is_wrong_is_said():
    ada = Partner(make_partner())
    page = ada.post(ada.at("people"), {"name": "", "email": "x\r\nBcc: all@example.org", "language": "xx"})
    assert page.links["Write a name"] == "#id_name"
    assert page.links["Write an e-mail address such as name@example.org"] == "#id_email"
    assert Representative.objects.count() == 1


def test_letters_are_not_a_way_to_write_to_crowds(letters):
    ada = Partner(make_partner())
    for number in range(21):
        page = ada.post(ada.at("people"), {"name": "X", "email": f"x{number}@example.org", "language": "en"})
    assert page.with_text("li", "Too many people were invited today. Try again tomorrow.")
    assert len(letters) == 20


def test_the_secretariat_invites_the_first_and_keeps_who_was_removed(admin_client, letters):
    me = make_partner()
    organisation = me.organisation
    data = {"organisation": organisation.pk, "name": "Eva", "email": "eva@b.example", "language": "es"}
    letters.clear()  # about the secretariat's own sign-in
    assert admin_client.post("/admin/representatives/new/", data).status_code == 302
    assert [letter.to for letter in letters] == [["eva@b.example"]]
    eva = Representative.objects.get(email="eva@b.example")
    assert admin_client.post(f"/admin/representatives/delete/{eva.pk}/").status_code == 302
    eva.refresh_from_db()
    assert eva.removed is not None
    listing = admin_client.get("/admin/representatives/").content.decode()
    assert "eva@b.example" in listing
