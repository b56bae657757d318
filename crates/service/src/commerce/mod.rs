//! What customers do with their money: whether they stay, come back, buy more and what it is worth.
//! Whether they are content is not here; see [`scoring`].

mod churn;
mod further;
mod influenced;
mod order;
mod repeat;
mod retention;
pub mod rfm;

pub use churn::{LAPSE_DAYS_DEFAULT, churn, compounded, lapse_days, lapsed};
pub use further::{
    Basket, History, Upgrades, Variant, cross_sell, cross_sell_or_upsell, histories, upsell,
};
pub use influenced::{Contact, InfluencedRevenue, service_influenced_revenue};
pub use order::{Order, customers_in};
pub use repeat::{
    Repeat, RepeatSales, repeat_purchase_rate, repeat_purchase_rate_at_age, repeat_sales,
};
pub use retention::{
    CustomerCounts, RetentionByCount, RetentionById, RetentionError, retention_by_count,
    retention_by_id,
};
