//! What each column is for, by its name and its values.

use super::profile::samples;
use super::sniff::Sheet;
use super::{Column, Hint, Inspection, Profile, Role, RoleGuess, names, score};

/// A segment has at most so many values, and each is seen this often.
const SEGMENT_VALUES_MAX: usize = 50;
const SEGMENT_REPEATS_MIN: usize = 3;

/// Everything that can be said of the beginning of a table.
pub(super) fn inspection(sheet: Sheet) -> Inspection {
    let Sheet { format, encoding_hint, export, names, rows } = sheet;
    let cells = |idx: usize| rows.iter().map(move |row| row.get(idx).map_or("", String::as_str));
    let mut columns: Vec<Column> = names
        .iter()
        .enumerate()
        .map(|(idx, name)| Column {
            name: name.clone(),
            samples: samples(cells(idx)),
            profile: Profile::of(cells(idx)),
            guess: None,
        })
        .collect();
    let score = score::guess(&columns, export);
    for column in &mut columns {
        column.guess = role(column);
    }
    if let Some(score) = &score {
        let hints = score.hints.clone();
        columns[score.column.0].guess = Some(RoleGuess { role: Role::Score, hints });
    }
    // A tool knows its own column for the time better than its names tell.
    if let Some(export) = export
        && let Some(time) = export.time_column(&names)
    {
        for column in &mut columns {
            column.guess.take_if(|guess| guess.role == Role::Time);
        }
        let mut hints = vec![Hint::WrittenBy(export)];
        hints.extend(time_hints(&columns[time].profile));
        columns[time].guess = Some(RoleGuess { role: Role::Time, hints });
    } else {
        prefer_telling_times(&mut columns);
    }
    let n_rows_seen = rows.len();
    Inspection { format, encoding_hint, export, columns, n_rows_seen, score }
}

/// What a column is for when it is not the score.
fn role(column: &Column) -> Option<RoleGuess> {
    let profile = &column.profile;
    let named = |role| names::word_for(&column.name, role).map(Hint::Name);
    let is_times = profile.date_order().is_some();
    if is_times && (profile.whole_share() < 0.5 || named(Role::Time).is_some()) {
        let hints = named(Role::Time).into_iter().chain(time_hints(profile)).collect();
        return Some(RoleGuess { role: Role::Time, hints });
    }
    if let Some(hint) = named(Role::Weight)
        && profile.number_share() >= 0.9
    {
        return Some(RoleGuess { role: Role::Weight, hints: vec![hint] });
    }
    if profile.n_filled() == 0 || profile.number_share() >= 0.9 || names::is_id(&column.name) {
        return None;
    }
    let few = few_values(profile).map(Hint::FewValues);
    let lists = profile.separator().map(Hint::Lists);
    let long = profile.has_long_texts().then_some(Hint::LongTexts);
    let (role, hints) = if let Some(hint) = named(Role::Reasons) {
        (Role::Reasons, [Some(hint), lists])
    } else if let Some(hint) = named(Role::Comment) {
        (Role::Comment, [Some(hint), long])
    } else if let Some(hint) = named(Role::Segment) {
        (Role::Segment, [Some(hint), few])
    } else if few.is_some() {
        (Role::Segment, [few, None])
    } else if long.is_some() {
        (Role::Comment, [long, None])
    } else {
        return None;
    };
    Some(RoleGuess { role, hints: hints.into_iter().flatten().collect() })
}

fn time_hints(profile: &Profile) -> Vec<Hint> {
    let unclear = profile.is_date_order_unclear().then_some(Hint::MonthOrDay);
    profile.date_order().map(Hint::Times).into_iter().chain(unclear).collect()
}

fn few_values(profile: &Profile) -> Option<usize> {
    let n_values = profile.n_values()?;
    let is_few = (2..=SEGMENT_VALUES_MAX).contains(&n_values)
        && n_values * SEGMENT_REPEATS_MIN <= profile.n_filled();
    is_few.then_some(n_values)
}

/// Of several columns of times, keeps the one in which the answer was given: the first one whose
/// name says that something was sent or finished, or else the first.
fn prefer_telling_times(columns: &mut [Column]) {
    const TELLING: [&str; 6] = ["submit", "respon", "answer", "complet", "record", "提交"];
    let is_time =
        |column: &Column| column.guess.as_ref().is_some_and(|guess| guess.role == Role::Time);
    let is_telling = |column: &Column| {
        let name = column.name.to_lowercase();
        TELLING.iter().any(|word| name.contains(word))
    };
    let best = columns
        .iter()
        .position(|column| is_time(column) && is_telling(column))
        .or_else(|| columns.iter().position(is_time));
    for (idx, column) in columns.iter_mut().enumerate() {
        if is_time(column) && Some(idx) != best {
            column.guess = None;
        }
    }
}
