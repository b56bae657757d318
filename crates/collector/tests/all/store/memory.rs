//! Answers in memory: the contract in its plainest form, which the databases are compared with.
//! Periods come from another library's calendar.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Mutex;

use collector::store::{
    Arrival, CommentRow, CountsQuery, NO_SEGMENT, Numbering, OTHER_SEGMENT, Outcome, Period,
    Population, SEGMENTS_MAX, Segmentation, Store, StoreError,
};
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use report::{Counts, ReportInput, SegmentInput};
use survey::submission::REVISION_MAX;
use survey::{ReasonId, Submission, SurveyId};

#[derive(Default)]
pub struct MemoryStore(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    /// By survey and id: the highest revision and its contents.
    answers: BTreeMap<(String, String), (u32, Submission)>,
    /// By survey, id and revision: the hash of the contents.
    revisions: BTreeMap<(String, String, u32), [u8; 32]>,
    changes: BTreeMap<String, u64>,
}

impl Kept {
    fn write(&mut self, arrival: &Arrival) -> Outcome {
        let submission = arrival.submission();
        let key = (submission.survey().to_string(), submission.id().to_owned());
        let hash = *arrival.body_hash();
        let revision = match arrival.numbering() {
            Numbering::Given => submission.revision(),
            Numbering::Next => {
                let of_answer =
                    (key.0.clone(), key.1.clone(), 0)..=(key.0.clone(), key.1.clone(), u32::MAX);
                let last = self.revisions.range(of_answer).next_back();
                match last.map(|((_, _, revision), hash)| (*revision, *hash)) {
                    None => 1,
                    Some((revision, last)) if last == hash => {
                        return Outcome::Repeated { revision };
                    }
                    Some((revision, _)) if revision >= REVISION_MAX => {
                        return Outcome::Conflict { revision };
                    }
                    Some((revision, _)) => revision + 1,
                }
            }
        };
        let of_revision = (key.0.clone(), key.1.clone(), revision);
        match self.revisions.get(&of_revision) {
            Some(held) if *held == hash => return Outcome::Repeated { revision },
            Some(_) => return Outcome::Conflict { revision },
            None => drop(self.revisions.insert(of_revision, hash)),
        }
        if self.answers.get(&key).is_some_and(|(held, _)| *held > revision) {
            return Outcome::Superseded { revision };
        }
        self.answers.insert(key, (revision, submission.clone()));
        Outcome::Stored { revision }
    }

    fn of<'a>(&'a self, query: &'a CountsQuery) -> impl Iterator<Item = &'a Submission> {
        let Population { survey, metric, scale } = &query.population;
        self.answers.values().map(|(_, submission)| submission).filter(move |submission| {
            submission.survey() == survey
                && submission.metric() == *metric
                && submission.scale() == *scale
                && query.from_ms.is_none_or(|from| submission.answered_at_ms() >= from)
                && query.until_ms.is_none_or(|until| submission.answered_at_ms() < until)
        })
    }

    fn counts(&self, query: &CountsQuery) -> ReportInput {
        let scale = query.population.scale;
        let mut input = ReportInput::of_counts(query.population.metric, Counts::new(scale));
        let mut segments: BTreeMap<String, Counts> = BTreeMap::new();
        for submission in self.of(query) {
            let point = submission.value();
            let count = |counts: &mut Counts| counts.add(point, 1);
            count(&mut input.overall.counts);
            if !submission.reasons().is_empty() {
                count(&mut input.reason_givers);
            }
            for reason in submission.reasons() {
                let named = input.reasons.entry(reason.to_string());
                count(named.or_insert_with(|| Counts::new(scale)));
            }
            if let Some(period) = query.period {
                let named = input.periods.entry(label(submission.answered_at_ms(), period));
                count(&mut named.or_insert_with(|| Counts::new(scale).into()).counts);
            }
            if let Some(by) = &query.by {
                let named = segments.entry(segment(submission, by));
                count(named.or_insert_with(|| Counts::new(scale)));
            }
        }
        if let Some(by) = &query.by {
            input.segments = largest(segments, by, query);
        }
        input
    }
}

fn segment(submission: &Submission, by: &Segmentation) -> String {
    match by {
        Segmentation::Locale => submission.locale().to_string(),
        Segmentation::Context(name) => {
            let given = submission
                .context()
                .iter()
                .find(|(n, _)| n == name.as_str())
                .map(|(_, t)| t.clone());
            given.unwrap_or_else(|| NO_SEGMENT.to_owned())
        }
    }
}

