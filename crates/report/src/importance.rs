//! How much of the score goes along with each of several ratings, beside how well each is rated.

use scoring::boxes::top_2_box;
use scoring::drivers::{
    Driver, ImportanceError, PREDICTORS_MAX, Place, Quadrant, quadrant, relative_weights, shapley,
};
use scoring::proportion::Part;

use crate::input::RatingInput;

/// The importance of several ratings.
#[derive(Clone, Debug, PartialEq)]
pub struct Importance {
    /// How it was shared out: `shapley`, or `relative_weights` where there are too many ratings.
    pub method: &'static str,
    /// Answers that have a score and every rating.
    pub n: u64,
    /// Share of the score's variance that all ratings explain together, in [0, 1]; or why none can
    /// be told.
    pub r_squared: Result<f64, ImportanceError>,
    /// One a rating, the most important first; in their order where none can be told.
    pub rows: Vec<ImportanceRow>,
}

/// The importance of one rating.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportanceRow {
    /// Name of the rating.
    pub rating: String,
    /// How much of the score goes along with it; `None` when that cannot be told.
    pub driver: Option<Driver>,
    /// Answers with this rating.
    pub n: u64,
    /// Share of them in the two best points, in [0, 1].
    pub top_2_box: Option<f64>,
    /// What to do about it, compared to the mean of all ratings.
    pub quadrant: Option<Quadrant>,
}

/// Below `suppress_below` complete answers nothing is told: it could point at persons.
pub(crate) fn importance(input: &RatingInput, suppress_below: u64) -> Importance {
    let RatingInput { by_rating, sums } = input;
    let is_exact = sums.n_ratings() <= PREDICTORS_MAX;
    let found = if sums.n() < suppress_below {
        Err(ImportanceError::TooFew { n: sums.n() })
    } else if is_exact {
        shapley(sums)
    } else {
        relative_weights(sums)
    };
    let drivers = found.as_ref().map_or(&[][..], |found| &found.drivers);
    let mut rows: Vec<ImportanceRow> = by_rating
        .iter()
        .enumerate()
        .map(|(idx, (rating, counts))| {
            let is_shown = counts.n() >= suppress_below;
            ImportanceRow {
                rating: rating.clone(),
                driver: drivers.get(idx).copied(),
                n: counts.n(),
                top_2_box: top_2_box(counts).ok().and_then(Part::share).filter(|_| is_shown),
                quadrant: None,
            }
        })
        .collect();
    let place = |row: &ImportanceRow| {
        Some(Place { importance: row.driver?.share, performance: row.top_2_box? })
    };
    let places: Option<Vec<Place>> = rows.iter().map(place).collect();
    if let Some(places) = places.filter(|places| !places.is_empty()) {
        let mean = |of: fn(&Place) -> f64| places.iter().map(of).sum::<f64>() / places.len() as f64;
        let centre =
            Place { importance: mean(|p| p.importance), performance: mean(|p| p.performance) };
        for (row, place) in rows.iter_mut().zip(places) {
            row.quadrant = Some(quadrant(place, centre));
        }
    }
    let share = |row: &ImportanceRow| row.driver.map_or(0.0, |driver| driver.share);
    rows.sort_by(|a, b| share(b).total_cmp(&share(a)));
    Importance {
        method: if is_exact { "shapley" } else { "relative_weights" },
        n: sums.n(),
        r_squared: found.map(|found| found.r_squared),
        rows,
    }
}
