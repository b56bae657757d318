//! `candor score` and `candor plan` as a person or a program uses them: files in, text and exit
//! code out.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const ANSWERS: &str = "\
id,email,when,channel,score,weight,reasons,comment
1,a@shop.example,2026-01-03 10:00,email,9,1,delivery;price,ok
2,b@shop.example,2026-01-05 10:00,web,3,2,price,\"bad, very\"
3,a@shop.example,2026-02-03 10:00,email,2,1,price;support,worse
4,,2026-02-04 10:00,web,11,1,,
5,c@shop.example,2026-02-04 11:00,web,n/a,1,,
6,d@shop.example,2026-02-05 10:00,phone,10,0.5,delivery,
7,e@shop.example,2026-02-06 10:00,phone,10,x,delivery,
8,f@shop.example,2026-02-06 10:00,phone,9,1,,
9,g@shop.example,2026-02-07 10:00,email,,1,,
";

fn candor(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_candor")).args(arguments).output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn errors(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A file of answers in a folder that lasts as long as the test.
struct Answers {
    folder: tempfile::TempDir,
    path: PathBuf,
}

impl Answers {
    fn new(text: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("answers.csv");
        std::fs::write(&path, text).unwrap();
        Self { folder, path }
    }

    /// The program with the file and what else is said.
    fn score(&self, arguments: &[&str]) -> Output {
        let mut all = vec!["score", self.path.to_str().unwrap()];
        all.extend(arguments);
        let output = candor(&all);
        assert!(self.folder.path().exists());
        output
    }
}

const ALL: [&str; 16] = [
    "--metric",
    "nps",
    "--by",
    "channel",
    "--time",
    "when",
    "--period",
    "month",
    "--reasons",
    "reasons",
    "--suppress-below",
    "1",
    "--missing",
    "11",
    "--compare",
    "2026-01,2026-02",
];

/// JSON of one value a line with its fractions cut to nine digits, so that another processor's last
/// bit is not a change.
fn rounded(json: &str) -> String {
    let line = |line: &str| {
        let value = line.rsplit_once(' ').map_or(line, |(_, value)| value).trim_end_matches(',');
        match value.parse::<f64>() {
            Ok(number) if value.contains('.') => {
                line.replace(value, &format!("{:?}", (number * 1e9).round() / 1e9))
            }
            _ => line.to_owned(),
        }
    };
    json.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn json_has_the_documented_shape() {
    let output = Answers::new(ANSWERS).score(&[&ALL[..], &["--format", "json"]].concat());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    insta::assert_snapshot!("score_json", rounded(&told(&output)));
}

#[test]
fn a_table_is_aligned_and_has_no_colour_in_a_pipe() {
    let output = Answers::new(ANSWERS).score(&ALL);
    insta::assert_snapshot!("score_table", told(&output));
    insta::assert_snapshot!(
        "score_guesses",
        errors(&output)
            .lines()
            .map(|line| line.split_once(": ").map_or(line, |(file, rest)| {
                if file.ends_with("answers.csv") { rest } else { line }
            }))
            .collect::<Vec<_>>()
            .join("\n")
    );
}

#[test]
fn csv_has_one_line_for_each_score() {
    let output = Answers::new(ANSWERS).score(&[&ALL[..], &["--format", "csv"]].concat());
    let rows: Vec<Vec<String>> = csv::Reader::from_reader(output.stdout.as_slice())
        .records()
        .map(|row| row.unwrap().iter().map(ToOwned::to_owned).collect())
        .collect();
    let named = |part: &str| rows.iter().filter(|row| row[0] == part).count();
    assert_eq!((named("all"), named("period"), named("before"), named("after")), (1, 2, 1, 1));
    assert_eq!(named("segment"), 3 + 5); // email and web in two months, phone in one
    assert_eq!(rows[0][3], "6");
}

#[test]
fn weights_are_used_and_what_they_cost_is_said() {
    let output = Answers::new(ANSWERS).score(&[
        "--metric",
        "nps",
        "--weight",
        "weight",
        "--suppress-below",
        "1",
        "--format",
        "json",
    ]);
    let json: serde_json::Value = serde_json::from_str(&told(&output)).unwrap();
    // Promoters 1 + 0.5 + 1, detractors 2 + 1; the answer without a weight is left out.
    assert_eq!(json["n"], 5);
    let value = json["value"].as_f64().unwrap();
    assert!((value - 100.0 * (2.5 - 3.0) / 5.5).abs() < 1e-9, "{value}");
    let n_effective = json["weighting"]["n_effective"].as_f64().unwrap();
    assert!((n_effective - 5.5 * 5.5 / 7.25).abs() < 1e-9, "{n_effective}");
}

#[test]
fn one_person_counts_once() {
    let answers = Answers::new(ANSWERS);
    let score = |keep: &str| {
        let output = answers.score(&[
            "--metric",
            "nps",
            "--person",
            "email",
            "--keep",
            keep,
            "--suppress-below",
            "1",
            "--format",
            "json",
        ]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        let json: serde_json::Value = serde_json::from_str(&told(&output)).unwrap();
        (json["n"].as_u64().unwrap(), json["distribution"][2]["n"].as_u64().unwrap())
    };
    assert_eq!(score("latest"), (5, 1));
    assert_eq!(score("first"), (5, 0));
    assert_eq!(score("all"), (6, 1));
}

/// Expected values were computed apart, over all 24 orders of the four ratings, from the same file.
#[test]
fn ratings_are_told_with_their_importance() {
    let survey =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../tables/tests/data/sfo_2013_customer_survey.csv");
    let output = candor(&[
        "score",
        survey,
        "--metric",
        "csat",
        "--column",
        "Q7O_WHOLE",
        "--missing",
        "0,6,Blank",
        "--ratings",
        "Q7B_FOOD,Q7D_SIGNS,Q7E_WALK,Q7F_SCREENS",
        "--rating-missing",
        "0,6,Blank",
        "--format",
        "json",
    ]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let json: serde_json::Value = serde_json::from_str(&told(&output)).unwrap();
    let importance = &json["importance"];
    assert_eq!((&importance["n"], &importance["method"]), (&2476.into(), &"shapley".into()));
    assert!((importance["r_squared"].as_f64().unwrap() - 0.505_502_254_743_521_3).abs() < 1e-12);
    let expected = [
        ("Q7B_FOOD", 0.286_784_956_288_631_9, 0.547_703_180_212_014_1, "improve"),
        ("Q7F_SCREENS", 0.263_062_181_463_534, 0.771_663_119_489_206_4, "keep"),
        ("Q7D_SIGNS", 0.248_332_196_379_638_4, 0.754_333_532_576_210_4, "maintain"),
        ("Q7E_WALK", 0.201_820_665_868_195_6, 0.784_648_850_217_526_4, "maintain"),
    ];
    let ratings = importance["ratings"].as_array().unwrap();
    assert_eq!(ratings.len(), expected.len());
    for (row, (name, share, top_2_box, quadrant)) in ratings.iter().zip(expected) {
        assert_eq!((&row["rating"], &row["quadrant"]), (&name.into(), &quadrant.into()));
        assert!((row["share"].as_f64().unwrap() - share).abs() < 1e-12, "{row}");
        assert!((row["top_2_box"].as_f64().unwrap() - top_2_box).abs() < 1e-12, "{row}");
    }
}

#[test]
fn standard_input_is_a_file_like_any_other() {
    let answers = Answers::new(ANSWERS);
    let mut child = Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(["score", "-", "--metric", "nps", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(ANSWERS.as_bytes()).unwrap();
    let piped = child.wait_with_output().unwrap();
    let named = answers.score(&["--metric", "nps", "--format", "json"]);
    assert_eq!(told(&piped), told(&named));
    assert!(!told(&named).is_empty());
}

#[test]
fn a_large_file_counts_the_same_in_one_part_and_in_several() {
    let mut text = String::from("id,score,comment\n");
    for idx in 0..240_000_u32 {
        let comment = match idx % 7 {
            0 => {
                "\"two\nlines, and \"\"quotes\"\", as people write when they have time enough to\""
            }
            1 => "\"9\n10\n3,4\n5,6\n\"",
            _ => "很好，谢谢。发货很快，包装也很好，下次还会再来买的，推荐给朋友们",
        };
        writeln!(text, "{idx},{},{comment}", idx * 7919 % 12).unwrap();
    }
    // Four parts of at least 4 MiB.
    assert!(text.len() >= 16 << 20, "{}", text.len());
    let answers = Answers::new(&text);
    let score = |threads: &str| {
        let output = answers.score(&[
            "--metric",
            "nps",
            "--threads",
            threads,
            "--format",
            "json",
            "--list-faults",
        ]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        (told(&output), errors(&output))
    };
    let one = score("1");
    let json: serde_json::Value = serde_json::from_str(&one.0).unwrap();
    assert_eq!(json["n"].as_u64().unwrap() + json["invalid"].as_u64().unwrap(), 240_000);
    for threads in ["2", "3", "8"] {
        assert_eq!(score(threads), one, "{threads} threads");
    }
}

#[track_caller]
fn check_refused(answers: &Answers, arguments: &[&str], code: i32, part: &str) {
    let output = answers.score(arguments);
    assert_eq!(output.status.code(), Some(code), "{output:?}");
    assert!(errors(&output).contains(part), "{}", errors(&output));
    assert_eq!(told(&output), "");
}

#[test]
fn what_is_wrong_is_said_with_what_would_be_right() {
    let answers = Answers::new(ANSWERS);
    check_refused(&answers, &[], 1, "say it with --metric");
    check_refused(&answers, &["--metric", "happiness"], 2, "it is nps, csat or ces");
    let nps = |more: &[&'static str]| [&["--metric", "nps"], more].concat();
    check_refused(
        &answers,
        &nps(&["--column", "stars"]),
        1,
        "there is no column \"stars\"; there are id",
    );
    check_refused(&answers, &nps(&["--by", "country"]), 1, "there is no column \"country\"");
    check_refused(&answers, &nps(&["--confidence", "95"]), 2, "between 0 and 1; 0.95 is usual");
    check_refused(&answers, &nps(&["--compare", "a"]), 1, "names one thing");
    check_refused(&answers, &nps(&["--compare", "a,b"]), 1, "say --time and --period");
    check_refused(&answers, &nps(&["--bands", "9"]), 1, "two points such as 7,9");
    check_refused(&answers, &["--metric", "ces", "--scale", "1-7"], 1, "--direction");
    let nowhere = Answers { path: Path::new("no/such/file.csv").into(), ..Answers::new("") };
    check_refused(&nowhere, &[], 1, "no/such/file.csv cannot be opened");
    check_refused(&Answers::new(""), &[], 1, "the file is empty");
    check_refused(&Answers::new("\u{1}\u{2}\u{3}"), &[], 1, "no text");
}

#[test]
fn cells_that_cannot_be_used_are_listed_with_their_rows() {
    let output =
        Answers::new(ANSWERS).score(&["--metric", "nps", "--weight", "weight", "--list-faults"]);
    let told = errors(&output);
    assert_eq!(output.status.code(), Some(0));
    for part in [
        "row 5, column score: \"11\" is outside the scale",
        "row 6, column score: \"n/a\" is not a number",
        "row 8, column weight: \"x\" is not a weight",
    ] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
}

#[test]
fn a_plan_says_how_many_answers_and_invitations() {
    let output = candor(&["plan", "--metric", "csat", "--margin", "5", "--response-rate", "24"]);
    assert!(told(&output).starts_with("385 answers\n1605 people to ask in all\n"), "{output:?}");
    let json = candor(&["plan", "--metric", "nps", "--difference", "10", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&told(&json)).unwrap();
    assert_eq!((&json["groups"], &json["power"]), (&2.into(), &0.8.into()));
}
