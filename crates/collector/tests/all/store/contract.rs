//! What every store must do, case by case. Names no database.

use std::collections::BTreeMap;

use collector::store::{
    Arrival, CountsQuery, NO_SEGMENT, OTHER_SEGMENT, Outcome, Period, Population, SEGMENTS_MAX,
    Segmentation, Store,
};
use report::{Counts, ReportInput};
use survey::{RawSubmission, ReasonId, SurveyId};

use crate::common::{NOW_MS, accepted, definition, raw, raw_ces, uuid};

const DAY_MS: i64 = 24 * 3600 * 1000;

fn numbered(raw: RawSubmission) -> Arrival {
    Arrival::numbered(accepted(raw), NOW_MS)
}

fn from_page(raw: RawSubmission) -> Arrival {
    Arrival::from_page(accepted(raw), NOW_MS)
}

async fn write(store: &dyn Store, arrival: Arrival) -> Outcome {
    store.write(&[arrival]).await.unwrap()[0]
}

fn population() -> Population {
    Population::of(definition("shop-nps").outline())
}

/// All answers to `shop-nps`.
pub fn everything() -> CountsQuery {
    CountsQuery::all(population())
}

/// Answers at each point that has any.
fn points(counts: &Counts) -> Vec<(i16, u64)> {
    counts.iter().filter(|(_, n)| *n > 0).map(|(point, n)| (point.0, n)).collect()
}

#[track_caller]
fn check_points(input: &ReportInput, expected: &[(i16, u64)]) {
    assert_eq!(points(&input.overall.counts), expected);
}

async fn counted(store: &dyn Store) -> ReportInput {
    store.counts(&everything()).await.unwrap()
}

/// Name and number of answers of each segment.
fn segments(input: &ReportInput) -> Vec<(String, u64)> {
    let name = |key: &BTreeMap<String, String>| key.values().next().unwrap().clone();
    input.segments.iter().map(|row| (name(&row.by), row.group.counts.n())).collect()
}

fn with_context(id: u64, name: &str, text: &str) -> RawSubmission {
    RawSubmission { context: vec![(name.to_owned(), text.to_owned())], ..raw(id, 9) }
}

pub async fn a_new_answer_is_stored_and_counted(store: &dyn Store) {
    check_points(&counted(store).await, &[]);
    let outcome = write(store, numbered(raw(1, 9))).await;
    assert_eq!(outcome, Outcome::Stored { revision: 1 });
    check_points(&counted(store).await, &[(9, 1)]);
}

pub async fn the_same_revision_again_changes_nothing(store: &dyn Store) {
    write(store, numbered(raw(1, 9))).await;
    for _ in 0..3 {
        let outcome = write(store, numbered(raw(1, 9))).await;
        assert_eq!(outcome, Outcome::Repeated { revision: 1 });
    }
    check_points(&counted(store).await, &[(9, 1)]);
}

pub async fn the_same_revision_with_other_contents_is_a_conflict(store: &dyn Store) {
    write(store, numbered(raw(1, 9))).await;
    let other = RawSubmission { comment: "other".to_owned(), ..raw(1, 9) };
    assert_eq!(write(store, numbered(other)).await, Outcome::Conflict { revision: 1 });
    let outcome = write(store, numbered(raw(1, 3))).await;
    assert_eq!(outcome, Outcome::Conflict { revision: 1 });
    check_points(&counted(store).await, &[(9, 1)]);
}

pub async fn a_higher_revision_replaces_the_answer(store: &dyn Store) {
    write(store, numbered(raw(1, 9))).await;
    let edited = RawSubmission {
        revision: 4,
        reasons: vec!["price".to_owned(), "other".to_owned()],
        comment: "too dear".to_owned(),
        ..raw(1, 5)
    };
    assert_eq!(write(store, numbered(edited)).await, Outcome::Stored { revision: 4 });
    let input = counted(store).await;
    check_points(&input, &[(5, 1)]);
    assert_eq!(input.reasons.keys().collect::<Vec<_>>(), ["other", "price"]);
    let taken_back = RawSubmission { revision: 5, ..raw(1, 5) };
    assert_eq!(write(store, numbered(taken_back)).await, Outcome::Stored { revision: 5 });
    assert!(counted(store).await.reasons.is_empty());
}

