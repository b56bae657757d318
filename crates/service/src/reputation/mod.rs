//! What buyers say in public, and orders that went wrong. Answers to our own surveys are not here;
//! see [`scoring`].

mod defects;
mod feedback;

pub use defects::{Defect, DefectOrder, ORDER_DEFECT_WINDOW_DAYS, OrderDefects, order_defect_rate};
pub use feedback::{
    Feedback, FeedbackBases, FeedbackCounts, FeedbackRates, RatedOrder, Sentiment, StarCounts,
    Stars, feedback, feedback_counts, negative_feedback_rate, positive_feedback_rate,
};
