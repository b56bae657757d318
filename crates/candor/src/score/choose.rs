//! What to count in a file: what was said on the command line, else what the file seems to be.

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use report::{Bands, Direction, Metric, Scale, ScalePoint};
use scoring::duplicates::Keep;
use tables::delimited::Delimiter;
use tables::inspect::{Inspection, Overrides, Role, ScoreGuess};
use tables::plan::{PersonPlan, RatingPlan};
use tables::time::{DateOrder, PeriodUnit, Zone};
use tables::{ColumnIdx, Encoding, Plan};

/// What the command line says about the files.
#[derive(Debug, Args)]
pub(crate) struct Choices {
    /// What the score column measures: nps, csat or ces.
    #[arg(long, value_parser = crate::options::metric)]
    metric: Option<Metric>,
    /// Name of the score column; guessed from the file when left out.
    #[arg(long, value_name = "NAME")]
    column: Option<String>,
    /// Lowest and highest point of the scale, such as `1-5`; the metric's usual one when left out.
    #[arg(long, value_name = "MIN-MAX")]
    scale: Option<String>,
    /// Which end of the scale is good; needed for CES.
    #[arg(long, value_enum)]
    direction: Option<DirectionArg>,
    /// First points of the middle and the top group, such as `7,9`; the metric's standard cut when
    /// left out.
    #[arg(long, value_name = "MIDDLE,TOP")]
    bands: Option<String>,
    /// Column to divide by; with commas, columns to divide by together. May be given again.
    #[arg(long, value_name = "NAMES")]
    by: Vec<String>,
    /// Column with the time of the answer; guessed when --period is said alone.
    #[arg(long, value_name = "NAME")]
    time: Option<String>,
    /// Length of a period; months when --time is said alone.
    #[arg(long, value_enum)]
    period: Option<PeriodArg>,
    /// Whose days: `written` as the file says them, or an offset from UTC such as `+02:00`.
    #[arg(long, value_name = "OFFSET", default_value = "+00:00", value_parser = zone)]
    zone: Zone,
    /// Order of year, month and day; guessed when left out.
    #[arg(long, value_parser = date_order, value_name = "ymd|mdy|dmy")]
    date_order: Option<DateOrder>,
    /// Column with the reasons.
    #[arg(long, value_name = "NAME")]
    reasons: Option<String>,
    /// What stands between two reasons in a cell; guessed when left out.
    #[arg(long, value_name = "CHAR", requires = "reasons")]
    separator: Option<char>,
    /// Columns with ratings of single things, such as delivery and packaging: how much of the score
    /// goes along with each, and how well each is rated.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    ratings: Vec<String>,
    /// Lowest and highest point of the ratings' scale; higher is better.
    #[arg(long, value_name = "MIN-MAX", default_value = "1-5", requires = "ratings")]
    rating_scale: String,
    /// Values of the ratings that mean "no rating".
    #[arg(long, value_name = "VALUES", value_delimiter = ',', requires = "ratings")]
    rating_missing: Vec<String>,
    /// Column with the weight of the answer, from 0 up.
    #[arg(long, value_name = "NAME")]
    weight: Option<String>,
    /// Values of the score column that mean "no answer".
    #[arg(long, value_name = "VALUES", value_delimiter = ',')]
    missing: Vec<String>,
    /// Words that stand for a point of the scale, such as `good=1`.
    #[arg(long, value_name = "WORD=POINT", value_delimiter = ',')]
    label: Vec<String>,
    /// Column that says who answered, so that one person counts once.
    #[arg(long, value_name = "NAME")]
    person: Option<String>,
    /// Which answer of one person counts.
    #[arg(long, value_enum, default_value_t = KeepArg::Latest, requires = "person")]
    keep: KeepArg,
    /// How the characters are written, such as utf-8, gb18030, windows-1252.
    #[arg(long, value_parser = encoding, value_name = "NAME")]
    encoding: Option<Encoding>,
    /// What stands between cells: comma, semicolon, tab or pipe.
    #[arg(long, value_parser = delimiter, value_name = "NAME")]
    delimiter: Option<Delimiter>,
    /// How many rows come before the first answer.
    #[arg(long, value_name = "N")]
    header_rows: Option<usize>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PeriodArg {
    Day,
    Week,
    Month,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "snake_case")]
