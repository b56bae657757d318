//! The cases that the taking out of personal details is held to, here and in the browser.

use std::path::Path;

use survey::without_personal_details;

#[test]
fn every_case_of_the_table_is_as_it_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/files/personal.json");
    let text = std::fs::read_to_string(path).unwrap();
    let cases: Vec<(String, String)> = serde_json::from_str(&text).unwrap();
    assert!(cases.len() > 40, "the table is too short");
    for (comment, kept) in cases {
        assert_eq!(without_personal_details(&comment), kept, "of {comment:?}");
        assert_eq!(without_personal_details(&kept), kept, "once more");
    }
}
