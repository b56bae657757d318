//! Which definitions can be asked, and how each fault of the others is worded.

use std::collections::BTreeMap;

use survey::definition::{LOCALES_MAX, REASONS_MAX, TEXT_CHARS_MAX, URL_CHARS_MAX};
use survey::{
    Action, Bucket, BucketTexts, Definition, DefinitionParts, Fault, Metric, ScalePoint, Style,
    Texts,
};

use crate::sample::{definition, locale, parts, reason, reasons, texts};

#[track_caller]
fn accepted(change: impl FnOnce(&mut DefinitionParts)) -> Definition {
    let mut parts = parts();
    change(&mut parts);
    Definition::new(parts).unwrap()
}

/// Checks every fault of the changed definition, as pointer and wording.
#[track_caller]
fn refused(change: impl FnOnce(&mut DefinitionParts), expected: &[(&str, &str)]) {
    let mut parts = parts();
    change(&mut parts);
    let faults = Definition::new(parts).unwrap_err();
    let expected: Vec<Fault> = expected.iter().map(|(at, why)| Fault::new(*at, *why)).collect();
    assert_eq!(faults, expected);
}

fn english(parts: &mut DefinitionParts) -> &mut Texts {
    parts.texts.get_mut(&locale("en")).unwrap()
}

fn scale(parts: &mut DefinitionParts, metric: &str, min: i64, max: i64) {
    parts.question.metric = metric.into();
    (parts.question.min, parts.question.max) = (min, max);
    parts.texts.values_mut().for_each(|texts| texts.points.clear());
}

#[test]
fn a_whole_definition_is_taken_as_it_is() {
    let definition = definition();
    let outline = definition.outline();
    assert_eq!((outline.id.as_str(), outline.version), ("post-purchase-nps", 3));
    assert_eq!((outline.question.metric, outline.question.style), (Metric::Nps, Style::Numbers));
    assert_eq!(outline.question.scale, survey::Scale::NPS);
    assert_eq!(outline.bucket(Bucket::Bottom).reasons, reasons(&["delivery", "website", "other"]));
    assert_eq!(outline.bucket(Bucket::Middle).reasons, reasons(&["price", "delivery", "other"]));
    assert_eq!(outline.bucket(Bucket::Top).reasons, reasons(&["delivery", "choice"]));
    assert_eq!(definition.default_locale(), &locale("en"));
    assert_eq!(definition.texts(), &parts().texts);
}

#[test]
fn the_standard_cut_is_taken_unless_another_is_declared() {
    #[track_caller]
    fn check(metric: &str, (min, max): (i64, i64), bands: Option<(i64, i64)>, cut: (i16, i16)) {
        let definition = accepted(|parts| {
            scale(parts, metric, min, max);
            parts.question.bands = bands;
        });
        let bands = definition.outline().question.bands;
        assert_eq!((bands.middle_from().0, bands.top_from().0), cut);
    }
    check("nps", (0, 10), None, (7, 9));
    check("csat", (1, 5), None, (3, 4));
    check("csat", (0, 1), None, (1, 1));
    check("ces", (1, 7), None, (4, 5));
    check("csat", (1, 10), Some((5, 8)), (5, 8));
    check("nps", (1, 5), Some((4, 5)), (4, 5));
}

#[test]
fn the_question_names_metric_direction_and_style() {
    refused(
        |parts| parts.question.metric = "NPS".into(),
        &[("/question/metric", "\"NPS\" is not a metric; use csat, ces or nps")],
    );
    refused(
        |parts| parts.question.direction = String::new(),
        &[(
            "/question/scale/direction",
            "\"\" is not a direction; use higher_is_better or lower_is_better",
        )],
    );
    refused(
        |parts| parts.question.style = "sliders".into(),
        &[("/question/style", "\"sliders\" is not a style; use numbers, stars, faces or thumbs")],
    );
}

