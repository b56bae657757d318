//! What the form and its page look like as HTML made on the host: the markup that shops, themes
//! and tests hold on to, and the text of every survey in it.
#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test stops where it cannot go on, and its modules are seen by nobody else"
)]

use form::{Locale, Sheet, Words};
use report::{Bucket, Counts, Metric, ReportInput, Scale, ScoreOptions, SegmentInput, report};
use ui::{PageConfig, PageStage, ReportView, render_form, render_page};

const SURVEYS: [(&str, &str); 3] = [
    ("post-purchase-nps", include_str!("../../../www/surveys/post-purchase-nps.json")),
    ("post-resolution-csat", include_str!("../../../www/surveys/post-resolution-csat.json")),
    ("return-ces", include_str!("../../../www/surveys/return-ces.json")),
];

fn sheet(json: &str, locale: &str) -> Sheet {
    let definition = wire::decode_definition(json.as_bytes()).unwrap();
    Sheet::of(&definition, &Locale::new(locale).unwrap())
}

/// One tag a line, so that a change can be read.
fn lines(html: &str) -> String {
    html.replace("><", ">\n<")
}

/// How often `part` stands in `html`.
fn n(html: &str, part: &str) -> usize {
    html.matches(part).count()
}

#[test]
fn every_survey_looks_as_it_did() {
    for (name, json) in SURVEYS {
        insta::assert_snapshot!(name, lines(&render_form(&sheet(json, "en"))));
    }
    let simplified = render_form(&sheet(SURVEYS[0].1, "zh-Hans"));
    insta::assert_snapshot!("post-purchase-nps-zh-Hans", lines(&simplified));
}

#[test]
fn the_public_markup_is_there_in_every_survey_and_language() {
    for (name, json) in SURVEYS {
        for locale in Words::languages() {
            let sheet = sheet(json, locale);
            assert_eq!(sheet.locale.as_str(), locale, "{name} is not in every language");
            let html = render_form(&sheet);
            let question = sheet.outline.question;
            let check = |part: &str, times: usize| {
                assert_eq!(n(&html, part), times, "{part} in {name} in {locale}");
            };
            check("name=\"rating\"", question.scale.n_points());
            for point in question.scale.points() {
                check(&format!("value=\"{point}\" type=\"radio\" name=\"rating\""), 1);
            }
            check("name=\"reason\"", sheet.reasons.len());
            check("<textarea", 1);
            check("name=\"comment\"", 1);
            check("type=\"submit\"", 1);
            check("name=\"skip\"", 1);
            check("data-part=\"followup\"", 1);
            check("data-part=\"thanks\"", 1);
            check("role=\"status\"", 1);
            check("<script", 0);
            check("dir=\"rtl\"", usize::from(matches!(locale, "ar" | "he")));
            assert!(html.contains(&sheet.question), "{name} in {locale}");
        }
    }
}

#[test]
fn equal_sheets_give_equal_bytes() {
    let [one, other] = [(); 2].map(|()| render_form(&sheet(SURVEYS[1].1, "en")));
    assert_eq!(one, other);
}

#[test]
fn what_an_author_writes_is_text_and_never_markup() {
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(1)> & \\\"quoted\\\"";
    let (_, json) = SURVEYS[0];
    let question = sheet(json, "en").question.clone();
    assert!(json.contains(&question));
    let html = render_form(&sheet(&json.replace(&question, hostile), "en"));
    assert_eq!((n(&html, "<script"), n(&html, "<img")), (0, 0), "{html}");
    assert!(html.contains("&lt;script&gt;alert(1)&lt;"), "{html}");
}

#[test]
fn the_page_says_where_the_person_stands() {
    let sheet = sheet(SURVEYS[2].1, "en");
    let page = |stage| {
        let config = PageConfig {
            action: "return-ces".to_owned(),
            stylesheet: "../candor.css".to_owned(),
            id: "01900000-0000-7000-8000-000000000001".to_owned(),
            draft: form::Draft { comment: "kept </textarea>".to_owned(), ..Default::default() },
            stage,
        };
        render_page(&sheet, &config)
    };
    let state = |html: &str| {
        let (_, rest) = html.split_once("data-state=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let asking = page(PageStage::Asking);
    assert!(asking.starts_with("<!doctype html><html lang=\"en\""), "{asking}");
    assert_eq!((n(&asking, "<script"), n(&asking, " style=")), (0, 0));
    assert_eq!((state(&asking).as_str(), n(&asking, "kept &lt;/textarea&gt;")), ("ready", 1));
    assert_eq!(state(&page(PageStage::RatingMissing)), "ready");
    assert!(page(PageStage::RatingMissing).contains(sheet.words.choose()));
    assert_eq!(state(&page(PageStage::Failed)), "failed");
    assert_eq!(state(&page(PageStage::Done)), "done");
}

#[test]
fn a_report_shows_a_number_beside_every_picture() {
    let mut counts = Counts::new(Scale::NPS);
    (0..40).for_each(|idx| counts.record(idx % 11));
    let mut few = Counts::new(Scale::NPS);
    (0..7).for_each(|_| few.record(9));
    let by = |name: &str| [("channel".to_owned(), name.to_owned())].into();
    let mut input = ReportInput::of_counts(Metric::Nps, counts);
    input.segments = vec![
        SegmentInput::of_counts(by("mail"), few.clone()),
        SegmentInput::of_counts(by("chat"), few),
    ];
    let report = report(&input, &ScoreOptions::STANDARD).unwrap();
    assert_eq!(Bucket::ALL.len(), 3);
    let renderer =
        yew::LocalServerRenderer::<ReportView>::with_props(ui::report_view::ReportViewProps {
            report,
        });
    let html = pollster::block_on(renderer.hydratable(false).render());
    insta::assert_snapshot!("report", lines(&html));
}
