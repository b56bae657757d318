//! Whole files in, counts out: what is counted, and that neither pieces, parts nor encodings
//! change it.

use proptest::prelude::*;
use scoring::drivers::RatingSums;
use scoring::{Direction, Scale, ScalePoint};
use tables::delimited::{Delimiter, Dialect, split_points};
use tables::encoding::Encoding;
use tables::plan::{CommentPlan, Plan, RatingPlan, ReasonPlan, TimePlan};
use tables::tally::count;
use tables::time::{DateOrder, PeriodUnit, Zone};
use tables::{ColumnIdx, Fault, Format, Tallied, Tally};

const COLUMNS: [&str; 6] = ["id", "time", "channel", "score", "reasons", "comment"];

/// Everything that can be counted in a file with [`COLUMNS`].
fn plan(dialect: Dialect) -> Plan {
    let columns = COLUMNS.map(str::to_owned).to_vec();
    Plan {
        segments: vec![vec![ColumnIdx(2)], vec![ColumnIdx(2), ColumnIdx(4)]],
        time: Some(TimePlan {
            column: ColumnIdx(1),
            period: PeriodUnit::Month,
            date_order: DateOrder::YearFirst,
            zone: Zone::UTC,
        }),
        reasons: Some(ReasonPlan { columns: vec![ColumnIdx(4)], separator: Some(';') }),
        comments: Some(CommentPlan { column: ColumnIdx(5), n_kept: 3 }),
        ratings: Some(RatingPlan {
            columns: vec![ColumnIdx(0), ColumnIdx(3)],
            scale: Scale::NPS,
            missing_codes: Vec::new(),
        }),
        missing_codes: vec!["99".into(), "NA".into()],
        ..Plan::new(Format::Delimited(dialect), columns, ColumnIdx(3), Scale::NPS)
    }
}

fn tallied(plan: &Plan, file: &[u8]) -> Tallied {
    tallied_in_pieces(plan, file, file.len().max(1))
}

fn tallied_in_pieces(plan: &Plan, file: &[u8], piece_bytes: usize) -> Tallied {
    let mut tally = Tally::new(plan).unwrap();
    for piece in file.chunks(piece_bytes) {
        tally.push(piece);
    }
    tally.finish().unwrap()
}

const FILE: &str = "id,time,channel,score,reasons,comment\n\
    1,2026-01-31T23:30:00-01:00,email,9,price;delivery,\"fine, thanks\"\n\
    2,2026-01-05,web,10,,\"two\nlines\"\n\
    3,2026-02-01 10:00,email, 3 ,delivery; delivery,\n\
    4,,web,,price,nothing\n\
    5,yesterday,web,11,price,eleven\n\
    6,2026-02-03,,8.5,,\"a \"\"quote\"\"\"\n\
    7,2026-02-03,web,99,,\n\
    8,2026-02-03,web,7.0,staff,last\n";

#[test]
fn every_answer_is_counted_once_in_each_breakdown() {
    let tallied = tallied(&plan(Dialect::STANDARD), FILE.as_bytes());
    let counts = &tallied.overall.counts;
    assert_eq!(tallied.n_rows, 8);
    assert_eq!((counts.n(), counts.missing(), counts.invalid()), (4, 2, 2));
    let seen: Vec<_> = counts.iter().filter(|&(_, n)| n > 0).collect();
    assert_eq!(seen, [3, 7, 9, 10].map(|point| (ScalePoint(point), 1)));

    let by_channel = tallied.segments[0].values.as_ref().unwrap();
    let n = |idx: usize| {
        let counts = &by_channel[idx].group.counts;
        (by_channel[idx].by["channel"].as_str(), counts.n(), counts.missing(), counts.invalid())
    };
    assert_eq!([n(0), n(1), n(2)], [("", 0, 0, 1), ("email", 2, 0, 0), ("web", 2, 2, 1)]);
    let email = by_channel[1].periods.as_ref().unwrap();
    assert_eq!(email.len(), 1, "the last day of January at -01:00 is the first of February in UTC");
    assert_eq!((email[0].0.to_string(), email[0].1.counts.n()), ("2026-02".to_owned(), 2));

    let together = tallied.segments[1].values.as_ref().unwrap();
    assert!(together.iter().any(|value| value.by["channel"] == "email"
        && value.by["reasons"] == "price;delivery"
        && value.group.counts.n() == 1));

    let periods = tallied.periods.as_ref().unwrap();
    let months: Vec<_> = periods
        .periods
        .as_ref()
        .unwrap()
        .iter()
        .map(|(period, group)| (period.to_string(), group.counts.n(), group.counts.missing()))
        .collect();
    assert_eq!(months, [("2026-01".to_owned(), 1, 0), ("2026-02".to_owned(), 3, 1)]);
    assert_eq!((periods.undated.counts.missing(), periods.undated.counts.invalid()), (1, 1));

    let reasons = tallied.reasons.as_ref().unwrap();
    let by_reason = reasons.by_reason.as_ref().unwrap();
    assert_eq!(by_reason.keys().collect::<Vec<_>>(), ["delivery", "price", "staff"]);
    assert_eq!(by_reason["delivery"].n(), 2, "a reason that is given twice counts once");
    assert_eq!(by_reason["price"].at(ScalePoint(9)), 1);
    assert_eq!((by_reason["price"].missing(), by_reason["price"].invalid()), (1, 1));
    assert_eq!((reasons.givers.n(), reasons.givers.missing()), (3, 1));
}