#[test]
fn the_scale_is_one_that_can_be_shown() {
    #[track_caller]
    fn check(min: i64, max: i64, detail: &str) {
        refused(|parts| scale(parts, "nps", min, max), &[("/question/scale", detail)]);
    }
    check(5, 5, "a scale from 5 to 5 has no two points; max must be above min");
    check(1, 0, "a scale from 1 to 0 has no two points; max must be above min");
    check(0, 40_000, "0 to 40000 is not a scale");
    check(i64::MAX, i64::MIN, "9223372036854775807 to -9223372036854775808 is not a scale");
    check(i64::MIN, i64::MAX, "-9223372036854775808 to 9223372036854775807 is not a scale");
    refused(
        |parts| {
            scale(parts, "csat", 0, 11);
            parts.question.bands = Some((4, 8));
        },
        &[("/question/scale", "12 points cannot be shown; at most 11")],
    );
}

#[test]
fn the_largest_numbers_do_not_overflow_where_every_face_needs_a_word() {
    refused(
        |parts| {
            scale(parts, "csat", i64::MAX, i64::MAX);
            parts.question.style = "faces".into();
            parts.texts.retain(|tag, _| tag.as_str() == "en");
        },
        &[
            ("/question/scale", "9223372036854775807 to 9223372036854775807 is not a scale"),
            ("/texts/en/points/9223372036854775807", "is missing; every face needs a word"),
        ],
    );
}

#[test]
fn the_cut_lies_on_the_scale_in_order() {
    #[track_caller]
    fn check(middle_from: i64, top_from: i64, detail: &str) {
        refused(
            |parts| parts.question.bands = Some((middle_from, top_from)),
            &[("/question/bands", detail)],
        );
    }
    check(9, 7, "a middle from 9 and a top from 7 do not cut the scale in order");
    check(0, 9, "a middle from 0 and a top from 9 do not cut the scale in order");
    check(7, 11, "a middle from 7 and a top from 11 lie off the scale");
    check(-1, i64::MAX, "a middle from -1 and a top from 9223372036854775807 lie off the scale");
    refused(
        |parts| scale(parts, "csat", 1, 10),
        &[(
            "/question/bands",
            "csat has no standard cut on a scale from 1 to 10; say from which point an answer \
             counts as good",
        )],
    );
}

#[test]
fn every_bucket_has_its_reasons_each_once_and_the_open_one_last() {
    refused(
        |parts| drop(parts.buckets.remove(&Bucket::Middle)),
        &[("/buckets/middle", "is missing; every bucket needs its reasons")],
    );
    refused(
        |parts| drop(parts.buckets.insert(Bucket::Top, reasons(&["price", "choice", "price"]))),
        &[("/buckets/top/reasons/2", "price is offered twice")],
    );
    refused(
        |parts| drop(parts.buckets.insert(Bucket::Bottom, reasons(&["other", "price"]))),
        &[("/buckets/bottom/reasons/0", "other is the open reason; it comes last")],
    );
    let bare = accepted(|parts| drop(parts.buckets.insert(Bucket::Top, Vec::new())));
    assert!(bare.outline().bucket(Bucket::Top).reasons.is_empty());
}

#[test]
fn a_bucket_offers_at_most_twelve_reasons() {
    let offer = |parts: &mut DefinitionParts, n: usize| {
        let names: Vec<_> = (0..n).map(|idx| reason(&format!("r{idx}"))).collect();
        for texts in parts.texts.values_mut() {
            texts.reasons.extend(names.iter().map(|name| (name.clone(), name.to_string())));
        }
        parts.buckets.insert(Bucket::Top, names);
    };
    accepted(|parts| offer(parts, REASONS_MAX));
    refused(
        |parts| offer(parts, REASONS_MAX + 1),
        &[("/buckets/top/reasons", "has 13 entries; at most 12")],
    );
}

#[test]
fn the_default_language_has_texts() {
    refused(|parts| parts.default_locale = locale("fr"), &[("/default_locale", "fr has no texts")]);
    refused(|parts| parts.texts.clear(), &[("/default_locale", "en has no texts")]);
}

