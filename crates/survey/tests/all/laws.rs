//! Laws that hold for every input, whatever it is.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use survey::{
    Action, Bucket, BucketTexts, Definition, DefinitionParts, Locale, QuestionParts, RawSubmission,
    ReasonId, Sheet, SurveyId, Texts, accept, without_personal_details,
};

use crate::sample::{ANSWERED_AT_MS, definition, outline};

/// Mostly what the sample survey asks for, sometimes any other text.
fn mostly(usual: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![9 => prop::sample::select(usual).prop_map(String::from), 1 => any::<String>()]
}

fn number(usual: std::ops::RangeInclusive<i64>) -> impl Strategy<Value = i64> {
    prop_oneof![9 => usual, 1 => any::<i64>()]
}

prop_compose! {
    fn any_raw()(
        (id, source, survey_id) in (
            mostly(&["01935b2e-7c4a-7def-8a11-2b3c4d5e6f70"]),
            mostly(&["https://shop.example/thanks", "/#x"]),
            mostly(&["post-purchase-nps"]),
        ),
        (survey_version, revision) in (
            prop_oneof![9 => Just(3_u32), 1 => any::<u32>()],
            prop_oneof![9 => 1..5_u32, 1 => any::<u32>()],
        ),
        (time_ms, complete, locale) in
            (any::<i64>(), any::<bool>(), mostly(&["en", "zh-TW", "zh_hans"])),
        (metric, direction) in (mostly(&["nps"]), mostly(&["higher_is_better"])),
        (scale_min, scale_max, value) in (number(0..=0), number(10..=10), number(-1..=11)),
        (question, comment) in (any::<String>(), any::<String>()),
        reasons in vec(mostly(&["delivery", "choice", "price", "website", "other"]), 0..4),
        context in btree_map(mostly(&["order", "plan"]), any::<String>(), 0..3),
        age_ms in option::of(any::<u64>()),
    ) -> RawSubmission {
        RawSubmission {
            id, source, survey_id, survey_version, time_ms, revision, complete, locale, metric,
            scale_min, scale_max, direction, value, question, reasons, comment,
            context: context.into_iter().collect(), age_ms,
        }
    }
}

fn any_name() -> impl Strategy<Value = ReasonId> {
    prop::sample::select(vec!["delivery", "price", "choice", "other"])
        .prop_map(|name| ReasonId::new(name).unwrap())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![9 => Just("Words".to_owned()), 1 => any::<String>()]
}

fn any_labels() -> impl Strategy<Value = BTreeMap<ReasonId, String>> {
    btree_map(any_name(), any_text(), 0..5)
}

prop_compose! {
    fn any_bucket_texts()(
        (prompt, comment, thanks) in (any_text(), any_text(), any_text()),
        action in option::of((any_text(), mostly(&["/", "https://shop.example"]))),
        reasons in any_labels(),
    ) -> BucketTexts {
        let action = action.map(|(label, url)| Action { label, url });
        BucketTexts { prompt, comment, thanks, action, reasons }
    }
}

prop_compose! {
    fn any_texts()(
        (question, low, high) in (any_text(), any_text(), any_text()),
        points in btree_map(number(0..=10), any_text(), 0..12),
        reasons in any_labels(),
        buckets in btree_map(prop::sample::select(Bucket::ALL.to_vec()), any_bucket_texts(), 0..4),
    ) -> Texts {
        Texts { question, low, high, points, reasons, buckets }
    }
}

prop_compose! {
    fn any_parts()(
        version in any::<u32>(),
        metric in mostly(&["csat", "ces", "nps"]),
        (min, max) in (number(0..=1), number(3..=10)),
        direction in mostly(&["higher_is_better", "lower_is_better"]),
        bands in option::of((number(1..=5), number(2..=10))),
        style in mostly(&["numbers", "stars", "faces", "thumbs"]),
        buckets in btree_map(
            prop::sample::select(Bucket::ALL.to_vec()), vec(any_name(), 0..5), 0..4,
        ),
        texts in btree_map(
            prop::sample::select(vec!["en", "zh-Hans"]).prop_map(|t| Locale::new(t).unwrap()),
            any_texts(),
            0..3,
        ),
    ) -> DefinitionParts {
        DefinitionParts {
            id: SurveyId::new("law").unwrap(),
            version,
            default_locale: Locale::new("en").unwrap(),
            question: QuestionParts { metric, min, max, direction, bands, style },
            buckets,
            texts,
        }
    }
}

prop_compose! {
    /// Definitions that are valid: any reasons in any order, the open one last.
    fn valid_parts()(
        offered in [vec(any_name(), 0..6), vec(any_name(), 0..6), vec(any_name(), 0..6)],
        own_labels in [any_labels(), any_labels(), any_labels()],
    ) -> DefinitionParts {
        let mut parts = crate::sample::parts();
        for (bucket, mut names) in Bucket::ALL.into_iter().zip(offered) {
            let mut seen = BTreeSet::new();
            names.retain(|name| seen.insert(name.clone()));
            names.sort_by_key(ReasonId::is_other);
            parts.buckets.insert(bucket, names);
        }
        for texts in parts.texts.values_mut() {
            for (bucket, labels) in Bucket::ALL.into_iter().zip(&own_labels) {
                let labels = labels.keys().map(|name| (name.clone(), format!("{bucket:?} {name}")));
                texts.buckets.get_mut(&bucket).unwrap().reasons = labels.collect();
            }
        }
        parts
    }
}

