"""From the first page of an application to a status that changes, in French: an applicant with two devices, the secretariat in
the admin, readers in three languages; and each letter is read on the way."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from initiative.guard import forms
from partners.intake.models import Submission
from partners.models import Commitment, Organisation, ProgressReport
from tests.browser.editor import Editor
from tests.browser.test_every_page import mistakes
from tests.factories import JointDeclarationFactory
from tests.partners.joining.applicant import links, pdf, png

ADA = "ada@valle-hondo.example"
YEAR = timezone.localdate().year
SPACE = "\u00a0"  # before what stands high in French


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """A browser that is driven fills in a form as quickly as a machine."""
    monkeypatch.setattr(forms, "SHORTEST", timedelta(0))


class Mailbox:
    """What came to the applicant, in French, one letter after the other."""

    def __init__(self):
        self.read = 0

    def next(self, subject: str, *words: str):
        """The letter that came next, and the only new one: to whom, in which language, about what, with which words."""
        letters = mail.outbox[self.read :]
        assert [letter.subject for letter in letters] == [subject]
        (letter,) = letters
        self.read += 1
        assert (letter.to, letter.extra_headers["Content-Language"]) == ([ADA], "fr")
        assert letter.body.startswith("Bonjour,\n")
        assert letter.body.endswith(
            f"Le Secrétariat exécutif de l’Initiative «{SPACE}4 pour 1000{SPACE}»\n{settings.SITE_URL}\n"
        )
        for word in words:
            assert word in letter.body
        return letter


def press(page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).locator("visible=true").last.click()


def heading(page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def decide(office, submission: Submission, decision: str, reason: str = "") -> None:
    """From the admin's first page to the queue, and decide on what waits there."""
    page = office.page
    office.reader.go("/admin/")
    page.locator("main a[href='/admin/submissions/']").click()
    page.get_by_role("link", name=str(submission)).click()
    page.get_by_label(decision, exact=True).check()
    page.get_by_label("Que dire à l’expéditeur").fill(reason)
    press(page, "Décider et informer l’expéditeur")
    expect(page.locator(".messages")).to_be_visible()