#[test]
fn there_are_at_most_sixty_four_languages() {
    let offer = |parts: &mut DefinitionParts, n: usize| {
        let tags = (0..n - parts.texts.len()).map(|idx| format!("en-{idx:03}"));
        parts.texts.extend(tags.map(|tag| (locale(&tag), texts("en"))).collect::<Vec<_>>());
    };
    assert_eq!(accepted(|parts| offer(parts, LOCALES_MAX)).texts().len(), LOCALES_MAX);
    refused(|parts| offer(parts, LOCALES_MAX + 1), &[("/texts", "has 65 languages; at most 64")]);
}

#[test]
fn every_text_is_there_and_not_too_long() {
    #[track_caller]
    fn check(pointer: &str, put: impl Fn(&mut Texts, String)) {
        let longest = "好".repeat(TEXT_CHARS_MAX);
        accepted(|parts| put(english(parts), longest.clone()));
        let too_long = format!("{longest}。");
        let detail = [(pointer, "has 301 characters; at most 300")];
        refused(|parts| put(english(parts), too_long), &detail);
        for empty in ["", " \n\t", "\u{3000}"] {
            refused(|parts| put(english(parts), empty.into()), &[(pointer, "is empty")]);
        }
    }
    check("/texts/en/question", |texts, text| texts.question = text);
    check("/texts/en/low", |texts, text| texts.low = text);
    check("/texts/en/high", |texts, text| texts.high = text);
    check("/texts/en/points/5", |texts, text| drop(texts.points.insert(5, text)));
    check("/texts/en/reasons/price", |texts, text| {
        texts.reasons.insert(reason("price"), text);
    });
}

#[test]
fn every_text_of_a_bucket_is_there_and_not_too_long() {
    #[track_caller]
    fn check(field: &str, put: impl Fn(&mut BucketTexts, String)) {
        let pointer = format!("/texts/en/buckets/top/{field}");
        let change = |text: &str| {
            let text = text.to_owned();
            |parts: &mut DefinitionParts| {
                put(english(parts).buckets.get_mut(&Bucket::Top).unwrap(), text);
            }
        };
        let longest = "x".repeat(TEXT_CHARS_MAX);
        accepted(change(&longest));
        let detail = [(pointer.as_str(), "has 301 characters; at most 300")];
        refused(change(&format!("{longest}.")), &detail);
        refused(change(" "), &[(pointer.as_str(), "is empty")]);
    }
    check("prompt", |own, text| own.prompt = text);
    check("comment", |own, text| own.comment = text);
    check("thanks", |own, text| own.thanks = text);
    check("action/label", |own, label| {
        own.action = Some(Action { label, url: "/".into() });
    });
    check("reasons/delivery", |own, text| drop(own.reasons.insert(reason("delivery"), text)));
    // A label that no bucket shows is checked too: it is most often a misspelt one.
    check("reasons/unused", |own, text| drop(own.reasons.insert(reason("unused"), text)));
}

#[test]
fn every_bucket_has_words_in_every_language() {
    refused(
        |parts| drop(english(parts).buckets.remove(&Bucket::Middle)),
        &[("/texts/en/buckets/middle", "is missing; every bucket needs its own words")],
    );
}

#[test]
fn every_offered_reason_has_a_label_for_all_buckets_or_its_own() {
    refused(
        |parts| drop(english(parts).reasons.remove(&reason("price"))),
        &[("/texts/en/reasons/price", "is missing; middle offers this reason")],
    );
    // Top has a label of its own for delivery; bottom and middle have none.
    refused(
        |parts| drop(english(parts).reasons.remove(&reason("delivery"))),
        &[
            ("/texts/en/reasons/delivery", "is missing; bottom offers this reason"),
            ("/texts/en/reasons/delivery", "is missing; middle offers this reason"),
        ],
    );
}

#[test]
fn every_face_has_a_word_in_every_language() {
    let words = |n: i64| -> BTreeMap<i64, String> { (1..=n).map(|p| (p, "word".into())).collect() };
    let faces = |parts: &mut DefinitionParts, n_words: i64| {
        scale(parts, "csat", 1, 5);
        parts.question.style = "faces".into();
        parts.texts.retain(|tag, _| tag.as_str() == "en");
        english(parts).points = words(n_words);
    };
    assert_eq!(accepted(|parts| faces(parts, 5)).outline().question.style, Style::Faces);
    refused(
        |parts| faces(parts, 3),
        &[
            ("/texts/en/points/4", "is missing; every face needs a word"),
            ("/texts/en/points/5", "is missing; every face needs a word"),
        ],
    );
}

