//! Language tags and the closest match, as tables.

use survey::Locale;
use survey::locale::LOCALE_BYTES_MAX;

use crate::sample::locale;

#[test]
fn tags_are_kept_in_their_usual_case() {
    for (given, tag) in [
        ("en", "en"),
        ("EN", "en"),
        ("en_gb", "en-GB"),
        ("ZH-hans", "zh-Hans"),
        ("zh_hant_tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("DE-ch-1996", "de-CH-1996"),
        ("yue", "yue"),
        ("en-U-CA-gregory", "en-u-ca-gregory"),
    ] {
        assert_eq!(locale(given).as_str(), tag);
        assert_eq!(locale(given).to_string(), tag);
        assert_eq!(locale(tag).as_str(), tag, "the usual case is its own usual case");
    }
}

#[test]
fn what_is_no_tag_is_refused_and_quoted() {
    for text in
        ["", "e", "engl", "e1", "en-", "-en", "en--GB", "en-ninechars", "../x", "en GB", "中文"]
    {
        let expected = format!("{text:?} is not a language tag such as en, pt-BR or zh-Hans");
        assert_eq!(Locale::new(text), Err(expected));
    }
}

#[test]
fn a_tag_has_at_most_thirty_five_bytes() {
    let longest = "en-abcdefg-abcdefg-abcdefg-abc-abcd";
    assert_eq!(longest.len(), LOCALE_BYTES_MAX);
    assert!(Locale::new(longest).is_ok());
    assert!(Locale::new(&format!("{longest}e")).is_err());
}

#[test]
fn the_closest_of_the_offered_languages_is_taken_in_any_order() {
    #[track_caller]
    fn check(wanted: &str, available: &[&str], expected: Option<&str>) {
        let mut available: Vec<Locale> = available.iter().map(|tag| locale(tag)).collect();
        for _ in 0..2 {
            let closest = locale(wanted).closest(&available).map(Locale::as_str);
            assert_eq!(closest, expected, "{wanted} among {available:?}");
            available.reverse();
        }
    }
    let three = ["en", "zh-Hans", "zh-Hant"];
    check("en", &three, Some("en"));
    check("en-GB", &three, Some("en"));
    check("EN_us", &three, Some("en"));
    check("en-u-nu-hans", &three, Some("en"));
    check("zh", &three, Some("zh-Hans"));
    check("zh-CN", &three, Some("zh-Hans"));
    check("zh-SG", &three, Some("zh-Hans"));
    check("zh-TW", &three, Some("zh-Hant"));
    check("zh-HK", &three, Some("zh-Hant"));
    check("zh-MO", &three, Some("zh-Hant"));
    check("zh-Hant", &three, Some("zh-Hant"));
    check("zh-Hant-CN", &three, Some("zh-Hant"));
    check("zh-Hans-TW", &three, Some("zh-Hans"));
    check("yue", &three, None);
    check("fi", &three, None);
    check("en", &[], None);
    // Another script is still closer than another language.
    check("zh-TW", &["en", "zh-Hans"], Some("zh-Hans"));
    check("sr-Latn", &["sr-Cyrl", "sr"], Some("sr"));
    // The same region first, then no region, then the first by name.
    check("pt-PT", &["pt-BR", "pt-PT", "pt"], Some("pt-PT"));
    check("pt-AO", &["pt-BR", "pt-PT", "pt"], Some("pt"));
    check("pt", &["pt-PT", "pt-BR"], Some("pt-BR"));
    check("zh-Hant-HK", &["zh-HK", "zh-Hant", "zh-TW"], Some("zh-HK"));
    check("es-419", &["es", "es-419", "es-MX"], Some("es-419"));
    check("de-1996", &["de", "de-AT"], Some("de"));
}

#[test]
fn the_script_is_named_or_follows_from_the_region() {
    for (tag, script) in [
        ("zh", Some("Hans")),
        ("zh-CN", Some("Hans")),
        ("zh-TW", Some("Hant")),
        ("zh-Hant-CN", Some("Hant")),
        ("sr-Cyrl", Some("Cyrl")),
        ("en", None),
        ("de-1996", None),
        ("en-u-nu-latn", None),
    ] {
        assert_eq!(locale(tag).script(), script, "{tag}");
    }
}

#[test]
fn right_to_left_is_a_matter_of_the_script() {
    for tag in ["ar", "ar-EG", "he", "fa-IR", "ur", "az-Arab", "ckb"] {
        assert!(locale(tag).is_right_to_left(), "{tag}");
    }
    for tag in ["en", "zh-Hant", "ur-Latn", "tr", "az", "arn"] {
        assert!(!locale(tag).is_right_to_left(), "{tag}");
    }
}