enum DirectionArg {
    HigherIsBetter,
    LowerIsBetter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum KeepArg {
    First,
    Latest,
    All,
}

fn date_order(name: &str) -> Result<DateOrder, String> {
    DateOrder::from_name(name).ok_or_else(|| "it is ymd, mdy or dmy".to_owned())
}

fn encoding(name: &str) -> Result<Encoding, String> {
    Encoding::from_name(name).ok_or_else(|| {
        "known are utf-8, utf-16le, utf-16be, gb18030, big5, shift_jis, windows-1252".to_owned()
    })
}

fn delimiter(name: &str) -> Result<Delimiter, String> {
    Delimiter::from_name(name).ok_or_else(|| "it is comma, semicolon, tab or pipe".to_owned())
}

fn zone(text: &str) -> Result<Zone, String> {
    if text == "written" {
        return Ok(Zone::AsWritten);
    }
    let wrong = || "it is `written` or an offset such as +02:00".to_owned();
    let (sign, rest) = match text.split_at_checked(1) {
        Some(("+", rest)) => (1, rest),
        Some(("-", rest)) => (-1, rest),
        _ => return Err(wrong()),
    };
    let (hours, minutes) = rest.split_once(':').ok_or_else(wrong)?;
    match (hours.parse::<i16>(), minutes.parse::<i16>()) {
        (Ok(hours @ 0..=23), Ok(minutes @ 0..=59)) => {
            Ok(Zone::Offset { minutes: sign * (hours * 60 + minutes) })
        }
        _ => Err(wrong()),
    }
}

/// What is counted, and how it is scored.
#[derive(Debug)]
pub(crate) struct Chosen {
    pub(crate) metric: Metric,
    pub(crate) bands: Option<Bands>,
    pub(crate) plan: Plan,
    /// What was guessed, one sentence each.
    pub(crate) guesses: Vec<String>,
}

impl Choices {
    /// What the command line says about how to read a file.
    pub(crate) const fn overrides(&self) -> Overrides {
        Overrides {
            encoding: self.encoding,
            delimiter: self.delimiter,
            header_rows: self.header_rows,
        }
    }

    /// What to count in a file.
    ///
    /// # Errors
    /// What is not clear, or wrong, and which option says it.
    pub(crate) fn chosen(&self, inspection: &Inspection) -> Result<Chosen> {
        let n_columns = inspection.columns.len();
        let mut guesses = vec![format!("read as {inspection}, {n_columns} columns")];
        let (column, guess) = self.score_column(inspection)?;
        let metric = self.metric.or_else(|| guess?.metric).context(
            "what the score measures is not clear; say it with --metric nps, csat or ces",
        )?;
        if self.column.is_none() || self.metric.is_none() {
            let name = &inspection.columns[column.0].name;
            // What the values do not settle was said on the command line.
            let hints = guess.filter(|_| self.metric.is_none()).map(|guess| &guess.hints);
            let why: Vec<String> = hints.into_iter().flatten().map(ToString::to_string).collect();
            let why = if why.is_empty() { String::new() } else { format!(" ({})", why.join("; ")) };
            guesses.push(format!("score: column {name:?} as {}{why}", metric.name()));
        }
        let fitting = guess.filter(|g| g.metric.is_none_or(|guessed| guessed == metric));
        let scale = self.scale(metric, fitting)?;
        let mut plan = inspection.bare_plan(column, scale);
        plan.missing_codes.extend(self.missing.iter().cloned());
        for label in &self.label {
            plan.labels.push(label_of(label, scale)?);
        }
        self.add_divisions(inspection, &mut plan, &mut guesses)?;
        if let Some(name) = &self.reasons {
            let mut reasons = inspection.reason_plan(column_named(inspection, name)?);
            reasons.separator = self.separator.or(reasons.separator);
            plan.reasons = Some(reasons);
        }
        if !self.ratings.is_empty() {
            plan.ratings = Some(self.rating_plan(inspection)?);
        }
        if let Some(name) = &self.weight {
            plan.weight = Some(column_named(inspection, name)?);
        }
        if let Some(name) = &self.person {
            plan.person = self.person_plan(inspection, column_named(inspection, name)?);
        }
        Ok(Chosen { metric, bands: self.bands(scale)?, plan, guesses })
    }

    fn score_column<'a>(
        &self,
        inspection: &'a Inspection,
    ) -> Result<(ColumnIdx, Option<&'a ScoreGuess>)> {
        let guess = inspection.score.as_ref();
        let column = match (&self.column, guess) {
            (Some(name), _) => column_named(inspection, name)?,
            (None, Some(guess)) => guess.column,
            (None, None) => {
                let names = inspection.column_names().join(", ");
                bail!("which column holds the score is not clear; say it with --column ({names})")
            }
        };
        Ok((column, guess.filter(|guess| guess.column == column)))
    }