pub async fn a_late_revision_is_noted_and_does_not_replace(store: &dyn Store) {
    let at = |revision, value| RawSubmission { revision, ..raw(1, value) };
    write(store, numbered(at(3, 9))).await;
    assert_eq!(write(store, numbered(at(2, 5))).await, Outcome::Superseded { revision: 2 });
    assert_eq!(write(store, numbered(at(2, 5))).await, Outcome::Repeated { revision: 2 });
    assert_eq!(write(store, numbered(at(2, 6))).await, Outcome::Conflict { revision: 2 });
    assert_eq!(write(store, numbered(at(3, 9))).await, Outcome::Repeated { revision: 3 });
    check_points(&counted(store).await, &[(9, 1)]);
}

pub async fn equal_arrivals_of_one_batch_count_once(store: &dyn Store) {
    let later = RawSubmission { revision: 2, ..raw(1, 4) };
    let batch = [
        numbered(raw(1, 9)),
        numbered(raw(1, 9)),
        numbered(later),
        numbered(raw(1, 9)),
        numbered(raw(1, 8)),
        numbered(raw(2, 8)),
    ];
    let outcomes = store.write(&batch).await.unwrap();
    let expected = [
        Outcome::Stored { revision: 1 },
        Outcome::Repeated { revision: 1 },
        Outcome::Stored { revision: 2 },
        Outcome::Repeated { revision: 1 },
        Outcome::Conflict { revision: 1 },
        Outcome::Stored { revision: 1 },
    ];
    assert_eq!(outcomes, expected);
    check_points(&counted(store).await, &[(4, 1), (8, 1)]);
}

pub async fn the_same_id_in_two_surveys_is_two_answers(store: &dyn Store) {
    assert_eq!(write(store, numbered(raw(1, 9))).await, Outcome::Stored { revision: 1 });
    assert_eq!(write(store, numbered(raw_ces(1, 7))).await, Outcome::Stored { revision: 1 });
    check_points(&counted(store).await, &[(9, 1)]);
    let ces = CountsQuery::all(Population::of(definition("resolved-ces").outline()));
    check_points(&store.counts(&ces).await.unwrap(), &[(7, 1)]);
}

pub async fn a_page_sent_again_is_the_same_answer(store: &dyn Store) {
    assert_eq!(write(store, from_page(raw(1, 9))).await, Outcome::Stored { revision: 1 });
    // The page does not carry a time; the server's differs from one sending to the next.
    let again = RawSubmission { time_ms: NOW_MS + 1000, ..raw(1, 9) };
    assert_eq!(write(store, from_page(again)).await, Outcome::Repeated { revision: 1 });
    check_points(&counted(store).await, &[(9, 1)]);
}

pub async fn a_page_sent_with_other_contents_is_the_next_revision(store: &dyn Store) {
    write(store, numbered(RawSubmission { revision: 6, ..raw(1, 9) })).await;
    assert_eq!(write(store, from_page(raw(1, 4))).await, Outcome::Stored { revision: 7 });
    assert_eq!(write(store, from_page(raw(1, 9))).await, Outcome::Stored { revision: 8 });
    check_points(&counted(store).await, &[(9, 1)]);
}

pub async fn an_answer_that_was_edited_too_often_is_left_as_it_is(store: &dyn Store) {
    write(store, numbered(RawSubmission { revision: 10_000, ..raw(1, 9) })).await;
    assert_eq!(write(store, from_page(raw(1, 4))).await, Outcome::Conflict { revision: 10_000 });
    check_points(&counted(store).await, &[(9, 1)]);
}

pub async fn only_what_is_stored_is_a_change(store: &dyn Store) {
    let survey = SurveyId::new("shop-nps").unwrap();
    assert_eq!(store.change(&survey).await.unwrap(), 0);
    write(store, numbered(raw(1, 9))).await;
    assert_eq!(store.change(&survey).await.unwrap(), 1);
    write(store, numbered(raw(1, 9))).await;
    write(store, numbered(raw(1, 3))).await;
    write(store, numbered(raw_ces(2, 3))).await;
    assert_eq!(store.change(&survey).await.unwrap(), 1);
    store.write(&[numbered(raw(3, 9)), numbered(raw(4, 9))]).await.unwrap();
    let (change, input) = store.live_counts(&population()).await.unwrap();
    assert_eq!(change, 2);
    check_points(&input, &[(9, 3)]);
}

