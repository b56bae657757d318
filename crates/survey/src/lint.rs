//! What is valid but unwise in a survey: a question that leads or asks two things, a scale that
//! nobody else uses, a label too long for a telephone. What is invalid is a fault of the definition.

use scoring::{Bucket, Metric};

use crate::definition::{BucketTexts, Definition, Texts};
use crate::fault::Fault;
use crate::locale::Locale;
use crate::words::Words;

/// The widest reason or button: two lines at 320 px. All widths are in halves of a Chinese character.
const LABEL_WIDTH_MAX: usize = 32;
/// The widest single word below a face on a desktop.
const POINT_WORD_WIDTH_MAX: usize = 14;
/// The widest text at an end of the scale: half a line of three at 320 px.
const END_WIDTH_MAX: usize = 30;
/// The widest question: five lines at 320 px.
const QUESTION_WIDTH_MAX: usize = 120;

/// Question marks of the scripts that surveys are written in.
const QUESTION_MARKS: [char; 3] = ['?', '？', '؟'];

/// By language, how two things are asked in one question.
const AND: [(&str, &str); 8] = [
    ("en", " and "),
    ("de", " und "),
    ("fr", " et "),
    ("es", " y "),
    ("it", " e "),
    ("nl", " en "),
    ("pl", " i "),
    ("pt", " e "),
];

/// English words that say what one should answer.
const LEADING: [&str; 12] = [
    "love",
    "amazing",
    "awesome",
    "excellent",
    "fantastic",
    "great",
    "wonderful",
    "perfect",
    "don't you",
    "wouldn't you",
    "isn't it",
    "terrible",
];

/// Advice on a valid survey, in the order of its fields; none is needed for it to be asked.
///
/// Widths are estimates from the number of characters, wide ones counted twice.
///
/// ```
#[doc = include_str!("../doc/sample_definition.txt")]
/// let definition = Definition::new(parts).unwrap();
/// let advice: Vec<String> = survey::lint(&definition).iter().map(ToString::to_string).collect();
/// assert!(advice.iter().all(|line| !line.contains("/texts/en/question")), "{advice:?}");
/// ```
#[must_use]
pub fn lint(definition: &Definition) -> Vec<Fault> {
    let mut advice = Vec::new();
    let outline = definition.outline();
    check_scale(definition, &mut advice);
    for bucket in Bucket::ALL {
        let reasons = &outline.bucket(bucket).reasons;
        let pointer = format!("/buckets/{}/reasons", bucket.name());
        if reasons.is_empty() {
            advice.push(Fault::new(pointer, "is empty: nobody of this bucket is asked why"));
        } else if !reasons.iter().any(crate::ReasonId::is_other) {
            let detail =
                "does not end with other: who has another reason ticks a wrong one or none";
            advice.push(Fault::new(pointer, detail));
        }
    }
    for (locale, texts) in definition.texts() {
        check_texts(definition, locale, texts, &mut advice);
    }
    advice
}

fn check_scale(definition: &Definition, advice: &mut Vec<Fault>) {
    let question = definition.outline().question;
    let ends = (question.scale.min(), question.scale.max());
    let usual: &[(i16, i16)] = match question.metric {
        Metric::Nps => &[(0, 10)],
        Metric::Csat => &[(1, 5), (1, 7), (1, 10), (1, 3), (0, 1)],
        Metric::Ces => &[(1, 7), (1, 5), (1, 3)],
    };
    if !usual.contains(&ends) {
        let list: Vec<String> = usual.iter().map(|(min, max)| format!("{min} to {max}")).collect();
        let detail = format!(
            "{} to {} is compared with nobody's; usual is {}",
            ends.0,
            ends.1,
            list.join(", ")
        );
        advice.push(Fault::new("/question/scale", detail));
    }
}