#[test]
fn bad_cells_are_listed_with_row_column_and_reason() {
    let tallied = tallied(&plan(Dialect::STANDARD), FILE.as_bytes());
    let listed: Vec<_> = tallied
        .faults
        .first()
        .iter()
        .map(|bad| (bad.row, bad.column.as_deref().unwrap(), bad.text.as_str(), bad.fault))
        .collect();
    assert_eq!(
        listed,
        [
            (6, "score", "11", Fault::OutOfRange),
            (6, "time", "yesterday", Fault::NotATime),
            (7, "score", "8.5", Fault::NotWhole),
        ]
    );
    assert_eq!(tallied.faults.n_total(), 3);
    assert_eq!(
        tallied.faults.first()[0].to_string(),
        "row 6, column score: \"11\" is outside the scale"
    );
}

#[test]
fn the_last_comments_are_kept_in_order() {
    let tallied = tallied(&plan(Dialect::STANDARD), FILE.as_bytes());
    let kept: Vec<_> = tallied
        .comments
        .iter()
        .map(|comment| (comment.row, comment.score, comment.text.as_str()))
        .collect();
    assert_eq!(
        kept,
        [(6, None, "eleven"), (7, None, "a \"quote\""), (9, Some(ScalePoint(7)), "last")]
    );
}

#[test]
fn only_the_first_bad_cells_are_kept_and_all_are_counted() {
    let mut file = b"id,time,channel,score,reasons,comment\n".to_vec();
    for _ in 0..1_500 {
        file.extend_from_slice(b",,,x,,\n");
    }
    let tallied = tallied(&plan(Dialect::STANDARD), &file);
    assert_eq!(tallied.faults.n(Fault::NotANumber), 1_500);
    assert_eq!(tallied.faults.first().len(), 1_000);
    assert_eq!(tallied.faults.first()[999].row, 1_001);
}

#[test]
fn an_empty_file_and_a_lone_header_hold_no_answers() {
    for file in ["", "\u{feff}", "id,time,channel,score,reasons,comment", "\n\r\n\n"] {
        let tallied = tallied(&plan(Dialect::STANDARD), file.as_bytes());
        assert_eq!((tallied.n_rows, tallied.overall.counts.n()), (0, 0), "{file:?}");
        assert_eq!(tallied.faults.n_total(), 0, "{file:?}");
    }
}

#[test]
fn ragged_rows_are_counted_and_noted() {
    let file = "id,time,channel,score,reasons,comment\n1,,web,9\n2,,web,8,,a,b\n3\n";
    let tallied = tallied(&plan(Dialect::STANDARD), file.as_bytes());
    assert_eq!((tallied.overall.counts.n(), tallied.overall.counts.missing()), (2, 1));
    assert_eq!(tallied.faults.n(Fault::TooFewCells), 2);
    assert_eq!(tallied.faults.n(Fault::TooManyCells), 1);
}

