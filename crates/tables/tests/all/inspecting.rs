//! What files seem to be: encodings, delimiters, headers, columns, scores, and the tools that
//! wrote them.

use scoring::{Direction, Metric, Scale};
use tables::delimited::{Delimiter, Dialect};
use tables::encoding::{Encoding, EncodingHint, detect};
use tables::inspect::{
    Export, Hint, InspectError, Inspection, Overrides, Role, inspect, inspect_as,
};
use tables::time::DateOrder;
use tables::{ColumnIdx, Format, Tally};

#[track_caller]
fn inspected(text: &str) -> Inspection {
    inspect(text.as_bytes()).unwrap()
}

#[track_caller]
fn dialect(inspection: &Inspection) -> Dialect {
    match &inspection.format {
        Format::Delimited(dialect) => *dialect,
        other => panic!("{other:?} is not delimited"),
    }
}

/// A file of `n` rows below a header, each made from its number.
fn file(header: &str, n: usize, row: impl Fn(usize) -> String) -> String {
    (0..n).map(row).fold(format!("{header}\n"), |file, row| file + &row + "\n")
}

#[track_caller]
fn check_roles(inspection: &Inspection, expected: &[Option<Role>]) {
    let roles: Vec<_> = inspection
        .columns
        .iter()
        .map(|column| column.guess.as_ref().map(|guess| guess.role))
        .collect();
    let names = inspection.column_names();
    assert_eq!(roles, expected, "{names:?}");
}

#[test]
fn a_usual_file_is_understood_whole() {
    let text = file("response_id,time,channel,country,score,reasons,comment", 60, |n| {
        format!(
            "{n:08x}-aa,2026-01-{:02}T10:00:00Z,{},{},{},{},\"{}\"",
            n % 28 + 1,
            ["email", "web", "app"][n % 3],
            ["US", "DE"][n % 2],
            n % 11,
            ["price;delivery", "staff", ""][n % 3],
            ["Arrived two days late, sadly", ""][n % 2],
        )
    });
    let inspection = inspected(&text);
    check_roles(
        &inspection,
        &[
            None,
            Some(Role::Time),
            Some(Role::Segment),
            Some(Role::Segment),
            Some(Role::Score),
            Some(Role::Reasons),
            Some(Role::Comment),
        ],
    );
    let score = inspection.score.as_ref().unwrap();
    assert_eq!((score.metric, score.scale()), (Some(Metric::Nps), Some(Scale::NPS)));
    assert!(score.hints.contains(&Hint::WholeNumbers { min: 0, max: 10 }));
    assert_eq!(inspection.columns[2].samples, ["email", "web", "app"]);
    let plan = inspection.suggested_plan().unwrap();
    assert_eq!(plan.segments, [[ColumnIdx(2)], [ColumnIdx(3)]]);
    assert_eq!(plan.reasons.as_ref().unwrap().separator, Some(';'));
    let mut tally = Tally::new(&plan).unwrap();
    tally.push(text.as_bytes());
    let tallied = tally.finish().unwrap();
    assert_eq!((tallied.n_rows, tallied.overall.counts.n()), (60, 60));
    assert_eq!(tallied.faults.n_total(), 0);
}

#[test]
fn chinese_headers_are_understood() {
    let text = file("编号,提交时间,渠道,评分,原因,意见", 40, |n| {
        format!("{n},2026/1/{},{},{},物流,很好", n % 28 + 1, ["网页", "门店"][n % 2], n % 5 + 1)
    });
    let inspection = inspected(&text);
    let roles = [Role::Time, Role::Segment, Role::Score, Role::Reasons, Role::Comment];
    let expected: Vec<_> = std::iter::once(None).chain(roles.map(Some)).collect();
    check_roles(&inspection, &expected);
    let score = inspection.score.unwrap();
    assert_eq!((score.metric, score.range), (Some(Metric::Csat), Some((1, 5))));
}