fn check_texts(definition: &Definition, locale: &Locale, texts: &Texts, advice: &mut Vec<Fault>) {
    let at = format!("/texts/{locale}");
    let languages: Vec<Locale> =
        Words::languages().filter_map(|tag| Locale::new(tag).ok()).collect();
    if locale.closest(&languages).is_none() {
        let detail =
            "is a language that the form's own words are not there in; they will be English";
        advice.push(Fault::new(at.clone(), detail));
    }
    check_question(definition, locale, texts, &at, advice);
    let mut check_width = |pointer: String, text: &str, width_max: usize| {
        let width = width(text);
        if width > width_max {
            let detail = format!("is {width} wide; {width_max} fit a page of 320 px");
            advice.push(Fault::new(pointer, detail));
        }
    };
    check_width(format!("{at}/question"), &texts.question, QUESTION_WIDTH_MAX);
    check_width(format!("{at}/low"), &texts.low, END_WIDTH_MAX);
    check_width(format!("{at}/high"), &texts.high, END_WIDTH_MAX);
    for (point, words) in &texts.points {
        let widest = words.split(' ').max_by_key(|word| width(word)).unwrap_or_default();
        check_width(format!("{at}/points/{point}"), widest, POINT_WORD_WIDTH_MAX);
    }
    for (reason, label) in &texts.reasons {
        check_width(format!("{at}/reasons/{reason}"), label, LABEL_WIDTH_MAX);
    }
    for (bucket, BucketTexts { reasons, action, .. }) in &texts.buckets {
        let at = format!("{at}/buckets/{}", bucket.name());
        for (reason, label) in reasons {
            check_width(format!("{at}/reasons/{reason}"), label, LABEL_WIDTH_MAX);
        }
        if let Some(action) = action {
            check_width(format!("{at}/action/label"), &action.label, LABEL_WIDTH_MAX);
        }
    }
}

/// Finds a question that is two, or that says what to answer.
fn check_question(
    definition: &Definition,
    locale: &Locale,
    texts: &Texts,
    at: &str,
    advice: &mut Vec<Fault>,
) {
    let question = texts.question.to_lowercase();
    let n_marks = question.chars().filter(|c| QUESTION_MARKS.contains(c)).count();
    let and = AND.iter().find(|(language, _)| *language == locale.language());
    if n_marks > 1 {
        let detail = "asks more than one question; one answer cannot say which it belongs to";
        advice.push(Fault::new(format!("{at}/question"), detail));
    } else if let Some((_, and)) = and.filter(|(_, and)| question.contains(and)) {
        let detail = format!(
            "asks about two things joined by \"{}\"; one answer cannot say which it belongs to",
            and.trim()
        );
        advice.push(Fault::new(format!("{at}/question"), detail));
    }
    // The statement of an effort score says "easy" by design; what leads there is praise as well.
    let is_whole = |word: &str| {
        question.match_indices(word).any(|(start, _)| {
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !is_letter(question[..start].chars().next_back())
                && !is_letter(question[start + word.len()..].chars().next())
        })
    };
    let leading = LEADING.into_iter().find(|word| is_whole(word));
    if let Some(word) = leading.filter(|_| locale.language() == "en") {
        let metric = definition.outline().question.metric.name();
        let detail = format!("says \"{word}\", which leads; a {metric} needs a neutral question");
        advice.push(Fault::new(format!("{at}/question"), detail));
    }
}

/// How wide a text is, in halves of a Chinese character; marks above or below others have no width.
fn width(text: &str) -> usize {
    let of_char = |c: char| match u32::from(c) {
        0x0591..=0x05c7 | 0x064b..=0x0652 | 0x0e31 | 0x0e34..=0x0e3a | 0x0e47..=0x0e4e => 0,
        0x0900..=0x0903 | 0x093a | 0x093c | 0x0941..=0x0948 | 0x094d => 0,
        0x1100..=0x11ff | 0x2e80..=0xd7a3 | 0xff00..=0xff60 => 2,
        _ => 1,
    };
    text.chars().map(of_char).sum()
}
