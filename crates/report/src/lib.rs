//! Counts by survey, segment and period to numbers, words and chart geometry.