fn largest(
    segments: BTreeMap<String, Counts>,
    by: &Segmentation,
    query: &CountsQuery,
) -> Vec<SegmentInput> {
    let mut sorted: Vec<(String, Counts)> = segments.into_iter().collect();
    sorted.sort_by_key(|(_, counts)| Reverse(counts.n()));
    let mut shown: BTreeMap<String, Counts> = BTreeMap::new();
    for (idx, (name, counts)) in sorted.into_iter().enumerate() {
        let is_shown = idx < SEGMENTS_MAX && counts.n() >= query.segment_n_min;
        let name = if is_shown { name } else { OTHER_SEGMENT.to_owned() };
        let merged = shown.entry(name).or_insert_with(|| Counts::new(counts.scale()));
        merged.merge(&counts).unwrap();
    }
    let mut rows: Vec<_> = shown
        .into_iter()
        .map(|(name, counts)| SegmentInput::of_counts([(by.name(), name)].into(), counts))
        .collect();
    rows.sort_by_key(|row| Reverse(row.group.counts.n()));
    rows
}

fn label(epoch_ms: i64, period: Period) -> String {
    let time = Timestamp::from_millisecond(epoch_ms).unwrap().to_zoned(TimeZone::UTC);
    match period {
        Period::Day => time.strftime("%Y-%m-%d").to_string(),
        Period::Month => time.strftime("%Y-%m").to_string(),
        Period::Week => {
            let week = time.date().iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
    }
}

impl Store for MemoryStore {
    fn write<'a>(
        &'a self,
        batch: &'a [Arrival],
    ) -> BoxFuture<'a, Result<Vec<Outcome>, StoreError>> {
        let mut kept = self.0.lock().unwrap();
        let outcomes: Vec<Outcome> = batch.iter().map(|arrival| kept.write(arrival)).collect();
        let mut changed: Vec<String> = batch
            .iter()
            .zip(&outcomes)
            .filter(|(_, outcome)| matches!(outcome, Outcome::Stored { .. }))
            .map(|(arrival, _)| arrival.submission().survey().to_string())
            .collect();
        changed.sort();
        changed.dedup();
        for survey in changed {
            *kept.changes.entry(survey).or_default() += 1;
        }
        Box::pin(std::future::ready(Ok(outcomes)))
    }

    fn counts<'a>(
        &'a self,
        query: &'a CountsQuery,
    ) -> BoxFuture<'a, Result<ReportInput, StoreError>> {
        Box::pin(std::future::ready(Ok(self.0.lock().unwrap().counts(query))))
    }

    fn live_counts<'a>(
        &'a self,
        population: &'a Population,
    ) -> BoxFuture<'a, Result<(u64, ReportInput), StoreError>> {
        let kept = self.0.lock().unwrap();
        let counts = kept.of(&CountsQuery::all(population.clone())).fold(
            Counts::new(population.scale),
            |mut counts, submission| {
                counts.add(submission.value(), 1);
                counts
            },
        );
        let change = kept.changes.get(population.survey.as_str()).copied().unwrap_or(0);
        let input = ReportInput::of_counts(population.metric, counts);
        Box::pin(std::future::ready(Ok((change, input))))
    }

    fn change<'a>(&'a self, survey: &'a SurveyId) -> BoxFuture<'a, Result<u64, StoreError>> {
        let change = self.0.lock().unwrap().changes.get(survey.as_str()).copied().unwrap_or(0);
        Box::pin(std::future::ready(Ok(change)))
    }

    fn comments<'a>(
        &'a self,
        survey: &'a SurveyId,
        n_max: u32,
    ) -> BoxFuture<'a, Result<Vec<CommentRow>, StoreError>> {
        let kept = self.0.lock().unwrap();
        let mut rows: Vec<CommentRow> = kept
            .answers
            .values()
            .map(|(_, submission)| submission)
            .filter(|submission| submission.survey() == survey)
            .filter_map(|submission| {
                Some(CommentRow {
                    id: submission.id().to_owned(),
                    metric: submission.metric(),
                    scale: submission.scale(),
                    value: submission.value().0.into(),
                    reasons: submission.reasons().iter().map(ReasonId::to_string).collect(),
                    comment: submission.comment()?.to_owned(),
                    locale: submission.locale().to_string(),
                    answered_at_ms: submission.answered_at_ms(),
                })
            })
            .collect();
        rows.sort_by_key(|row| Reverse((row.answered_at_ms, row.id.clone())));
        rows.truncate(usize::try_from(n_max).unwrap());
        Box::pin(std::future::ready(Ok(rows)))
    }

    fn probe(&self) -> BoxFuture<'_, Result<(), StoreError>> {
        Box::pin(std::future::ready(Ok(())))
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}
