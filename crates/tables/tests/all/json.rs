//! JSON in, counts out: the same as from CSV.

use proptest::prelude::*;
use scoring::Scale;
use tables::inspect::{Export, Role};
use tables::{Fault, Format, Tallied, Tally};

fn tallied_in_pieces(plan: &tables::Plan, bytes: &[u8], piece_bytes: usize) -> Tallied {
    let mut tally = Tally::new(plan).unwrap();
    for piece in bytes.chunks(piece_bytes) {
        tally.push(piece);
    }
    tally.finish().unwrap()
}

fn object(n: usize) -> String {
    let score = ["9", "\"10\"", "null", "8.5", "7.0"][n % 5];
    format!(
        r#"{{"id": {n}, "at": "2026-01-{:02}T10:00:00Z", "score": {score}, "by": {{"channel": "{}"}},
           "reasons": ["price", "staff"], "comment": "she said \"{{no}}\"]"}}"#,
        n % 28 + 1,
        ["web", "email"][n % 2],
    )
}

#[test]
fn arrays_and_lines_give_the_same_counts_in_pieces_of_any_size() {
    let objects: Vec<String> = (0..40).map(object).collect();
    let array = format!("[{}]", objects.join(",\n"));
    let lines = objects.iter().map(|o| o.replace('\n', " ") + "\n").collect::<String>();
    let inspection = tables::inspect(array.as_bytes()).unwrap();
    assert_eq!(inspection.format, Format::Json);
    assert_eq!(
        inspection.column_names(),
        ["id", "at", "score", "by.channel", "reasons", "comment"]
    );
    assert_eq!(inspection.column_for(Role::Segment), inspection.column("by.channel"));
    let mut plan = inspection.full_plan(inspection.column("score").unwrap(), Scale::NPS);
    plan.time = inspection
        .column("at")
        .map(|column| inspection.time_plan(column, tables::time::PeriodUnit::Day));
    let whole = tallied_in_pieces(&plan, array.as_bytes(), array.len());
    let counts = &whole.overall.counts;
    assert_eq!((counts.n(), counts.missing(), counts.invalid()), (24, 8, 8));
    assert_eq!(whole.periods.as_ref().unwrap().periods.as_ref().unwrap().len(), 28);
    let reasons = whole.reasons.as_ref().unwrap().by_reason.as_ref().unwrap();
    assert_eq!((reasons["price"].n(), reasons["staff"].n()), (24, 24));
    assert_eq!(whole.comments[0].text, "she said \"{no}\"]");
    assert_eq!(whole.faults.first()[0].row, 4, "the fourth object has the first bad score");
    for (text, piece_bytes) in [(&array, 1), (&array, 7), (&lines, 1), (&lines, 1_000)] {
        assert_eq!(tallied_in_pieces(&plan, text.as_bytes(), piece_bytes), whole);
    }
}

#[test]
fn a_record_that_is_no_object_is_invalid_and_noted() {
    let text = b"{\"score\":9}\nnonsense\n{\"score\":}\n{\"score\":8}\n{\"score\":7";
    let inspection = tables::inspect(text).unwrap();
    let plan = inspection.bare_plan(inspection.column("score").unwrap(), Scale::NPS);
    let tallied = tallied_in_pieces(&plan, text, 5);
    assert_eq!((tallied.overall.counts.n(), tallied.overall.counts.invalid()), (2, 3));
    assert_eq!(tallied.faults.n(Fault::NotAnObject), 3);
    let rows: Vec<_> = tallied.faults.first().iter().map(|bad| bad.row).collect();
    assert_eq!(rows, [2, 3, 5]);
}

#[test]
fn a_list_of_responses_of_delighted_is_understood() {
    let rows: Vec<String> = (0..30)
        .map(|n| {
            format!(
                r#"{{"id":"{n}","person":"7","survey_type":"nps","score":{},"comment":null,
                   "permalink":"https://x/r/{n}","created_at":"2026-01-02T03:04:05Z","tags":[]}}"#,
                n % 11
            )
        })
        .collect();
    let inspection = tables::inspect(format!("[{}]", rows.join(",")).as_bytes()).unwrap();
    assert_eq!(inspection.export, Some(Export::Delighted));
    assert_eq!(inspection.score.as_ref().unwrap().scale(), Some(Scale::NPS));
    assert_eq!(inspection.column_for(Role::Time), inspection.column("created_at"));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(
        text in "([\\[\\]{}\",:\\\\ \n]|score|9|null|[a-z]|\"score\":8){0,60}",
        piece_bytes in 1_usize..20,
    ) {
        let columns = vec!["score".to_owned(), "a".to_owned()];
        let plan = tables::Plan::new(Format::Json, columns, tables::ColumnIdx(0), Scale::NPS);
        let whole = tallied_in_pieces(&plan, text.as_bytes(), text.len().max(1));
        let counts = &whole.overall.counts;
        prop_assert_eq!(counts.n() + counts.missing() + counts.invalid(), whole.n_rows);
        prop_assert_eq!(tallied_in_pieces(&plan, text.as_bytes(), piece_bytes), whole);
    }
}