#[test]
fn a_quote_that_nobody_closes_is_noted_and_nothing_before_it_is_lost() {
    let mut file = b"id,time,channel,score,reasons,comment\n1,,web,9,,\n2,,web,8,,\"oh".to_vec();
    file.extend(std::iter::repeat_n(b"\n3,,web,1,,".as_slice(), 200_000).flatten());
    for piece_bytes in [1 << 10, file.len()] {
        let tallied = tallied_in_pieces(&plan(Dialect::STANDARD), &file, piece_bytes);
        assert_eq!((tallied.overall.counts.n(), tallied.overall.counts.invalid()), (1, 1));
        assert_eq!(tallied.faults.n(Fault::RecordTooLong), 1);
        assert_eq!(tallied.faults.n(Fault::UnclosedQuote), 1);
    }
}

#[test]
fn a_segment_with_too_many_values_is_given_up_however_the_file_is_cut() {
    let mut file = b"id,time,channel,score,reasons,comment\n".to_vec();
    for row in 0..12_000 {
        file.extend_from_slice(format!("{row},,{row},9,,\n").as_bytes());
    }
    for n_threads in [1, 3] {
        let tallied = count(&file, &plan(Dialect::STANDARD), n_threads).unwrap();
        assert_eq!(tallied.segments[0].values, None);
        assert_eq!(tallied.overall.counts.n(), 12_000);
    }
}

#[test]
fn weights_are_summed_at_each_point() {
    let columns = vec!["score".to_owned(), "weight".to_owned()];
    let scale = Scale::new(1, 3, Direction::HigherIsBetter).unwrap();
    let plan = Plan {
        weight: Some(ColumnIdx(1)),
        ..Plan::new(Format::Delimited(Dialect::STANDARD), columns, ColumnIdx(0), scale)
    };
    let file = "score,weight\n1,0.5\n1,1.5\n3,0\n3,-1\n3,\n,2\n3,nan\n2,1e999\n";
    let tallied = tallied(&plan, file.as_bytes());
    let weights = tallied.overall.weights.as_ref().unwrap();
    let sums: Vec<_> = weights.iter().map(|w| (w.n(), w.sum(), w.sum_of_squares())).collect();
    assert_eq!(sums, [(2, 2.0, 2.5), (0, 0.0, 0.0), (0, 0.0, 0.0)]);
    assert_eq!(tallied.faults.n(Fault::NotAWeight), 4);
    assert_eq!(tallied.overall.counts.n(), 7, "a bad weight takes no answer away");
}

#[test]
fn only_answers_with_a_score_and_every_rating_are_summed() {
    let columns = ["score", "delivery", "price"].map(str::to_owned).to_vec();
    let scale = Scale::new(1, 5, Direction::HigherIsBetter).unwrap();
    let plan = Plan {
        ratings: Some(RatingPlan {
            columns: vec![ColumnIdx(1), ColumnIdx(2)],
            scale,
            missing_codes: vec!["0".into()],
        }),
        ..Plan::new(Format::Delimited(Dialect::STANDARD), columns, ColumnIdx(0), Scale::NPS)
    };
    let file = "score,delivery,price\n9,5,4\n3,1,2\n,5,5\n10,0,5\n10,6,5\n7,3\n0,1,1\n";
    let ratings = tallied(&plan, file.as_bytes()).ratings.unwrap();
    let counted: Vec<_> = ratings
        .by_rating
        .iter()
        .map(|(name, counts)| (name.as_str(), counts.n(), counts.missing(), counts.invalid()))
        .collect();
    assert_eq!(counted, [("delivery", 5, 1, 1), ("price", 6, 1, 0)]);
    let mut expected = RatingSums::new(2);
    for (score, both) in [(9, [5, 4]), (3, [1, 2]), (0, [1, 1])] {
        expected.record(score, &both);
    }
    assert_eq!(ratings.sums, expected);
}

