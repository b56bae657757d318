//! Parameters of an address: each read once, every fault collected, unknown names refused, since a
//! misspelt `form=` would otherwise give the wrong score without a word.

use survey::Fault;

use crate::error::AppError;

/// The parameters of one request.
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
    faults: Vec<Fault>,
}

impl Query {
    /// The parameters in `text`, of which only those in `known` may be given, each once.
    pub(crate) fn new(text: Option<&str>, known: &[&str]) -> Self {
        let mut faults = Vec::new();
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(text.unwrap_or_default().as_bytes()) {
            let shown: String = name.chars().take(40).collect();
            if !known.contains(&name.as_ref()) {
                let detail = format!("is not a parameter here; known are {}", known.join(", "));
                faults.push(Fault::new(shown, detail));
            } else if pairs.iter().any(|(other, _)| *other == name) {
                faults.push(Fault::new(shown, "is given twice"));
            } else {
                pairs.push((name.into_owned(), value.into_owned()));
            }
        }
        Self { pairs, faults }
    }

    /// The value of a parameter; `None` when it is absent, empty or faulty.
    pub(crate) fn read<T>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let (_, text) = self.pairs.iter().find(|(n, text)| n == name && !text.is_empty())?;
        match parse(text) {
            Ok(value) => Some(value),
            Err(detail) => {
                let given: String = text.chars().take(40).collect();
                self.fault(name, format!("{given:?} {detail}"));
                None
            }
        }
    }

    /// Notes a fault of a parameter.
    pub(crate) fn fault(&mut self, name: &str, detail: impl Into<String>) {
        self.faults.push(Fault::new(name, detail));
    }

    /// Nothing, when every parameter was right.
    ///
    /// # Errors
    /// [`AppError::InvalidQuery`] with every fault.
    pub(crate) fn finish(self) -> Result<(), AppError> {
        if self.faults.is_empty() { Ok(()) } else { Err(AppError::InvalidQuery(self.faults)) }
    }
}