#[test]
fn delimiters_are_told_by_the_cells_they_make() {
    for delimiter in Delimiter::ALL {
        let d = char::from(delimiter.byte());
        let text = file(&format!("date{d}score{d}comment"), 10, |n| {
            format!("2026-01-0{}{d}{n}{d}\"a, b; c | d\te {n}\"", n % 9 + 1)
        });
        assert_eq!(dialect(&inspected(&text)).delimiter, delimiter);
    }
    let decimal_commas = file("score;weight", 10, |n| format!("{n};1,{n}"));
    assert_eq!(dialect(&inspected(&decimal_commas)).delimiter, Delimiter::Semicolon);
    assert_eq!(dialect(&inspected("score\n9\n10\n")).delimiter, Delimiter::Comma);
}

#[test]
fn a_header_is_told_from_answers() {
    let header_rows = |text| dialect(&inspected(text)).header_rows;
    assert_eq!(header_rows("id,score\n1,9\n"), 1);
    assert_eq!(header_rows("9\n10\n7\n"), 0);
    assert_eq!(header_rows("email,9\nweb,10\n"), 0);
    assert_eq!(header_rows("2026-01-01,web\n2026-01-02,web\n"), 0);
    assert_eq!(header_rows("a,b\nx,y\nz,w\n"), 1, "all different, as names are");
    assert_eq!(header_rows("a,a\nx,y\n"), 0, "names are different");
    assert_eq!(header_rows("score"), 1);
    let unnamed = inspected("9,a\n10,b\n");
    assert_eq!(unnamed.column_names(), ["column 1", "column 2"]);
}

#[test]
fn a_person_knows_better() {
    let text = "a;b,c\n1;2,3\n4;5,6\n";
    let overrides = Overrides {
        encoding: Some(Encoding::Big5),
        delimiter: Some(Delimiter::Semicolon),
        header_rows: Some(0),
    };
    let inspection = inspect_as(text.as_bytes(), overrides).unwrap();
    assert_eq!(
        dialect(&inspection),
        Dialect { encoding: Encoding::Big5, delimiter: Delimiter::Semicolon, header_rows: 0 }
    );
    assert_eq!(inspection.encoding_hint, Some(EncodingHint::Given));
    assert_eq!(inspection.n_rows_seen, 3);
}

#[test]
fn a_code_outside_the_scale_is_shown_and_never_an_answer() {
    let text = file("nps", 60, |n| if n == 7 { "11".to_owned() } else { (n % 11).to_string() });
    let score = inspected(&text).score.unwrap();
    assert_eq!(score.scale(), Some(Scale::NPS));
    assert!(score.hints.contains(&Hint::OutsideScale { value: 11, n: 1 }));
}

#[test]
fn a_scale_that_the_values_do_not_settle_is_not_guessed() {
    let guess = |header: &str, values: &[i64]| {
        let text = file(header, 60, |n| values[n % values.len()].to_string());
        let score = inspected(&text).score.unwrap();
        (score.metric, score.range, score.direction)
    };
    let higher = Some(Direction::HigherIsBetter);
    assert_eq!(guess("nps", &[1, 2, 3, 4, 5]), (Some(Metric::Nps), None, higher));
    assert_eq!(guess("csat", &[1, 2, 3]), (Some(Metric::Csat), None, higher));
    assert_eq!(guess("csat", &[1, 2, 3, 4, 5]), (Some(Metric::Csat), Some((1, 5)), higher));
    assert_eq!(guess("csat", &[1, 4, 5, 6, 7]), (Some(Metric::Csat), Some((1, 7)), higher));
    assert_eq!(guess("effort", &[1, 4, 5, 6, 7]), (Some(Metric::Ces), Some((1, 7)), None));
    assert_eq!(guess("score", &[1, 2, 3, 4]), (None, None, None));
}

#[test]
fn the_airport_survey_has_no_single_score_and_none_is_made_up() {
    let file = include_bytes!("../data/sfo_2013_customer_survey.csv");
    let inspection = inspect(file).unwrap();
    assert_eq!(inspection.columns.len(), 34);
    assert_eq!(inspection.score, None);
    assert_eq!(inspection.suggested_plan(), None);
    assert_eq!(inspection.column_for(Role::Weight), inspection.column("weight"));
}

