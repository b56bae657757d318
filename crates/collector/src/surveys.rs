//! The surveys of one folder: read once at start, checked, and looked up by name. What makes a
//! survey valid is decided in `survey` and `wire`; nothing is served from here.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use survey::{Definition, Fault, SurveyId};

/// The largest survey file, in bytes.
pub const SURVEY_BYTES_MAX: u64 = 1024 * 1024;

/// The surveys there are, by name.
#[derive(Clone, Debug, Default)]
pub struct Surveys(BTreeMap<SurveyId, Definition>);

/// What is wrong with one survey file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFaults {
    /// The file.
    pub path: PathBuf,
    /// Everything wrong with it.
    pub faults: Vec<Fault>,
}

/// Why the surveys of a folder cannot be used: every faulty file with all its faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SurveysError(pub Vec<FileFaults>);

impl fmt::Display for FileFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (idx, fault) in self.faults.iter().enumerate() {
            let newline = if idx == 0 { "" } else { "\n" };
            let path = self.path.display();
            if fault.pointer.is_empty() {
                write!(f, "{newline}{path}: {}", fault.detail)?;
            } else {
                write!(f, "{newline}{path}: {} {}", fault.pointer, fault.detail)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for SurveysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let files: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&files.join("\n"))
    }
}

impl std::error::Error for SurveysError {}

impl Surveys {
    /// Surveys already read.
    #[must_use]
    pub fn new(definitions: impl IntoIterator<Item = Definition>) -> Self {
        let by_name = |definition: Definition| (definition.outline().id.clone(), definition);
        Self(definitions.into_iter().map(by_name).collect())
    }

    /// The surveys in every `*.json` file of `folder`.
    ///
    /// # Errors
    /// Every fault of every file; a folder without any survey, and a name used twice, are faults
    /// too.
    pub fn load(folder: &Path) -> Result<Self, SurveysError> {
        let of_folder = |detail: String| {
            let faults = vec![Fault::new("", detail)];
            SurveysError(vec![FileFaults { path: folder.to_owned(), faults }])
        };
        let paths = files(folder).map_err(|error| of_folder(format!("cannot be read: {error}")))?;
        if paths.is_empty() {
            return Err(of_folder("holds no survey; a survey is a file named *.json".to_owned()));
        }
        let mut surveys: BTreeMap<SurveyId, (PathBuf, Definition)> = BTreeMap::new();
        let mut faulty = Vec::new();
        for path in paths {
            let definition = match load_file(&path) {
                Ok(definition) => definition,
                Err(faults) => {
                    faulty.push(faults);
                    continue;
                }
            };
            let id = definition.outline().id.clone();
            if let Some((other, _)) = surveys.get(&id) {
                let detail = format!("is {id}, which {} has already", other.display());
                faulty.push(FileFaults { path, faults: vec![Fault::new("/id", detail)] });
                continue;
            }
            surveys.insert(id, (path, definition));
        }
        if faulty.is_empty() {
            Ok(Self(surveys.into_iter().map(|(id, (_, definition))| (id, definition)).collect()))
        } else {
            Err(SurveysError(faulty))
        }
    }

    /// The survey of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Definition> {
        self.0.get(&SurveyId::new(name).ok()?)
    }

    /// Every survey, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &Definition> {
        self.0.values()
    }

    /// Every name, in order.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.0.keys().map(ToString::to_string).collect()
    }
}

/// The survey in one file.
///
/// # Errors
/// Everything wrong with it.
pub fn load_file(path: &Path) -> Result<Definition, FileFaults> {
    let faulty = |faults| FileFaults { path: path.to_owned(), faults };
    let unreadable =
        |error: std::io::Error| faulty(vec![Fault::new("", format!("cannot be read: {error}"))]);
    let n_bytes = std::fs::metadata(path).map_err(unreadable)?.len();
    if n_bytes > SURVEY_BYTES_MAX {
        let detail = format!("has {n_bytes} bytes; at most {SURVEY_BYTES_MAX} are read");
        return Err(faulty(vec![Fault::new("", detail)]));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    wire::decode_definition(&bytes).map_err(faulty)
}

/// The survey files of a folder, in the order of their names.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SURVEY: &str = include_str!("../tests/data/surveys/shop-nps.json");

    #[track_caller]
    fn check(files: &[(&str, &str)], expected: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let told = match Surveys::load(folder.path()) {
            Ok(surveys) => surveys.names(),
            Err(error) => {
                let told = error.to_string().replace(&folder.path().display().to_string(), "DIR");
                told.lines().map(str::to_owned).collect()
            }
        };
        assert_eq!(told, expected);
    }

    #[test]
    fn every_survey_file_is_read_and_nothing_else() {
        check(&[("a.json", SURVEY), ("notes.txt", "not a survey")], &["shop-nps"]);
    }

    #[test]
    fn every_faulty_file_is_named_with_every_fault() {
        let two_faults = SURVEY.replace("\"nps\"", "\"nqs\"").replace("\"numbers\"", "\"dots\"");
        check(
            &[("a.json", &two_faults), ("b.json", "{"), ("c.json", SURVEY)],
            &[
                "DIR/a.json: /question/metric \"nqs\" is not a metric; use csat, ces or nps",
                "DIR/a.json: /question/style \"dots\" is not a style; use numbers, stars, faces \
                 or thumbs",
                "DIR/b.json: is not JSON: EOF while parsing an object at line 1 column 1",
            ],
        );
    }

    #[test]
    fn a_name_used_twice_is_a_fault_of_the_second_file() {
        check(
            &[("a.json", SURVEY), ("b.json", SURVEY)],
            &["DIR/b.json: /id is shop-nps, which DIR/a.json has already"],
        );
    }

    #[test]
    fn a_folder_without_surveys_is_a_fault() {
        check(&[], &["DIR: holds no survey; a survey is a file named *.json"]);
        let told = Surveys::load(Path::new("no/such/folder")).unwrap_err().to_string();
        assert!(told.starts_with("no/such/folder: cannot be read: "), "{told}");
    }
}
