//! Short ways to write instants, zones and opening hours.

use std::sync::OnceLock;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};
use service::time::{Schedule, Window};

/// A zone of the IANA database that comes with the tests, whatever the machine has.
pub(crate) fn zone(name: &str) -> TimeZone {
    static DATABASE: OnceLock<TimeZoneDatabase> = OnceLock::new();
    DATABASE.get_or_init(TimeZoneDatabase::bundled).get(name).expect("the zone exists")
}

/// A local date and time in a zone, as an instant.
pub(crate) fn local(text: &str, zone: &TimeZone) -> Timestamp {
    let datetime: DateTime = text.parse().expect("a date and time");
    zone.to_timestamp(datetime).expect("within the calendar")
}

/// A date and time in UTC, as an instant.
pub(crate) fn utc(text: &str) -> Timestamp {
    local(text, &TimeZone::UTC)
}

pub(crate) fn days(n: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * n)
}

pub(crate) fn window(opens: &str, closes: &str) -> Window {
    let [opens, closes] = [opens, closes].map(|text| text.parse::<Time>().expect("a time"));
    Window::new(opens, closes).expect("in order")
}

/// Open from Monday to Friday, at the same hours.
pub(crate) fn office(zone: TimeZone, hours: Window, holidays: &[Date]) -> Schedule {
    let week = std::array::from_fn(|idx| if idx < 5 { vec![hours] } else { Vec::new() });
    Schedule::new(zone, week, holidays.iter().copied()).expect("one window a day")
}

/// Open every day, at the same hours.
pub(crate) fn daily(zone: TimeZone, hours: &[Window]) -> Schedule {
    let week = std::array::from_fn(|_| hours.to_vec());
    Schedule::new(zone, week, []).expect("windows apart")
}