#[test]
fn the_airport_survey_of_2013_gives_its_known_share() {
    let file = include_bytes!("../data/sfo_2013_customer_survey.csv");
    let inspection = tables::inspect(&file[..10_000]).unwrap();
    let scale = Scale::new(1, 5, Direction::HigherIsBetter).unwrap();
    let mut plan = inspection.bare_plan(inspection.column("Q7O_WHOLE").unwrap(), scale);
    plan.missing_codes = ["0", "6", "Blank"].map(str::to_owned).to_vec();
    plan.weight = inspection.column("WEIGHT");
    plan.segments = vec![vec![inspection.column("STRATA").unwrap()]];
    let tallied = tallied(&plan, file);
    let counts = &tallied.overall.counts;
    assert_eq!(tallied.n_rows, 3_535);
    assert_eq!(counts.at(ScalePoint(4)) + counts.at(ScalePoint(5)), 2_643);
    assert_eq!((counts.n(), counts.missing(), counts.invalid()), (3_334, 201, 0));
    let by_strata = tallied.segments[0].values.as_ref().unwrap();
    let n_together: u64 = by_strata.iter().map(|value| value.group.counts.n()).sum();
    assert_eq!(n_together, 3_334);
}

#[test]
fn a_code_that_nobody_declared_is_invalid_and_never_an_answer() {
    let file = include_bytes!("../data/sfo_2013_customer_survey.csv");
    let inspection = tables::inspect(&file[..10_000]).unwrap();
    let scale = Scale::new(1, 5, Direction::HigherIsBetter).unwrap();
    let plan = inspection.bare_plan(inspection.column("Q7O_WHOLE").unwrap(), scale);
    let counts = tallied(&plan, file).overall.counts;
    assert_eq!((counts.n(), counts.missing() + counts.invalid()), (3_334, 201));
    assert!(counts.invalid() > 0);
}

#[test]
fn several_files_are_merged_with_their_own_rows() {
    let plan = plan(Dialect::STANDARD);
    let mut whole = Tally::new(&plan).unwrap();
    whole.push(FILE.as_bytes());
    let mut other = Tally::new(&plan).unwrap();
    other.push(FILE.trim_end().as_bytes());
    whole.merge(other).unwrap();
    let tallied = whole.finish().unwrap();
    assert_eq!((tallied.n_rows, tallied.overall.counts.n()), (16, 8));
    let places: Vec<_> = tallied.faults.first().iter().map(|bad| (bad.file_idx, bad.row)).collect();
    assert_eq!(places, [(0, 6), (0, 6), (0, 7), (1, 6), (1, 6), (1, 7)]);
    assert_eq!(tallied.comments.len(), 3);
}

#[test]
fn tallies_of_different_things_are_not_merged() {
    let plan = plan(Dialect::STANDARD);
    let other =
        Plan { scale: Scale::new(1, 5, Direction::HigherIsBetter).unwrap(), ..plan.clone() };
    let mut tally = Tally::new(&plan).unwrap();
    assert!(tally.merge(Tally::new(&other).unwrap()).is_err());
    tally.push(b"id,time,channel,score,reasons,comment\n1,,web,9,,\"");
    assert!(tally.merge(Tally::part(&plan).unwrap()).is_err(), "the part ends within quotes");
}

/// The same table in another encoding, with a byte order mark where there is one.
fn encoded(encoding: Encoding, text: &str) -> Vec<u8> {
    let units = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(to_bytes).collect()
    };
    match encoding {
        Encoding::Utf8 => ["\u{feff}", text].concat().into_bytes(),
        Encoding::Utf16Le => units(u16::to_le_bytes),
        Encoding::Utf16Be => units(u16::to_be_bytes),
        _ => {
            let standard = encoding_rs::Encoding::for_label(encoding.name().as_bytes()).unwrap();
            let (bytes, _, has_errors) = standard.encode(text);
            assert!(!has_errors, "{text:?} cannot be written in {encoding:?}");
            bytes.into_owned()
        }
    }
}

