//! The program as a person or a service manager uses it: arguments in, output and exit code out.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

const SURVEY: &str = include_str!("../../../collector/tests/data/surveys/shop-nps.json");

fn candor() -> Command {
    Command::new(env!("CARGO_BIN_EXE_candor"))
}

fn run(arguments: &[&str]) -> Output {
    candor().args(arguments).output().unwrap()
}

/// A folder with one survey.
fn surveys(folder: &Path) -> PathBuf {
    let surveys = folder.join("surveys");
    std::fs::create_dir_all(&surveys).unwrap();
    std::fs::write(surveys.join("shop.json"), SURVEY).unwrap();
    surveys
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn help_names_every_command_and_the_exit_codes() {
    let output = run(&["--help"]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    for part in ["serve", "render", "check", "Exit codes:", "  2  the command line is not right"] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    assert_eq!(run(&["no-such-command"]).status.code(), Some(2));
}

#[test]
fn right_surveys_are_said_to_be_right() {
    let folder = tempfile::tempdir().unwrap();
    let surveys = surveys(folder.path());
    let output = run(&["check", text(&surveys), text(&surveys.join("shop.json"))]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(told.contains("shop.json: all right, shop-nps version 2 in en, zh-Hans, zh-Hant"));
    assert_eq!(told.lines().count(), 2, "{told}");
}

#[test]
fn what_is_unwise_is_told_and_fails_where_that_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop.json");
    let question = "How likely are you to recommend us?";
    assert!(SURVEY.contains(question), "the survey asks something else");
    let leading = "How likely are you to recommend our great prices and service?";
    std::fs::write(&file, SURVEY.replace(question, leading)).unwrap();
    let output = run(&["check", text(&file)]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    for part in ["/texts/en/question: asks about two things", "says \"great\", which leads"] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
    assert_eq!(run(&["check", "--strict", text(&file)]).status.code(), Some(1));
}

#[test]
fn every_fault_of_every_file_is_told_with_its_field() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("one.json"), folder.path().join("two.json"));
    std::fs::write(&one, SURVEY.replace("\"nps\"", "\"nqs\"")).unwrap();
    std::fs::write(&two, "[]").unwrap();
    let output = run(&["check", text(&one), text(&two)]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("one.json: /question/metric \"nqs\" is not a metric"), "{told}");
    assert!(told.contains("two.json: is a list; an object is needed"), "{told}");
}

#[test]
fn a_survey_is_rendered_in_every_language_and_as_its_default() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("www/e");
    let output = run(&["render", text(&surveys(folder.path())), "--out", text(&out)]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let read = |name: &str| std::fs::read_to_string(out.join("shop-nps").join(name)).unwrap();
    for ending in ["html", "json"] {
        assert_eq!(read(&format!("default.{ending}")), read(&format!("en.{ending}")));
    }
    assert!(read("zh-Hans.html").contains("您有多大可能向朋友推荐我们？"));
    assert!(read("zh-Hant.json").contains("您有多大可能向朋友推薦我們？"));
    assert_eq!(std::fs::read_dir(out.join("shop-nps")).unwrap().count(), 8);
}

/// A running server, ended when the test ends.
struct Serving {
    child: Child,
    address: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn serve(folder: &Path) -> Serving {
    let mut child = candor()
        .args(["serve", "--listen", "127.0.0.1:0", "--log", "json"])
        .args(["--surveys", text(&surveys(folder))])
        .args(["--database", text(&folder.join("candor.db"))])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("candor listens on http://").expect(&line).to_owned();
    Serving { child, address }
}

fn ask(address: &str, request: &str) -> String {
    let mut socket = TcpStream::connect(address).unwrap();
    socket.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    answer
}

#[cfg(unix)]
#[test]
fn a_server_told_to_stop_ends_well_and_its_log_is_json_without_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let mut serving = serve(folder.path());
    let request = "GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let answer = ask(&serving.address, request);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let id = serving.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    assert_eq!(serving.child.wait().unwrap().code(), Some(0));
    let mut log = String::new();
    serving.child.stderr.as_mut().unwrap().read_to_string(&mut log).unwrap();
    assert!(log.lines().all(|line| line.starts_with('{') && line.ends_with('}')), "{log}");
    assert!(log.contains("stopped"), "{log}");
}

#[test]
fn a_server_that_cannot_start_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let surveys = surveys(folder.path());
    let database = folder.path().join("no/folder/candor.db");
    let arguments =
        ["serve", "--surveys", text(&surveys), "--database", text(&database), "--listen"];
    let output = candor().args(arguments).arg("127.0.0.1:0").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("no/folder does not exist"), "{told}");

    let output = candor()
        .args(["serve", "--listen", "127.0.0.1:0", "--surveys", text(&surveys)])
        .env("CANDOR_API_TOKEN", "short")
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("at least 16"), "{told}");
    assert!(!told.contains("short\""), "{told}");
}