pub async fn answers_on_another_scale_are_left_out(store: &dyn Store) {
    write(store, numbered(raw(1, 5))).await;
    let earlier = RawSubmission { survey_version: 1, scale_min: 1, scale_max: 5, ..raw(2, 5) };
    let turned =
        RawSubmission { survey_version: 1, direction: "lower_is_better".to_owned(), ..raw(3, 5) };
    write(store, numbered(earlier)).await;
    write(store, numbered(turned)).await;
    check_points(&counted(store).await, &[(5, 1)]);
}

pub async fn a_time_range_holds_its_begin_and_not_its_end(store: &dyn Store) {
    for (id, time_ms) in [(1, NOW_MS - 2), (2, NOW_MS - 1), (3, NOW_MS)] {
        write(store, numbered(RawSubmission { time_ms, ..raw(id, i64::try_from(id).unwrap()) }))
            .await;
    }
    let query = |from_ms, until_ms| CountsQuery { from_ms, until_ms, ..everything() };
    let count = async |from, until| store.counts(&query(from, until)).await.unwrap();
    check_points(&count(Some(NOW_MS - 1), None).await, &[(2, 1), (3, 1)]);
    check_points(&count(None, Some(NOW_MS - 1)).await, &[(1, 1)]);
    check_points(&count(Some(NOW_MS - 1), Some(NOW_MS)).await, &[(2, 1)]);
    check_points(&count(Some(NOW_MS + 1), None).await, &[]);
}

pub async fn periods_are_labelled_by_day_by_iso_week_and_by_month(store: &dyn Store) {
    // Sunday 22 November 2026, the Monday before it, and the Sunday before that.
    for (id, days_ago) in [(1, 0), (2, 6), (3, 7), (4, 22)] {
        let time_ms = NOW_MS - days_ago * DAY_MS;
        write(store, numbered(RawSubmission { time_ms, ..raw(id, 9) })).await;
    }
    let labels = async |period| {
        let query = CountsQuery { period: Some(period), ..everything() };
        let periods = store.counts(&query).await.unwrap().periods;
        periods.into_iter().map(|(label, group)| (label, group.counts.n())).collect::<Vec<_>>()
    };
    let named = |rows: &[(&str, u64)]| -> Vec<(String, u64)> {
        rows.iter().map(|(label, n)| ((*label).to_owned(), *n)).collect()
    };
    let days = named(&[("2026-10-31", 1), ("2026-11-15", 1), ("2026-11-16", 1), ("2026-11-22", 1)]);
    assert_eq!(labels(Period::Day).await, days);
    assert_eq!(
        labels(Period::Week).await,
        named(&[("2026-W44", 1), ("2026-W46", 1), ("2026-W47", 2)])
    );
    assert_eq!(labels(Period::Month).await, named(&[("2026-10", 1), ("2026-11", 3)]));
}

pub async fn segments_are_the_largest_and_the_rest_together(store: &dyn Store) {
    // Channel 0 has 60 answers, channel 1 has 59, and so on to channel 59 with one.
    let mut id = 0;
    let mut batch = Vec::new();
    for channel in 0..60_u64 {
        for _ in channel..60 {
            id += 1;
            batch.push(numbered(with_context(id, "channel", &format!("c{channel:02}"))));
        }
    }
    store.write(&batch).await.unwrap();
    let by = Some(Segmentation::Context(ReasonId::new("channel").unwrap()));
    let input = store.counts(&CountsQuery { by, ..everything() }).await.unwrap();
    let segments = segments(&input);
    assert_eq!(segments.len(), SEGMENTS_MAX + 1);
    assert_eq!(segments[0], ("c00".to_owned(), 60));
    assert_eq!(segments[1], ("c01".to_owned(), 59));
    // 10 + 9 + … + 1 answers have a channel that is not shown.
    assert!(segments.contains(&(OTHER_SEGMENT.to_owned(), 55)));
    assert!(segments.contains(&("c49".to_owned(), 11)));
    assert!(!segments.iter().any(|(name, _)| name == "c50"));
    assert_eq!(segments.iter().map(|(_, n)| n).sum::<u64>(), input.overall.counts.n());
    assert_eq!(input.segments[0].by.keys().collect::<Vec<_>>(), ["context.channel"]);
}

