//! What a survey looks like before any script runs: fragments and sheets made once for every
//! language, and the page behind a link. The only file that names the components.

use std::collections::BTreeMap;
use std::path::Path;

use survey::{Definition, Locale, ReasonId, ScalePoint, Sheet};
use wire::sheet_json;

use crate::surveys::Surveys;

/// The file name, without its ending, of the survey in its default language.
pub const DEFAULT_NAME: &str = "default";

/// A survey in one language, as it is fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The language.
    pub locale: Locale,
    /// The fragment that goes into a page.
    pub html: String,
    /// The sheet for the widget, as JSON.
    pub json: String,
}

/// A survey in the offered language closest to `wanted`.
#[must_use]
pub fn render(definition: &Definition, wanted: &Locale) -> Rendered {
    let sheet = Sheet::of(definition, wanted);
    Rendered {
        locale: sheet.locale.clone(),
        html: ui::render_form(&sheet),
        json: sheet_json(&sheet),
    }
}

/// The file among the scripts and styles that [`script`] makes a script of one survey from.
pub const BUNDLE_FILE: &str = "bundle.js";

/// A script that shows one survey in one language and needs no further file for that. `bundle` is
/// the contents of [`BUNDLE_FILE`].
#[must_use]
pub fn script(bundle: &str, definition: &Definition, rendered: &Rendered) -> String {
    let literal = |text: &str| serde_json::Value::from(text).to_string();
    let name = literal(definition.outline().id.as_str());
    // The survey's own texts last: they may say anything.
    bundle
        .replacen("__SURVEY__", &name, 1)
        .replacen("__LOCALE__", &literal(rendered.locale.as_str()), 1)
        .replacen("__HTML__", &literal(&rendered.html), 1)
}

/// Every file that a static host needs, with its path: `<survey>/<locale>.html` and `.json` for
/// every language, the default language once more as `default`, and all as one script each
/// (`<locale>.js`) where there is a `bundle`.
#[must_use]
pub fn files(surveys: &Surveys, bundle: Option<&str>) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for definition in surveys.iter() {
        let id = &definition.outline().id;
        for locale in definition.texts().keys() {
            let rendered = render(definition, locale);
            if let Some(bundle) = bundle {
                files.insert(format!("{id}/{locale}.js"), script(bundle, definition, &rendered));
            }
            if locale == definition.default_locale() {
                files.insert(format!("{id}/{DEFAULT_NAME}.html"), rendered.html.clone());
                files.insert(format!("{id}/{DEFAULT_NAME}.json"), rendered.json.clone());
            }
            files.insert(format!("{id}/{locale}.html"), rendered.html);
            files.insert(format!("{id}/{locale}.json"), rendered.json);
        }
    }
    files
}

/// Where the person stands with the page behind a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The form is to be filled in.
    Asking,
    /// The form came back without a rating.
    RatingMissing,
    /// The answer is stored.
    Done,
    /// The answer could not be stored; it is still in the form.
    Failed,
}

/// What the person has chosen and typed so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// The rating.
    pub rating: Option<ScalePoint>,
    /// Every reason ticked.
    pub reasons: Vec<ReasonId>,
    /// The comment.
    pub comment: String,
}

/// The whole document of the page behind a link.
#[must_use]
pub fn page(sheet: &Sheet, stylesheet: &str, id: &str, filled: &Filled, stage: Stage) -> String {
    let mut config = ui::PageConfig {
        // Relative to /s/, so that the page works wherever the server is mounted.
        action: sheet.outline.id.to_string(),
        stylesheet: format!("../{stylesheet}"),
        id: id.to_owned(),
        draft: Default::default(),
        stage: match stage {
            Stage::Asking => ui::PageStage::Asking,
            Stage::RatingMissing => ui::PageStage::RatingMissing,
            Stage::Done => ui::PageStage::Done,
            Stage::Failed => ui::PageStage::Failed,
        },
    };
    config.draft.rating = filled.rating;
    config.draft.reasons.clone_from(&filled.reasons);
    config.draft.comment.clone_from(&filled.comment);
    ui::render_page(sheet, &config)
}

/// The name of the stylesheet in the folder of scripts and styles: `candor-<hash>.css` as built,
/// `candor.css` otherwise.
#[must_use]
pub fn stylesheet(www: Option<&Path>) -> String {
    let names = www.and_then(|folder| std::fs::read_dir(folder).ok()).into_iter().flatten();
    let mut built: Vec<String> = names
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| {
            let hash = name.strip_prefix("candor-").and_then(|rest| rest.strip_suffix(".css"));
            hash.is_some_and(is_hash)
        })
        .collect();
    built.sort();
    built.pop().unwrap_or_else(|| "candor.css".to_owned())
}

/// Whether a part of a file name is the eight hexadecimal digits of a content hash.
pub(crate) fn is_hash(text: &str) -> bool {
    text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_survey_in_one_script_is_written_into_its_places() {
        const SURVEY: &str = include_str!("../tests/data/surveys/shop-nps.json");
        let definition = wire::decode_definition(SURVEY.as_bytes()).unwrap();
        let english = Locale::new("en").unwrap();
        let rendered = Rendered {
            locale: english,
            html: "<p title=\"__LOCALE__\">it's </script>\n</p>".into(),
            json: String::new(),
        };
        assert_eq!(
            script("f([__SURVEY__,__LOCALE__,__HTML__])", &definition, &rendered),
            r#"f(["shop-nps","en","<p title=\"__LOCALE__\">it's </script>\n</p>"])"#
        );
    }

    #[test]
    fn the_built_stylesheet_is_found_by_its_hash() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(stylesheet(None), "candor.css");
        assert_eq!(stylesheet(Some(folder.path())), "candor.css");
        for name in ["candor.css", "candor-theme.css", "candor-0a1b2c3d.css", "candor-0a1b2c3d.js"]
        {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        assert_eq!(stylesheet(Some(folder.path())), "candor-0a1b2c3d.css");
    }
}