proptest! {
    #[test]
    fn no_answer_panics_and_an_accepted_one_is_accepted_again(
        raw in any_raw(),
        now_ms in any::<i64>(),
    ) {
        match accept(raw.clone(), &outline(), now_ms) {
            Ok(submission) => {
                prop_assert_eq!(submission.raw(), &raw);
                let again = accept(submission.raw().clone(), &outline(), now_ms);
                prop_assert_eq!(again, Ok(submission));
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                for fault in faults {
                    prop_assert!(fault.pointer.starts_with('/'), "{}", fault);
                    prop_assert!(!fault.detail.is_empty() && fault.detail.len() < 600, "{}", fault);
                }
            }
        }
    }

    #[test]
    fn the_time_of_an_accepted_answer_is_plausible(raw in any_raw(), now_ms in 0..i64::MAX / 2) {
        if let Ok(submission) = accept(raw, &outline(), now_ms) {
            let age_ms = now_ms - submission.answered_at_ms();
            prop_assert!((-300_000..=2_592_000_000).contains(&age_ms));
        }
    }

    #[test]
    fn every_point_with_reasons_of_its_bucket_is_accepted(
        value in 0..=10_i64,
        picks in vec(any::<prop::sample::Index>(), 0..4),
    ) {
        let outline = outline();
        let point = outline.question.scale.point(value).unwrap();
        let offered = &outline.bucket(outline.question.bucket(point)).reasons;
        let names: BTreeSet<String> = picks.iter().map(|p| p.get(offered).to_string()).collect();
        let raw = RawSubmission { value, reasons: names.into_iter().collect(), ..crate::sample::raw() };
        let n_reasons = raw.reasons.len();
        let submission = accept(raw, &outline, ANSWERED_AT_MS).unwrap();
        prop_assert_eq!(submission.reasons().len(), n_reasons);
    }

    #[test]
    fn no_definition_panics_and_a_faulty_one_says_where(parts in any_parts()) {
        for fault in Definition::new(parts).err().into_iter().flatten() {
            prop_assert!(fault.pointer.starts_with('/') && !fault.detail.is_empty(), "{}", fault);
        }
    }

    #[test]
    fn a_sheet_in_any_language_holds_each_offered_reason_once_and_the_open_one_last(
        parts in valid_parts(),
        wanted in "[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8}){0,2}|zh-TW",
    ) {
        let definition = Definition::new(parts).unwrap();
        let sheet = Sheet::of(&definition, &Locale::new(&wanted).unwrap());
        prop_assert_eq!(Sheet::new(sheet.parts().clone()), Ok(sheet.clone()));
        let shown: Vec<&ReasonId> = sheet.reasons.iter().map(|option| &option.id).collect();
        let offered: BTreeSet<&ReasonId> =
            sheet.outline.buckets.iter().flat_map(|plan| &plan.reasons).collect();
        prop_assert_eq!(shown.len(), offered.len());
        prop_assert_eq!(shown.iter().copied().collect::<BTreeSet<_>>(), offered);
        if let Some((_, before)) = shown.split_last() {
            prop_assert!(!before.iter().any(|name| name.is_other()));
        }
        for option in &sheet.reasons {
            for bucket in Bucket::ALL {
                let is_offered = sheet.outline.bucket(bucket).reasons.contains(&option.id);
                let n_labels = option.labels.iter().filter(|(of, _)| *of == bucket).count();
                prop_assert_eq!(n_labels, usize::from(is_offered));
            }
        }
    }

    #[test]
    fn no_text_panics_as_a_tag_and_a_tag_reads_as_itself(text in "[a-zA-Z0-9_-]{0,40}|\\PC{0,20}") {
        if let Ok(tag) = Locale::new(&text) {
            prop_assert_eq!(Locale::new(tag.as_str()), Ok(tag.clone()));
            prop_assert_eq!(definition().locale_for(&tag).language() == "zh", tag.language() == "zh");
        }
    }

    #[test]
    fn a_comment_without_personal_details_is_no_longer_and_stays_so(
        text in "[0-9a-eA-E@ .+()/٠-٩-]{0,60}|\\PC{0,40}",
    ) {
        let kept = without_personal_details(&text);
        prop_assert!(kept.chars().count() <= text.chars().count());
        prop_assert_eq!(without_personal_details(&kept), kept.as_ref());
    }

    #[test]
    fn a_name_is_safe_in_addresses_files_and_markup(text in any::<String>()) {
        if let Ok(name) = ReasonId::new(&text) {
            prop_assert!(name.as_str().bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)));
            prop_assert_eq!(name.as_str(), text);
        }
    }
}