pub async fn segments_too_small_to_show_are_counted_together(store: &dyn Store) {
    let mut batch: Vec<Arrival> =
        (0..5).map(|id| numbered(with_context(id, "order", "A-1"))).collect();
    batch.extend((5..9).map(|id| numbered(with_context(id, "order", &format!("B-{id}")))));
    store.write(&batch).await.unwrap();
    let by = Some(Segmentation::Context(ReasonId::new("order").unwrap()));
    let query = CountsQuery { by, segment_n_min: 5, ..everything() };
    let input = store.counts(&query).await.unwrap();
    assert_eq!(segments(&input), [("A-1".to_owned(), 5), (OTHER_SEGMENT.to_owned(), 4)]);
}

pub async fn answers_without_the_context_are_a_segment_of_their_own(store: &dyn Store) {
    let batch =
        [numbered(raw(1, 9)), numbered(raw(2, 9)), numbered(with_context(3, "channel", "web"))];
    store.write(&batch).await.unwrap();
    let query = |by| CountsQuery { by: Some(by), ..everything() };
    let by_channel = query(Segmentation::Context(ReasonId::new("channel").unwrap()));
    let input = store.counts(&by_channel).await.unwrap();
    assert_eq!(segments(&input), [(NO_SEGMENT.to_owned(), 2), ("web".to_owned(), 1)]);
    let input = store.counts(&query(Segmentation::Locale)).await.unwrap();
    assert_eq!(segments(&input), [("en".to_owned(), 3)]);
}

pub async fn reasons_are_counted_by_rating(store: &dyn Store) {
    let with = |id, value, reasons: &[&str]| {
        let reasons = reasons.iter().map(|reason| (*reason).to_owned()).collect();
        numbered(RawSubmission { reasons, ..raw(id, value) })
    };
    let batch = [
        with(1, 2, &["delivery", "price"]),
        with(2, 2, &["price"]),
        with(3, 9, &["delivery"]),
        with(4, 9, &[]),
    ];
    store.write(&batch).await.unwrap();
    let input = counted(store).await;
    assert_eq!(points(&input.reasons["delivery"]), [(2, 1), (9, 1)]);
    assert_eq!(points(&input.reasons["price"]), [(2, 2)]);
    assert_eq!(input.reasons.len(), 2);
    assert_eq!(points(&input.reason_givers), [(2, 2), (9, 1)]);
}

pub async fn comments_are_the_newest_and_only_those_with_text(store: &dyn Store) {
    for (id, comment, ms_ago) in [(1, "first", 20), (2, " ", 15), (3, "third", 10), (4, "last", 0)]
    {
        let said = RawSubmission {
            comment: comment.to_owned(),
            time_ms: NOW_MS - ms_ago,
            reasons: vec!["delivery".to_owned()],
            ..raw(id, 9)
        };
        write(store, numbered(said)).await;
    }
    let survey = SurveyId::new("shop-nps").unwrap();
    let rows = store.comments(&survey, 2).await.unwrap();
    let said: Vec<&str> = rows.iter().map(|row| row.comment.as_str()).collect();
    assert_eq!(said, ["last", "third"]);
    let newest = &rows[0];
    assert_eq!((newest.id.as_str(), newest.value), (uuid(4).as_str(), 9));
    assert_eq!((newest.answered_at_ms, newest.locale.as_str()), (NOW_MS, "en"));
    assert_eq!(newest.reasons, ["delivery"]);
    assert_eq!(store.comments(&survey, 100).await.unwrap().len(), 3);
    let other = SurveyId::new("resolved-ces").unwrap();
    assert!(store.comments(&other, 100).await.unwrap().is_empty());
}