#[test]
fn dates_that_do_not_tell_month_from_day_say_so() {
    let order = |days: [&str; 2]| {
        let text = file("date,score", 20, |n| format!("{},{}", days[n % 2], n % 11));
        let inspection = inspected(&text);
        let profile = &inspection.columns[0].profile;
        (profile.date_order(), profile.is_date_order_unclear())
    };
    assert_eq!(order(["1/31/2026", "2/1/2026"]), (Some(DateOrder::MonthFirst), false));
    assert_eq!(order(["31/1/2026", "1/2/2026"]), (Some(DateOrder::DayFirst), false));
    assert_eq!(order(["1/3/2026", "1/2/2026"]), (Some(DateOrder::MonthFirst), true));
    assert_eq!(order(["2026-01-03", "2026-01-02"]), (Some(DateOrder::YearFirst), false));
}

#[test]
fn a_zendesk_ticket_export_is_rated_with_words() {
    let text = file(
        "Id,Requester,Assignee,Group,Via,Created at,Solved at,Satisfaction Score,Tags",
        40,
        |n| {
            let score = ["Good", "Bad", "Offered", "Unoffered"][n % 4];
            format!("{n},R,A,Support,Web,2026-01-01 10:00:00,2026-01-02 10:00:00,{score},vip")
        },
    );
    let inspection = inspected(&text);
    assert_eq!(inspection.export, Some(Export::Zendesk));
    assert_eq!(inspection.column_for(Role::Time), inspection.column("Solved at"));
    let plan = inspection.suggested_plan().unwrap();
    let mut tally = Tally::new(&plan).unwrap();
    tally.push(text.as_bytes());
    let counts = tally.finish().unwrap().overall.counts;
    let points: Vec<_> = counts.iter().map(|(_, n)| n).collect();
    assert_eq!((points, counts.missing(), counts.invalid()), (vec![10, 10], 20, 0));
}

#[test]
fn a_surveymonkey_export_has_two_header_rows() {
    let text = "Respondent ID,Collector ID,Start Date,End Date,IP Address,\
        How likely is it that you would recommend us?,What did you like?,,Anything else?\n\
        ,,,,,,Price,Delivery,Open-Ended Response\n";
    let rows: String = (0..30)
        .map(|n| {
            format!(
                "{n},7,01/{0:02}/2026 03:00:00 PM,01/{0:02}/2026 03:01:00 PM,,{1},Price,,Fine\n",
                n % 28 + 1,
                n % 11
            )
        })
        .collect();
    let inspection = inspected(&format!("{text}{rows}"));
    assert_eq!(inspection.export, Some(Export::SurveyMonkey));
    assert_eq!(dialect(&inspection).header_rows, 2);
    assert_eq!(inspection.n_rows_seen, 30);
    assert_eq!(
        inspection.column_names()[5..],
        [
            "How likely is it that you would recommend us?",
            "What did you like? - Price",
            "What did you like? - Delivery",
            "Anything else?"
        ]
    );
    assert_eq!(inspection.column_for(Role::Time), Some(ColumnIdx(3)));
    assert_eq!(inspection.columns[3].profile.date_order(), Some(DateOrder::MonthFirst));
    assert_eq!(inspection.score.unwrap().scale(), Some(Scale::NPS));
}