    /// Segments and periods.
    fn add_divisions(
        &self,
        inspection: &Inspection,
        plan: &mut Plan,
        guesses: &mut Vec<String>,
    ) -> Result<()> {
        for names in &self.by {
            let columns = names.split(',').map(|name| column_named(inspection, name.trim()));
            plan.segments.push(columns.collect::<Result<_>>()?);
        }
        if self.time.is_none() && self.period.is_none() {
            return Ok(());
        }
        let column = match &self.time {
            Some(name) => column_named(inspection, name)?,
            None => inspection
                .column_for(Role::Time)
                .context("which column holds the time is not clear; say it with --time")?,
        };
        let unit = match self.period {
            Some(PeriodArg::Day) => PeriodUnit::Day,
            Some(PeriodArg::Week) => PeriodUnit::Week,
            Some(PeriodArg::Month) | None => PeriodUnit::Month,
        };
        let mut time = inspection.time_plan(column, unit);
        time.zone = self.zone;
        time.date_order = self.date_order.unwrap_or(time.date_order);
        if self.time.is_none() || self.date_order.is_none() {
            let name = &inspection.columns[column.0].name;
            guesses.push(format!("time: column {name:?}, dates as {}", time.date_order.name()));
        }
        plan.time = Some(time);
        Ok(())
    }

    fn person_plan(&self, inspection: &Inspection, column: ColumnIdx) -> Option<PersonPlan> {
        let keep = match self.keep {
            KeepArg::First => Keep::First,
            KeepArg::Latest => Keep::Latest,
            KeepArg::All => return None,
        };
        let named = self.time.as_ref().and_then(|name| inspection.column(name));
        let time = named.or_else(|| inspection.column_for(Role::Time)).map(|column| {
            let order = inspection.time_plan(column, PeriodUnit::Day).date_order;
            (column, self.date_order.unwrap_or(order))
        });
        Some(PersonPlan { column, keep, time })
    }

    fn rating_plan(&self, inspection: &Inspection) -> Result<RatingPlan> {
        let (min, max) = ends("--rating-scale", &self.rating_scale)?;
        let columns = self.ratings.iter().map(|name| column_named(inspection, name.trim()));
        Ok(RatingPlan {
            columns: columns.collect::<Result<_>>()?,
            scale: Scale::new(min, max, Direction::HigherIsBetter).context("--rating-scale")?,
            missing_codes: self.rating_missing.clone(),
        })
    }

    /// The scale: as said, as the file shows, else the metric's usual one.
    fn scale(&self, metric: Metric, guess: Option<&ScoreGuess>) -> Result<Scale> {
        let (min, max) = match &self.scale {
            Some(text) => ends("--scale", text)?,
            None => guess.and_then(|guess| guess.range).unwrap_or(metric.scale_ends()[0]),
        };
        let guessed = guess.and_then(|guess| guess.direction);
        let direction = match (self.direction, metric) {
            (Some(DirectionArg::HigherIsBetter), _) => Direction::HigherIsBetter,
            (Some(DirectionArg::LowerIsBetter), _) => Direction::LowerIsBetter,
            // Effort scales are used both ways, and the numbers alone do not tell.
            (None, Metric::Ces) => guessed.context(
                "an effort scale has no usual direction; say --direction higher_is_better when a \
                 high answer means easy, lower_is_better when it means effort",
            )?,
            (None, Metric::Nps | Metric::Csat) => guessed.unwrap_or(Direction::HigherIsBetter),
        };
        Ok(Scale::new(min, max, direction)?)
    }

    fn bands(&self, scale: Scale) -> Result<Option<Bands>> {
        let Some(text) = &self.bands else { return Ok(None) };
        let wrong = || format!("--bands {text:?} is not two points such as 7,9");
        let (middle, top) = text.split_once(',').with_context(wrong)?;
        let point = |text: &str| text.trim().parse().map(ScalePoint).ok();
        let (middle, top) = point(middle).zip(point(top)).with_context(wrong)?;
        Ok(Some(Bands::new(scale, middle, top)?))
    }
}

/// Lowest and highest point of a scale, as the option says them.
fn ends(option: &str, text: &str) -> Result<(i16, i16)> {
    let ends = text.rsplit_once('-');
    ends.and_then(|(min, max)| Some((min.parse().ok()?, max.parse().ok()?)))
        .with_context(|| format!("{option} {text:?} is not a range such as 1-5"))
}

fn label_of(text: &str, scale: Scale) -> Result<(String, ScalePoint)> {
    let read = text.rsplit_once('=').and_then(|(word, point)| {
        Some((word.to_owned(), scale.point(point.trim().parse().ok()?)?))
    });
    read.with_context(|| format!("--label {text:?} is not a word and a point, such as good=1"))
}

fn column_named(inspection: &Inspection, name: &str) -> Result<ColumnIdx> {
    inspection.column(name).with_context(|| {
        let names = inspection.column_names();
        format!("there is no column {name:?}; there are {}", names.join(", "))
    })
}
