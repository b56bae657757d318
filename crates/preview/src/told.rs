//! What was found in a file, in the shapes that travel to the page.

use report::{Direction, Metric, Report, Scale};
use tables::Tallied;
use tables::inspect::{Column, Inspection, Role};
use wire::ReportJson;
use wire::preview::{ChoiceJson, ColumnJson, CommentJson, CountedJson, InspectionJson};

/// How many cells that could not be used are listed.
const FAULTS_LISTED: usize = 100;

/// What a file seems to be.
pub(crate) fn inspection(inspection: &Inspection) -> InspectionJson {
    let guess = inspection.score.as_ref();
    let metric = guess.and_then(|guess| guess.metric).unwrap_or(Metric::Nps);
    let scale = guess.and_then(|guess| guess.scale());
    let score = guess.map(|guess| guess.column);
    let role = |role| {
        let mut columns = inspection.columns_for(role).filter(|column| Some(*column) != score);
        columns.next().map(|column| column.0)
    };
    let (min, max) = scale.map_or(metric.scale_ends()[0], |scale| (scale.min(), scale.max()));
    let direction = scale.map_or(Direction::HigherIsBetter, Scale::direction);
    InspectionJson {
        kind: format!("Read as {inspection}."),
        columns: inspection.columns.iter().map(column).collect(),
        is_clear: guess.is_some(),
        hints: guess.map_or_else(Vec::new, |g| g.hints.iter().map(ToString::to_string).collect()),
        choice: ChoiceJson {
            metric: metric.name().to_owned(),
            column: score.map_or(0, |column| column.0),
            min,
            max,
            direction: direction.name().to_owned(),
            missing: Vec::new(),
            segment: role(Role::Segment),
            time: role(Role::Time),
            period: "month".to_owned(),
            // Weights change what the score means, so they are used only when somebody says so.
            weight: None,
            reasons: role(Role::Reasons),
            comment: role(Role::Comment),
        },
    }
}

/// The metric and the scale of a choice; `None` when they make no sense.
pub(crate) fn metric_and_scale(choice: &ChoiceJson) -> Option<(Metric, Scale)> {
    let metric = Metric::from_name(&choice.metric)?;
    let direction = Direction::from_name(&choice.direction)?;
    Some((metric, Scale::new(choice.min, choice.max, direction).ok()?))
}

/// What was counted.
pub(crate) fn counted(report: &Report, tallied: &Tallied) -> CountedJson {
    let faults = tallied.faults.first().iter().take(FAULTS_LISTED);
    let comment = |comment: &tables::tallied::Comment| CommentJson {
        row: comment.row,
        score: comment.score.map(|point| point.0),
        text: comment.text.clone(),
    };
    CountedJson {
        report: ReportJson::from(report),
        n_rows: tallied.n_rows,
        n_faults: tallied.faults.n_total(),
        faults: faults.map(ToString::to_string).collect(),
        comments: tallied.comments.iter().rev().map(comment).collect(),
    }
}

fn column(column: &Column) -> ColumnJson {
    ColumnJson {
        name: column.name.clone(),
        samples: column.samples.clone(),
        role: column.guess.as_ref().map(|guess| guess.role.name().to_owned()),
        hints: column
            .guess
            .as_ref()
            .map_or_else(Vec::new, |guess| guess.hints.iter().map(ToString::to_string).collect()),
    }
}
