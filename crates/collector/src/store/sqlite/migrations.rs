//! How the database's schema came to be, change by change. The changes themselves are files in
//! `migrations/`.

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType};

/// Every change of the schema so far, oldest first. One that was released is never edited.
pub(super) fn all() -> Vec<Migration> {
    let files = [(1, "responses", include_str!("../../../migrations/sqlite/0001_responses.sql"))];
    let migration = |(version, description, sql): (i64, &'static str, &'static str)| {
        let is_outside_transaction = false;
        Migration::new(
            version,
            description.into(),
            MigrationType::Simple,
            sql.into_sql_str(),
            is_outside_transaction,
        )
    };
    files.map(migration).into()
}