#[test]
fn exports_are_recognised_by_their_columns() {
    for (header, export) in [
        (
            "No.,Response ID,Timestamp,Finished,Survey ID,Formbricks ID (internal),User ID,Tags,1. x",
            Export::Formbricks,
        ),
        ("RespondentID,CollectorID,StartDate,EndDate,IP Address,Q", Export::SurveyMonkey),
        ("#,How likely?,Start Date (UTC),Submit Date (UTC),Network ID", Export::Typeform),
        ("id,person,survey_type,score,comment,permalink,created_at", Export::Delighted),
        ("Name,Score,Comment,Delighted Source", Export::Delighted),
        ("StartDate,EndDate,Status,Progress,ResponseId,Q1", Export::Qualtrics),
        ("id,ticket_id,assignee_id,group_id,score,comment", Export::Zendesk),
    ] {
        let columns = header.split(',').count();
        let row = vec!["x"; columns].join(",");
        let text = format!("{header}\n{row}\n{row}\n");
        assert_eq!(inspected(&text).export, Some(export), "{header}");
    }
    assert_eq!(inspected("id,score\n1,9\n").export, None);
}

#[test]
fn another_column_can_say_which_question_was_asked() {
    let text = file("survey_type,score,permalink", 40, |n| format!("ces,{},u", n % 7 + 1));
    let score = inspected(&text).score.unwrap();
    assert_eq!(score.metric, Some(Metric::Ces));
    assert_eq!(score.scale(), None, "the direction of effort is never guessed");
    assert!(score.hints.contains(&Hint::OtherColumn("survey_type".to_owned())));
    assert!(score.hints.contains(&Hint::DirectionUnclear));
}

#[test]
fn encodings_are_told_apart() {
    let check = |bytes: &[u8], expected| assert_eq!(detect(bytes), expected, "{bytes:?}");
    check(b"", (Encoding::Utf8, EncodingHint::Ascii));
    check(b"a,b\n", (Encoding::Utf8, EncodingHint::Ascii));
    check("满意".as_bytes(), (Encoding::Utf8, EncodingHint::ValidUtf8));
    check(&"满意".as_bytes()[..5], (Encoding::Utf8, EncodingHint::ValidUtf8));
    check(b"\xEF\xBB\xBFa", (Encoding::Utf8, EncodingHint::ByteOrderMark));
    check(b"\xFE\xFF\0a", (Encoding::Utf16Be, EncodingHint::ByteOrderMark));
    check(b"\0a\0,\0b", (Encoding::Utf16Be, EncodingHint::ZeroBytes));
    // The word for "satisfied" alone, in GBK.
    assert_eq!(detect(b"\xC2\xFA\xD2\xE2").0, Encoding::Gb18030);
    for encoding in Encoding::ALL {
        assert_eq!(Encoding::from_name(encoding.name()), Some(encoding));
    }
}

#[test]
fn what_is_no_table_is_refused_with_its_name() {
    let refused = |bytes: &[u8]| inspect(bytes).unwrap_err();
    assert_eq!(refused(b""), InspectError::Empty);
    assert_eq!(refused(b" \n\n"), InspectError::Empty);
    assert_eq!(refused(b"%PDF-1.7").to_string(), "this is a PDF, not a table");
    let binary = refused(b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\x03\0>\0\x01\0");
    assert!(binary.to_string().contains("this is no text"), "{binary}");
    let page = refused(b"\n<!DOCTYPE html><p>");
    assert_eq!(page.to_string(), "this is a web page, not a table");
    #[cfg(not(feature = "xlsx"))]
    assert!(matches!(refused(b"PK\x03\x04"), InspectError::NotInThisBuild { .. }));
    #[cfg(feature = "xlsx")]
    assert!(matches!(refused(b"PK\x03\x04"), InspectError::Xlsx(_)));
    #[cfg(not(feature = "json"))]
    assert!(matches!(refused(b"[{\"a\":1}]"), InspectError::NotInThisBuild { .. }));
}

#[test]
fn a_head_that_ends_within_a_record_is_understood() {
    let text = file("id,score,comment", 100, |n| format!("{n},{},\"some words, here\"", n % 11));
    for n_bytes in 200..260 {
        let inspection = inspect(&text.as_bytes()[..n_bytes]).unwrap();
        assert_eq!(inspection.column_names(), ["id", "score", "comment"], "{n_bytes}");
        assert!(inspection.score.is_some(), "{n_bytes}");
    }
}
