//! The Yew components: form, badge and charts.