pub async fn any_text_is_kept_as_it_is(store: &dyn Store) {
    let texts = [
        "'; DROP TABLE responses; --",
        "\u{1}control \u{202e}and direction",
        "客服很好 🙂",
        "\"quoted\" \\ {}",
    ];
    for (id, text) in (1..).zip(texts) {
        let said = RawSubmission { comment: text.to_owned(), ..with_context(id, "note", text) };
        write(store, numbered(said)).await;
    }
    let survey = SurveyId::new("shop-nps").unwrap();
    let rows = store.comments(&survey, 10).await.unwrap();
    let said: Vec<&str> = rows.iter().rev().map(|row| row.comment.as_str()).collect();
    assert_eq!(said, texts);
    let by = Some(Segmentation::Context(ReasonId::new("note").unwrap()));
    let input = store.counts(&CountsQuery { by, ..everything() }).await.unwrap();
    let names: Vec<String> = segments(&input).into_iter().map(|(name, _)| name).collect();
    assert!(texts.iter().all(|text| names.contains(&(*text).to_owned())), "{names:?}");
}

/// Numbers that look random and are the same on every run (SplitMix64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % n
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }
}

/// An answer of any kind, often to an id that was used before.
fn any_arrival(numbers: &mut Numbers) -> Arrival {
    let id = numbers.below(40);
    if numbers.below(8) == 0 {
        let value = i64::try_from(numbers.below(7)).unwrap() + 1;
        return numbered(raw_ces(id, value));
    }
    let value = i64::try_from(numbers.below(11)).unwrap();
    let bucket = if value <= 6 { ["delivery", "price", "other"] } else { ["choice", "other", ""] };
    let mut reasons = vec![numbers.pick(&bucket).to_owned(), "other".to_owned()];
    reasons.truncate(usize::try_from(numbers.below(3)).unwrap());
    reasons.retain(|reason| !reason.is_empty());
    reasons.dedup();
    let mut said = RawSubmission {
        revision: u32::try_from(numbers.below(4)).unwrap() + 1,
        locale: numbers.pick(&["en", "zh-Hans", "zh-Hant"]).to_owned(),
        comment: numbers.pick(&["", "", "good", "bad"]).to_owned(),
        time_ms: NOW_MS - i64::try_from(numbers.below(25)).unwrap() * DAY_MS,
        reasons,
        ..raw(id, value)
    };
    let channel = numbers.pick(&["", "web", "email", "other", "none"]);
    if !channel.is_empty() {
        said.context.push(("channel".to_owned(), channel.to_owned()));
    }
    if numbers.below(5) == 0 { from_page(said) } else { numbered(said) }
}

/// Writes the same arrivals to two stores and compares everything they say.
pub async fn agree(one: &dyn Store, other: &dyn Store, seed: u64) {
    let mut numbers = Numbers(seed);
    for _ in 0..25 {
        let n_rows = numbers.below(12) + 1;
        let batch: Vec<Arrival> = (0..n_rows).map(|_| any_arrival(&mut numbers)).collect();
        assert_eq!(one.write(&batch).await.unwrap(), other.write(&batch).await.unwrap());
    }
    let channel = Segmentation::Context(ReasonId::new("channel").unwrap());
    let wholes =
        [population(), Population::of(definition("resolved-ces").outline())].map(CountsQuery::all);
    for whole in wholes {
        for by in [None, Some(Segmentation::Locale), Some(channel.clone())] {
            for period in [None, Some(Period::Day), Some(Period::Week), Some(Period::Month)] {
                let query = CountsQuery {
                    from_ms: (numbers.below(2) == 0).then_some(NOW_MS - 20 * DAY_MS),
                    until_ms: (numbers.below(2) == 0).then_some(NOW_MS - 3 * DAY_MS),
                    segment_n_min: numbers.below(6),
                    by: by.clone(),
                    period,
                    ..whole.clone()
                };
                let (ours, theirs) = (one.counts(&query).await, other.counts(&query).await);
                assert_eq!(ours.unwrap(), theirs.unwrap(), "seed {seed}: {query:?}");
            }
        }
        let survey = &whole.population.survey;
        assert_eq!(one.change(survey).await.unwrap(), other.change(survey).await.unwrap());
        let comments = (one.comments(survey, 30).await, other.comments(survey, 30).await);
        assert_eq!(comments.0.unwrap(), comments.1.unwrap());
        let live = one.live_counts(&whole.population).await.unwrap();
        assert_eq!(live, other.live_counts(&whole.population).await.unwrap());
    }
}
