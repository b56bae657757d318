//! `candor service` as a person or a program uses it: files in, figures and exit code out.

use std::path::Path;
use std::process::{Command, Output};

const TICKETS: &str = "\
Ticket ID,Created at,First reply at,Solved at,Status,Requester,Category,Via,Assignee,Handle minutes
1,2026-11-02 09:00,2026-11-02 09:20,2026-11-02 12:00,Solved,ann,delivery,mail,Kim,12
2,2026-11-02 10:00,2026-11-02 11:00,2026-11-03 10:00,Closed,bob,price,chat,Lee,30
3,2026-11-04 10:00,,,Open,ann,delivery,mail,,
4,2026-11-06 16:30,2026-11-09 09:30,2026-11-09 10:00,Solved,cem,delivery,mail,Kim,6
5,soon,,,Open,dora,,chat,,
6,2026-11-20 09:00,2026-11-20 09:05,2026-11-20 09:30,Solved,eva,price,chat,Kim,x
";

const ORDERS: &str = "\
Order,Email,Date,Total,Cancelled
1,ann,2025-03-01,20.00,
2,ann,2026-11-05,\"1,030.50\",
3,bob,2026-10-01,15,
4,cem,2025-02-01,99.90,
5,cem,2026-01-01,10,yes
6,eva,2026-11-21,free,
";

/// The program with both files, as things stood on 22 November 2026 in Berlin.
fn service(folder: &Path, arguments: &[&str]) -> Output {
    let (tickets, orders) = (folder.join("tickets.csv"), folder.join("orders.csv"));
    std::fs::write(&tickets, TICKETS).unwrap();
    std::fs::write(&orders, ORDERS).unwrap();
    Command::new(env!("CARGO_BIN_EXE_candor"))
        .arg("service")
        .args(["--tickets", tickets.to_str().unwrap(), "--orders", orders.to_str().unwrap()])
        .args(["--as-of", "2026-11-22", "--zone", "Europe/Berlin", "--column", "customer=Email"])
        .args(["--hours", "mon-fri 09:00-17:00", "--frt-target", "1h", "--ttr-target", "8h"])
        .args(arguments)
        .output()
        .unwrap()
}

fn figures(output: &Output) -> Vec<serde_json::Value> {
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    json["figures"].as_array().unwrap().clone()
}

#[test]
fn figures_are_those_counted_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let output = service(folder.path(), &["--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let figures = figures(&output);
    let value = |metric: &str, of: Option<&str>| {
        let found = figures.iter().find(|f| f["metric"] == metric && f["of"].as_str() == of);
        found.unwrap_or_else(|| panic!("there is no {metric}"))["value"].as_f64()
    };
    assert_eq!(value("tickets", None), Some(5.0));
    assert_eq!(value("unanswered", None), Some(1.0));
    // Calendar: 20, 60, 3900 and 5 minutes. Business: 20, 60, 30 before the weekend and 30 after
    // it, and 5.
    assert_eq!(value("first_response_time_median", None), Some(40.0));
    assert_eq!(value("first_response_time_business_median", None), Some(40.0));
    assert_eq!(
        value("first_response_time_business_mean", None),
        Some((20 + 60 + 60 + 5) as f64 / 4.0)
    );
    // Within an hour of business time: four of five, the fifth has waited for days.
    assert_eq!(value("first_response_sla_attainment", None), Some(80.0));
    assert_eq!(value("open", None), Some(1.0));
    assert_eq!(value("resolution_rate", None), Some(80.0));
    assert_eq!(value("channel_share", Some("mail")), Some(60.0));
    assert_eq!(value("tickets_handled", Some("Kim")), Some(3.0));
    assert_eq!(value("average_handle_time", None), Some(16.0));
    // Ann wrote again within a week, and eva's ticket is too young to tell.
    assert_eq!(value("orders", None), Some(4.0));
    assert_eq!(value("revenue", None), Some(1165.40));
    assert_eq!(value("repeat_sales", None), Some(1030.50));
    let repeat = value("repeat_purchase_rate", None).unwrap();
    assert!((repeat - 100.0 / 3.0).abs() < 1e-9, "{repeat}");
    // Of ann and cem, who bought in the year before, ann came back.
    assert_eq!(value("retention", None), Some(50.0));
    // Ann ordered within a week of writing.
    assert_eq!(value("service_influenced_revenue", None), Some(1030.50));
}

#[test]
fn rows_that_cannot_be_used_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let output = service(folder.path(), &["--list-faults"]);
    let told = String::from_utf8(output.stderr).unwrap();
    for part in [
        "tickets.csv: row 6, created: \"soon\" is not a time; the ticket is left out",
        "tickets.csv: row 7, handle_minutes: \"x\" is not a number from 0 up",
        "orders.csv: row 7, amount: \"free\" is not an amount with 2 decimals",
    ] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
}

#[test]
fn a_table_says_everything_and_csv_has_a_line_for_each() {
    let folder = tempfile::tempdir().unwrap();
    let table = service(folder.path(), &[]);
    insta::assert_snapshot!("service_table", String::from_utf8(table.stdout).unwrap());
    let csv = service(folder.path(), &["--format", "csv"]);
    let json = service(folder.path(), &["--format", "json"]);
    let n_lines = csv::Reader::from_reader(csv.stdout.as_slice()).records().count();
    assert_eq!(n_lines, figures(&json).len());
}

#[test]
fn what_is_missing_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |arguments: &[&str]| {
        let output = service(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refused(&["--column", "amount=Sum"]).contains("no file has a column \"Sum\""));
    assert!(refused(&["--column", "colour=Sum"]).contains("\"colour\" is not known"));
    assert!(refused(&["--hours", "whenever"]).contains("mon-fri 09:00-17:00"));
    let output = Command::new(env!("CARGO_BIN_EXE_candor")).arg("service").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}
