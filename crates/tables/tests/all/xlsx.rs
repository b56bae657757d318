//! Workbooks in, counts out: the same as from CSV.

use std::io::{Cursor, Write};

use scoring::{Direction, Scale, ScalePoint};
use tables::inspect::{InspectError, Role};
use tables::tally::ReadError;
use tables::xlsx::XlsxError;
use tables::{Fault, Format, Tallied, Tally};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An archive of parts.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook with an empty sheet and one with `rows`. Style 1 is a date.
fn workbook(properties: &str, rows: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let sheet = |rows: &str| {
        format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#)
    };
    archive(&[
        ("[Content_Types].xml", &format!(r#"<Types xmlns="{package}/content-types"></Types>"#)),
        (
            "_rels/.rels",
            &format!(
                r#"<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                r#"<workbook xmlns="{main}" xmlns:r="{office}">{properties}<sheets><sheet name="Notes" sheetId="1" r:id="r1"/><sheet name="Answers" sheetId="2" r:id="r2"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                r#"<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{office}/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="r3" Type="{office}/styles" Target="styles.xml"/><Relationship Id="r4" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/styles.xml",
            &format!(
                r#"<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
            ),
        ),
        (
            "xl/sharedStrings.xml",
            &format!(
                r#"<sst xmlns="{main}"><si><t>score</t></si><si><t>date</t></si><si><t>channel</t></si></sst>"#
            ),
        ),
        ("xl/worksheets/sheet1.xml", &sheet("")),
        ("xl/worksheets/sheet2.xml", &sheet(rows)),
    ])
}

const HEADER: &str = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>"#;

fn tallied(bytes: &[u8]) -> Result<Tallied, ReadError> {
    let inspection = tables::inspect(bytes).unwrap();
    let scale = Scale::new(1, 5, Direction::HigherIsBetter).unwrap();
    let mut plan = inspection.bare_plan(inspection.column("score").unwrap(), scale);
    plan.time = inspection
        .column("date")
        .map(|column| inspection.time_plan(column, tables::time::PeriodUnit::Day));
    plan.segments = vec![vec![inspection.column("channel").unwrap()]];
    let mut tally = Tally::new(&plan).unwrap();
    for piece in bytes.chunks(100) {
        tally.push(piece);
    }
    tally.finish()
}

#[test]
fn numbers_dates_and_texts_are_read_and_rows_keep_their_numbers() {
    // 46023 is 2026-01-01. Row 3 is not there, and row 5 is bad.
    let rows = format!(
        r#"{HEADER}
        <row r="2"><c r="A2"><v>5</v></c><c r="B2" s="1"><v>46023</v></c><c r="C2" t="inlineStr"><is><t>web</t></is></c></row>
        <row r="4"><c r="A4"><v>4.0</v></c><c r="B4" s="1"><v>46023.99</v></c></row>
        <row r="5"><c r="A5"><v>4.5</v></c><c r="B5" s="1"><v>46024</v></c><c r="C5" t="str"><v>web</v></c></row>
        <row r="6"><c r="B6" t="str"><v>2026-01-02</v></c></row>"#
    );
    let bytes = workbook("", &rows);
    let inspection = tables::inspect(&bytes).unwrap();
    let format = Format::Xlsx { sheet: "Answers".to_owned(), header_rows: 1 };
    assert_eq!(inspection.format, format);
    assert_eq!(inspection.column_for(Role::Time), inspection.column("date"));
    let tallied = tallied(&bytes).unwrap();
    let counts = &tallied.overall.counts;
    assert_eq!((tallied.n_rows, counts.n(), counts.missing(), counts.invalid()), (4, 2, 1, 1));
    assert_eq!((counts.at(ScalePoint(4)), counts.at(ScalePoint(5))), (1, 1));
    let bad: Vec<_> =
        tallied.faults.first().iter().map(|bad| (bad.row, bad.fault, bad.text.clone())).collect();
    assert_eq!(bad, [(5, Fault::NotWhole, "4.5".to_owned())]);
    let days: Vec<_> = tallied.periods.unwrap().periods.unwrap();
    let days: Vec<_> =
        days.iter().map(|(day, group)| (day.to_string(), group.counts.n())).collect();
    assert_eq!(days, [("2026-01-01".to_owned(), 2), ("2026-01-02".to_owned(), 0)]);
}

#[test]
fn a_workbook_that_counts_its_days_from_1904_is_read_so() {
    let rows = format!(
        r#"{HEADER}<row r="2"><c r="A2"><v>5</v></c><c r="B2" s="1"><v>44561</v></c></row>"#
    );
    let bytes = workbook(r#"<workbookPr date1904="1"/>"#, &rows);
    let periods = tallied(&bytes).unwrap().periods.unwrap().periods.unwrap();
    assert_eq!(periods[0].0.to_string(), "2026-01-01");
}

#[test]
fn a_cell_far_away_costs_nothing() {
    let rows = format!(
        r#"{HEADER}<row r="2"><c r="A2"><v>5</v></c></row>
        <row r="1048576"><c r="A1048576"><v>4</v></c><c r="XFD1048576"><v>4</v></c></row>"#
    );
    let tallied = tallied(&workbook("", &rows)).unwrap();
    assert_eq!(tallied.overall.counts.n(), 2);
    assert_eq!(tallied.faults.first()[0].row, 1_048_576);
    assert_eq!(tallied.faults.n(Fault::TooManyCells), 1);
}

#[test]
fn a_broken_or_cut_off_workbook_is_an_error_and_no_panic() {
    let bytes = workbook("", HEADER);
    for n_bytes in (4..bytes.len()).step_by(97) {
        let error = tables::inspect(&bytes[..n_bytes]).unwrap_err();
        assert!(matches!(error, InspectError::Xlsx(XlsxError::Broken { .. })), "{n_bytes}");
    }
    for at in 0..bytes.len() {
        let mut bent = bytes.clone();
        bent[at] ^= 0x55;
        let _ = tables::inspect(&bent);
    }
    let empty = archive(&[("readme.txt", "nothing")]);
    assert!(matches!(tables::inspect(&empty), Err(InspectError::Xlsx(_))));
}