#[test]
fn the_encoding_of_a_file_changes_nothing_that_is_counted() {
    let file = |channels: [&str; 2], comment: &str| {
        let rows: String = (0..40)
            .map(|n| {
                format!(
                    "{n};2026-01-{:02};{};{};{1};\"{comment}\"\r\n",
                    n % 28 + 1,
                    channels[n % 2],
                    n % 11
                )
            })
            .collect();
        format!("{}\r\n{rows}", COLUMNS.join(";"))
    };
    let chinese = file(["网页渠道", "电子邮件"], "客服态度很好，问题马上解决; 谢谢");
    let taiwan = file(["網頁通路", "電子郵件"], "客服態度很好，問題馬上解決");
    let japanese = file(["ウェブサイト", "電子メール"], "対応がとても早くて助かりました");
    let western =
        file(["Filiale Köln", "Courrier électronique"], "Très bien emballé, schöne Grüße");
    for (encoding, text) in [
        (Encoding::Utf8, &chinese),
        (Encoding::Utf16Le, &taiwan),
        (Encoding::Utf16Be, &japanese),
        (Encoding::Gb18030, &chinese),
        (Encoding::Big5, &taiwan),
        (Encoding::ShiftJis, &japanese),
        (Encoding::Windows1252, &western),
    ] {
        let bytes = encoded(encoding, text);
        let inspection = tables::inspect(&bytes).unwrap();
        let Format::Delimited(dialect) = inspection.format else { panic!("not delimited") };
        assert_eq!(dialect, Dialect { encoding, delimiter: Delimiter::Semicolon, header_rows: 1 });
        let expected =
            tallied(&plan(Dialect { encoding: Encoding::Utf8, ..dialect }), text.as_bytes());
        assert_eq!(expected.overall.counts.n(), 40);
        for piece_bytes in [1, 7, bytes.len()] {
            let found = tallied_in_pieces(&plan(dialect), &bytes, piece_bytes);
            assert_eq!(found, expected, "{encoding:?} in pieces of {piece_bytes}");
        }
    }
}

/// Cells that make trouble, and some that do not.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c]{0,3}",
        "[0-9]{1,2}",
        "2026-0[1-9]-1[0-9]",
        Just("price;delivery".to_owned()),
        "\"[a,\n\r;]{0,4}\"",
        "\"a(\"\"){0,2}b\"",
        "[\",\n\r a9;]{0,6}",
        "[é满😀\"]{0,3}",
    ]
}

fn file() -> impl Strategy<Value = Vec<u8>> {
    let record = prop::collection::vec(cell(), 1..9).prop_map(|cells| cells.join(","));
    let end = prop::sample::select(vec!["\n", "\r\n", "\r", "\n\n"]);
    prop::collection::vec((record, end), 0..40).prop_map(|records| {
        let body: String =
            records.into_iter().flat_map(|(record, end)| [record, end.into()]).collect();
        format!("{}\n{body}", COLUMNS.join(",")).into_bytes()
    })
}

proptest! {
    #[test]
    fn pieces_of_any_size_give_the_counts_of_the_whole(file in file(), piece_bytes in 1_usize..200) {
        let plan = plan(Dialect::STANDARD);
        prop_assert_eq!(tallied_in_pieces(&plan, &file, piece_bytes), tallied(&plan, &file));
    }

    #[test]
    fn parts_counted_apart_give_the_counts_of_the_whole(file in file(), n_threads in 1_usize..6) {
        let plan = plan(Dialect::STANDARD);
        prop_assert_eq!(count(&file, &plan, n_threads).unwrap(), tallied(&plan, &file));
    }

    #[test]
    fn a_file_may_be_cut_anywhere_as_long_as_the_cut_is_checked(
        file in file(),
        cut in any::<prop::sample::Index>(),
    ) {
        let plan = plan(Dialect::STANDARD);
        let (before, after) = file.split_at(cut.index(file.len()));
        let mut first = Tally::new(&plan).unwrap();
        first.push(before);
        let mut second = Tally::part(&plan).unwrap();
        second.push(after);
        if first.merge(second).is_err() {
            first.push(after);
        }
        prop_assert_eq!(first.finish().unwrap(), tallied(&plan, &file));
    }

    #[test]
    fn no_bytes_make_it_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..400),
        encoding in prop::sample::select(Encoding::ALL.to_vec()),
        delimiter in prop::sample::select(Delimiter::ALL.to_vec()),
        header_rows in 0_usize..4,
    ) {
        let dialect = Dialect { encoding, delimiter, header_rows };
        let plan = plan(dialect);
        let whole = tallied(&plan, &bytes);
        let counts = &whole.overall.counts;
        prop_assert_eq!(counts.n() + counts.missing() + counts.invalid(), whole.n_rows);
        prop_assert_eq!(tallied_in_pieces(&plan, &bytes, 3), whole);
        if let Ok(inspection) = tables::inspect(&bytes)
            && let Some(suggested) = inspection.suggested_plan()
        {
            prop_assert!(Tally::new(&suggested).is_ok());
        }
        for point in split_points(&bytes, dialect, 4) {
            prop_assert!((1..bytes.len()).contains(&point));
        }
    }
}