#[test]
fn a_word_for_a_point_off_the_scale_is_a_fault() {
    refused(
        |parts| drop(english(parts).points.insert(11, "Off the chart".into())),
        &[("/texts/en/points/11", "lies off the scale, which is 0 to 10")],
    );
}

#[test]
fn a_link_cannot_run_code_or_leave_the_site_unseen() {
    #[track_caller]
    fn check(url: &str, ok: bool) {
        let mut parts = parts();
        let own = english(&mut parts).buckets.get_mut(&Bucket::Top).unwrap();
        own.action = Some(Action { label: "Go".into(), url: url.into() });
        let detail = "is not an https, http or mailto address or a path beginning with /";
        let expected = vec![Fault::new("/texts/en/buckets/top/action/url", detail)];
        assert_eq!(Definition::new(parts).err(), (!ok).then_some(expected), "{url:?}");
    }
    for url in ["/", "/resolved/#contact", "https://a.example/?q=1", "http://a.example"] {
        check(url, true);
    }
    check("mailto:care@shop.example", true);
    check("/退货", true);
    for url in [
        "",
        "reviews",
        "#top",
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "HTTPS://shop.example",
        "javascript:alert(1)",
        "data:text/html,x",
        " https://shop.example",
        "https://shop.example/a b",
        "https://shop.example/\n",
        "/\u{7f}",
    ] {
        check(url, false);
    }
}

#[test]
fn a_link_is_not_too_long() {
    let action = |parts: &mut DefinitionParts, n_chars: usize| {
        let url = format!("/{}", "好".repeat(n_chars - 1));
        let own = english(parts).buckets.get_mut(&Bucket::Top).unwrap();
        own.action = Some(Action { label: "Go".into(), url });
    };
    accepted(|parts| action(parts, URL_CHARS_MAX));
    refused(
        |parts| action(parts, URL_CHARS_MAX + 1),
        &[("/texts/en/buckets/top/action/url", "has 513 characters; at most 512")],
    );
}

#[test]
fn one_reply_names_all_that_is_wrong() {
    refused(
        |parts| {
            parts.question.metric = "happiness".into();
            parts.question.style = "sliders".into();
            parts.buckets.remove(&Bucket::Top);
            parts.default_locale = locale("fr");
            english(parts).question.clear();
        },
        &[
            ("/question/metric", "\"happiness\" is not a metric; use csat, ces or nps"),
            ("/question/style", "\"sliders\" is not a style; use numbers, stars, faces or thumbs"),
            ("/buckets/top", "is missing; every bucket needs its reasons"),
            ("/default_locale", "fr has no texts"),
            ("/texts/en/question", "is empty"),
        ],
    );
}

#[test]
fn answers_fall_into_the_buckets_of_the_declared_cut() {
    let definition = accepted(|parts| {
        scale(parts, "ces", 1, 5);
        parts.question.direction = "lower_is_better".into();
    });
    let question = definition.outline().question;
    let names: Vec<_> = (1..=5).map(|point| question.bucket(ScalePoint(point)).name()).collect();
    assert_eq!(names, ["top", "top", "middle", "bottom", "bottom"]);
}

#[test]
fn the_closest_language_is_offered_and_else_the_default() {
    let definition = definition();
    for (wanted, offered) in
        [("en-GB", "en"), ("zh-TW", "zh-Hant"), ("zh", "zh-Hant"), ("fi", "en")]
    {
        assert_eq!(definition.locale_for(&locale(wanted)).as_str(), offered, "{wanted}");
    }
}

#[test]
fn every_style_has_a_name_of_its_own() {
    for style in Style::ALL {
        assert_eq!(Style::from_name(style.name()), Some(style));
    }
    assert_eq!(Style::from_name("Stars"), None);
}
