from initiative.base.secret_keys import hmacs


def test_todays_key_is_first_and_each_purpose_has_its_own(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "today", []
    [today] = hmacs("open", "door")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "tomorrow", ["today", "long ago"]
    tomorrow, before, long_ago = [made.hexdigest() for made in hmacs("open", "door")]
    assert before == today.hexdigest()
    assert len({tomorrow, before, long_ago, hmacs("close", "door")[0].hexdigest()}) == 4
    assert today.digest_size == 32