def test_from_the_first_page_to_a_status_that_changes(browse, pages):
    JointDeclarationFactory(
        key="paris",
        title_fr="La déclaration de Paris",
        summary_fr="Elle donne une place au Forum.",
        title_en="The Paris declaration",
        summary_en="It gives a seat in the Forum.",
    )
    letters, office = Mailbox(), Editor(browse(), "moderatrice")

    # On the telephone: begun, half filled in, left.
    phone = browse(width=390)
    page = phone.go("/fr/rejoindre/")
    page.locator(".join-now").get_by_role("link").click()
    heading(page, "À propos de vous")
    assert mistakes(page) == []
    page.get_by_label("Votre nom").fill("Ada Loam")
    page.get_by_label("Votre adresse électronique").fill(ADA)
    press(page, "Enregistrer et continuer")
    heading(page, "Votre organisation")
    letter = letters.next("Votre candidature à l’Initiative « 4 pour 1000 »")
    page.get_by_label("Nom de l’organisation").fill("Coopérative du Val Profond")
    page.get_by_label("Organisations agricoles et forestières").check()
    press(page, "Enregistrer et continuer")
    expect(page.get_by_role("alert")).to_contain_text("réponses")
    assert mistakes(page) == []
    assert phone.overflow == 0
    phone.leave()

    # On another device, by the link: all is there.
    desk = browse()
    page = desk.go(links(letter)[0])
    heading(page, "Votre candidature")
    assert mistakes(page) == []
    press(page, "Oui, continuer")
    heading(page, "Votre organisation")
    expect(page.get_by_label("Nom de l’organisation")).to_have_value("Coopérative du Val Profond")
    expect(page.get_by_label("Organisations agricoles et forestières")).to_be_checked()
    page.get_by_label("Nom court").fill("CVP")
    page.get_by_label("Pays").select_option("KE")
    page.get_by_label("Site web").fill("val-profond.example")
    page.get_by_label("Ce qu’elle est et ce qu’elle fait").fill("Quarante fermes qui partagent leurs machines.")
    page.get_by_label("Le Forum des partenaires").check()
    press(page, "Enregistrer et continuer")
    heading(page, "Votre engagement")
    page.get_by_label("Votre engagement en une phrase").fill("Couvrir mille hectares tout l’hiver")
    page.get_by_label("L’objectif que vous vous fixez").fill("Aucun sol nu entre novembre et mars.")
    page.get_by_label("Les types d’actions").fill("Semer des couverts\nFormer les voisins")
    page.get_by_label("Année de début").fill(str(YEAR - 2))
    page.get_by_label("Année de fin").fill(str(YEAR + 2))
    page.get_by_label("Le calendrier").fill("Un cinquième des terres chaque année.")
    page.get_by_label("Les moyens que vous y consacrez").fill("Deux agronomes.")
    page.get_by_label("Point de départ").fill("0")
    page.get_by_label("Point d’arrivée visé").fill("1 000,0")
    page.get_by_label("Unité de mesure").select_option("ha")
    page.get_by_label("Ce qui est compté").fill("hectares couverts en hiver")
    assert mistakes(page) == []
    press(page, "Enregistrer et continuer")
    heading(page, "Documents")
    page.get_by_label("Justificatif du statut juridique").set_input_files(
        {"name": "statuts.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    page.get_by_label("Votre logo").set_input_files({"name": "logo.png", "mimeType": "image/png", "buffer": png()})
    press(page, "Enregistrer et continuer")
    heading(page, "Vérifier et envoyer")
    assert mistakes(page) == []
    _sign(page)
    heading(page, "C’est reçu. Merci")
    submission = Submission.objects.get()
    expect(page.locator("dl.facts")).to_contain_text(submission.reference)
    letter = letters.next(f"Reçue : votre candidature {submission.reference}", submission.reference)
    ((name, content, kind),) = letter.attachments
    assert (name, content[:5], kind) == (f"{submission.reference}.pdf", b"%PDF-", "application/pdf")

    # The secretariat asks for changes; the applicant reads why, answers, signs anew.
    decide(office, submission, "Demander des modifications", "Dites où sont vos fermes, s’il vous plaît.")
    letter = letters.next(
        f"Votre candidature {submission.reference} : des modifications sont demandées",
        "Dites où sont vos fermes, s’il vous plaît.",
    )
    page = desk.go(links(letter)[0])
    heading(page, "Des modifications sont demandées")
    expect(page.locator(".asked")).to_contain_text("Dites où sont vos fermes")
    page.get_by_role("link", name="Modifier la candidature").click()
    press(page, "Enregistrer et continuer")
    heading(page, "Vérifier et envoyer")
    page.locator("section", has=page.locator("#answers-commitment")).get_by_role("link").click()
    page.get_by_label("Où il se réalise").select_option("FR")
    press(page, "Enregistrer et continuer")
    _sign(page)
    heading(page, "C’est reçu. Merci")
    letters.next(f"Reçue : votre candidature {submission.reference}")
    decide(office, submission, "Accepter")
    letter = letters.next(f"Bienvenue : votre candidature {submission.reference} est acceptée")
    where, door = links(letter)

    # Public, in three languages, and honest about the one it is written in.
    organisation, commitment = Organisation.objects.get(acronym="CVP"), Commitment.objects.latest("pk")
    page = desk.go(where)
    heading(page, "Bienvenue")
    page.get_by_role("link", name="La page de votre organisation").click()
    for language, parent in (("fr", "partenaires"), ("en", "partners"), ("ar", "partners")):
        public = browse(width=390)
        page = public.go(f"/{language}/{parent}/{organisation.slug}/")
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("h1")).to_have_text("Coopérative du Val Profond")
        expect(page.locator("main")).to_contain_text("Quarante fermes qui partagent leurs machines.")
        told = page.get_by_text("Quarante fermes").locator("xpath=ancestor-or-self::*[@lang][1]")
        expect(told).to_have_attribute("lang", "fr")
        assert public.overflow == 0
        assert public.cookies == []
    reader = browse()
    page = reader.go(f"/fr/engagements/{commitment.slug}/")
    expect(page.locator("#status")).to_contain_text("Annoncé")

    # At the desk, by the letter.
    page = desk.go(door)
    heading(page, "Espace partenaires")
    page.get_by_label("Votre adresse électronique").fill(ADA)
    press(page, "Envoyez-moi un lien")
    heading(page, "Regardez dans votre boîte aux lettres")
    letter = letters.next("Votre lien vers l’espace partenaires")
    page = desk.go(links(letter)[0])
    press(page, "Se connecter")
    heading(page, "Votre espace")
    assert mistakes(page) == []
    assert desk.cookies == ["desk"]
    page.get_by_role("link", name="Rendre compte de l’avancement").click()
    heading(page, "Rendre compte de l’avancement")
    page.get_by_label("Jour dont il parle").fill(timezone.localdate().isoformat())
    page.get_by_label("Chiffre").fill("600,5")
    page.get_by_label("Ce qui s’est passé").fill("Six cents hectares sont couverts.")
    page.get_by_label("Fichiers à l’appui").set_input_files(
        {"name": "registre.csv", "mimeType": "text/csv", "buffer": b"parcelle;ha\n1;600.5\n"}
    )
    assert mistakes(page) == []
    press(page, "Envoyer au secrétariat")
    expect(page.locator(".standing")).to_have_text("En attente d’une décision")
    report = Submission.objects.latest("pk")
    letters.next(f"Reçu : Rapport d’avancement, {report.reference}")
    page = reader.go(f"/fr/engagements/{commitment.slug}/")
    expect(page.locator("#status")).to_contain_text("Annoncé")

    # Accepted: the status follows, with the figure, what was told, and the file.
    decide(office, report, "Accepter", "Merci pour ce registre.")
    letter = letters.next(f"Accepté : Rapport d’avancement, {report.reference}", "Merci pour ce registre.")
    expect(desk.go(links(letter)[0]).locator(".standing")).to_have_text("Acceptée")
    page = reader.go(f"/fr/engagements/{commitment.slug}/")
    expect(page.locator("#status")).to_contain_text("En bonne voie")
    expect(page.locator("table.reports")).to_contain_text("600,5")
    expect(page.locator("main")).to_contain_text("Six cents hectares sont couverts.")
    with page.expect_download() as download:
        page.locator("table.reports").get_by_role("link", name="registre.csv").click()
    assert download.value.path().read_bytes() == b"parcelle;ha\n1;600.5\n"
    assert ProgressReport.objects.get(commitment=commitment).submitted_by == f"Ada Loam, {ADA}"
    assert len(mail.outbox) == letters.read
    assert reader.cookies == []


def _sign(page) -> None:
    page.get_by_label("Nom du signataire").fill("Ada Loam")
    page.get_by_label("Fonction du signataire").fill("Directrice")
    page.get_by_label("Je suis habilité à signer").check()
    page.get_by_label("peuvent être publiés sur ce site").check()
    press(page, "Signer et envoyer")
