from initiative.base.panels import language_tabs, localized_names, translated_panels


def test_names_of_a_translated_field():
    assert localized_names("title") == ["title_en", "title_fr", "title_es", "title_ar"]


def test_a_tab_of_facts_and_one_per_language_by_its_own_name():
    tabs = language_tabs("Facts", ["slug"], ["title", "goal"]).children
    assert [str(tab.heading) for tab in tabs] == ["Facts", "English", "Français", "Español", "العربية"]
    assert [panel.field_name for panel in tabs[0].children] == ["slug"]
    assert [panel.field_name for panel in tabs[2].children] == ["title_fr", "goal_fr"]
    assert tabs[4].children[0].attrs == {"lang": "ar", "dir": "rtl"}


def test_without_texts_there_is_one_tab():
    assert len(language_tabs("Facts", ["code"], []).children) == 1


def test_in_inline_forms_each_language_has_its_panel():
    panels = translated_panels("label")
    assert [(panel.field_name, panel.attrs["lang"], panel.attrs["dir"]) for panel in panels] == [
        ("label_en", "en", "ltr"),
        ("label_fr", "fr", "ltr"),
        ("label_es", "es", "ltr"),
        ("label_ar", "ar", "rtl"),
    ]
