//! Which column of a file is what: by the name given on the command line, else by the names that
//! help desks and shops use.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use tables::{ColumnIdx, Inspection};

/// What a column may be, and the names it goes by, in small letters with single spaces.
type Known = (&'static str, &'static [&'static str]);

/// Columns of tickets.
pub(super) const TICKET: &[Known] = &[
    ("created", &["created", "created at", "created date", "date created", "opened", "opened at"]),
    (
        "first_response",
        &[
            "first response",
            "first response at",
            "first reply",
            "first reply at",
            "first responded at",
            "first agent reply",
        ],
    ),
    (
        "first_response_minutes",
        &[
            "first response minutes",
            "first reply time in minutes",
            "first reply time (min)",
            "first response time (minutes)",
        ],
    ),
    (
        "solved",
        &[
            "solved",
            "solved at",
            "resolved",
            "resolved at",
            "resolution date",
            "closed",
            "closed at",
        ],
    ),
    ("reopened", &["reopened", "reopened at"]),
    ("status", &["status", "ticket status", "state"]),
    (
        "customer",
        &[
            "customer",
            "customer id",
            "requester",
            "requester id",
            "requester email",
            "email",
            "contact",
        ],
    ),
    ("issue", &["issue", "issue type", "category", "topic", "type", "ticket type"]),
    ("channel", &["channel", "via", "ticket channel", "source", "origin"]),
    ("agent", &["agent", "assignee", "assignee name", "owner", "solved by"]),
    (
        "contacts",
        &["contacts", "replies", "n contacts", "number of contacts", "interactions", "touches"],
    ),
    (
        "handle_minutes",
        &["handle minutes", "handle time (min)", "handle time in minutes", "handling minutes"],
    ),
];

/// Columns of orders.
pub(super) const ORDER: &[Known] = &[
    (
        "customer",
        &["customer", "customer id", "customer email", "email", "buyer", "user id", "client"],
    ),
    (
        "time",
        &[
            "time",
            "created at",
            "created",
            "date",
            "order date",
            "ordered at",
            "paid at",
            "purchase date",
            "invoicedate",
        ],
    ),
    (
        "amount",
        &[
            "amount",
            "total",
            "order total",
            "grand total",
            "revenue",
            "price",
            "total price",
            "subtotal",
        ],
    ),
    ("cancelled", &["cancelled", "cancelled at", "canceled", "canceled at"]),
];

/// What the command line says about columns.
pub(super) struct Named {
    given: BTreeMap<String, String>,
    used: RefCell<BTreeSet<String>>,
}

impl Named {
    /// Reads `what=name`.
    ///
    /// # Errors
    /// Which one is not of that form, or what is not known.
    pub(super) fn new(options: &[String]) -> Result<Self> {
        let known = || TICKET.iter().chain(ORDER).map(|(what, _)| *what);
        let mut given = BTreeMap::new();
        for option in options {
            let (what, name) = option.split_once('=').with_context(|| {
                format!("--column {option:?} is not of the form customer=Email")
            })?;
            if !known().any(|known| known == what) {
                let known: BTreeSet<_> = known().collect();
                let known: Vec<_> = known.into_iter().collect();
                bail!("--column {what:?} is not known; known are {}", known.join(", "));
            }
            given.insert(what.to_owned(), name.to_owned());
        }
        Ok(Self { given, used: RefCell::default() })
    }

    /// The columns of a file that are known to be something.
    ///
    /// # Errors
    /// When a named column is not there.
    pub(super) fn found(&self, inspection: &Inspection, known: &[Known]) -> Result<Found> {
        let names = inspection.column_names();
        let plain = |name: &str| {
            let spaced: String =
                name.chars().map(|c| if "_-.".contains(c) { ' ' } else { c }).collect();
            spaced.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
        };
        let mut columns = BTreeMap::new();
        for (what, aliases) in known {
            let by_alias = || {
                let found = aliases
                    .iter()
                    .find_map(|alias| names.iter().position(|name| plain(name) == *alias));
                found.map(ColumnIdx)
            };
            // A name given for both files need be in one of them only.
            let by_name = self.given.get(*what).and_then(|name| inspection.column(name));
            if by_name.is_some() {
                self.used.borrow_mut().insert((*what).to_owned());
            }
            if let Some(column) = by_name.or_else(by_alias) {
                columns.insert(*what, column);
            }
        }
        Ok(Found { columns, names })
    }

    /// That every column named was in some file.
    ///
    /// # Errors
    /// Which one was in none.
    pub(super) fn check_used(&self) -> Result<()> {
        let used = self.used.borrow();
        match self.given.iter().find(|(what, _)| !used.contains(*what)) {
            Some((what, name)) => bail!("--column {what}={name}: no file has a column {name:?}"),
            None => Ok(()),
        }
    }
}

/// The columns of one file.
pub(super) struct Found {
    columns: BTreeMap<&'static str, ColumnIdx>,
    names: Vec<String>,
}

impl Found {
    /// A column that may be missing.
    pub(super) fn maybe(&self, what: &str) -> Option<ColumnIdx> {
        self.columns.get(what).copied()
    }

    /// A column without which nothing can be done.
    ///
    /// # Errors
    /// How to say which it is.
    pub(super) fn needed(&self, what: &str) -> Result<ColumnIdx> {
        self.maybe(what).with_context(|| {
            let names = self.names.join(", ");
            format!("no column says {what}; name it with --column {what}=NAME ({names})")
        })
    }
}
