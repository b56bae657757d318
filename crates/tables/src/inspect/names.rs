//! Words in the names of columns that say what a column is for, in a few languages.

use super::Role;
use scoring::Metric;

/// A word, how it has to stand in the name, and what it says.
struct Word(&'static str, Role);

/// The more telling words first. Chinese and Japanese words fit anywhere in a name, others only
/// as whole words or as the beginning of one that is marked with `*`.
const WORDS: &[Word] = &[
    Word("nps", Role::Score),
    Word("csat", Role::Score),
    Word("ces", Role::Score),
    Word("recommend*", Role::Score),
    Word("satisf*", Role::Score),
    Word("rating", Role::Score),
    Word("stars", Role::Score),
    Word("score", Role::Score),
    Word("effort", Role::Score),
    Word("easy", Role::Score),
    Word("推荐", Role::Score),
    Word("推薦", Role::Score),
    Word("满意", Role::Score),
    Word("滿意", Role::Score),
    Word("満足", Role::Score),
    Word("评分", Role::Score),
    Word("評分", Role::Score),
    Word("打分", Role::Score),
    Word("得分", Role::Score),
    Word("分数", Role::Score),
    Word("分數", Role::Score),
    Word("点数", Role::Score),
    Word("評価", Role::Score),
    Word("スコア", Role::Score),
    Word("费力", Role::Score),
    Word("省力", Role::Score),
    Word("bewertung", Role::Score),
    Word("weiterempf*", Role::Score),
    Word("zufrieden*", Role::Score),
    Word("recomend*", Role::Score),
    Word("recommand*", Role::Score),
    Word("puntuación", Role::Score),
    Word("calificación", Role::Score),
    Word("avaliação", Role::Score),
    Word("nota", Role::Score),
    Word("weight*", Role::Weight),
    Word("权重", Role::Weight),
    Word("權重", Role::Weight),
    Word("重み", Role::Weight),
    Word("gewicht*", Role::Weight),
    Word("reason*", Role::Reasons),
    Word("原因", Role::Reasons),
    Word("理由", Role::Reasons),
    Word("grund", Role::Reasons),
    Word("gründe", Role::Reasons),
    Word("raison*", Role::Reasons),
    Word("motivo*", Role::Reasons),
    Word("comment*", Role::Comment),
    Word("feedback", Role::Comment),
    Word("verbatim*", Role::Comment),
    Word("remark*", Role::Comment),
    Word("why", Role::Comment),
    Word("评论", Role::Comment),
    Word("評論", Role::Comment),
    Word("意见", Role::Comment),
    Word("意見", Role::Comment),
    Word("反馈", Role::Comment),
    Word("留言", Role::Comment),
    Word("建议", Role::Comment),
    Word("コメント", Role::Comment),
    Word("kommentar*", Role::Comment),
    Word("commentaire*", Role::Comment),
    Word("comentario*", Role::Comment),
    Word("comentário*", Role::Comment),
    Word("submitted", Role::Time),
    Word("responded", Role::Time),
    Word("answered", Role::Time),
    Word("completed", Role::Time),
    Word("timestamp", Role::Time),
    Word("time", Role::Time),
    Word("date", Role::Time),
    Word("created", Role::Time),
    Word("时间", Role::Time),
    Word("時間", Role::Time),
    Word("日期", Role::Time),
    Word("日時", Role::Time),
    Word("日付", Role::Time),
    Word("datum", Role::Time),
    Word("fecha", Role::Time),
    Word("data", Role::Time),
    Word("channel", Role::Segment),
    Word("country", Role::Segment),
    Word("region", Role::Segment),
    Word("language", Role::Segment),
    Word("locale", Role::Segment),
    Word("product", Role::Segment),
    Word("plan", Role::Segment),
    Word("device", Role::Segment),
    Word("store", Role::Segment),
    Word("team", Role::Segment),
    Word("group", Role::Segment),
    Word("segment", Role::Segment),
    Word("渠道", Role::Segment),
    Word("国家", Role::Segment),
    Word("國家", Role::Segment),
    Word("地区", Role::Segment),
    Word("地區", Role::Segment),
    Word("产品", Role::Segment),
    Word("產品", Role::Segment),
    Word("门店", Role::Segment),
    Word("kanal", Role::Segment),
    Word("land", Role::Segment),
    Word("canal", Role::Segment),
    Word("pays", Role::Segment),
    Word("país", Role::Segment),
];

/// Words that name the question that was asked.
const METRIC_WORDS: &[(&str, Metric)] = &[
    ("nps", Metric::Nps),
    ("recommend*", Metric::Nps),
    ("recommand*", Metric::Nps),
    ("recomend*", Metric::Nps),
    ("weiterempf*", Metric::Nps),
    ("推荐", Metric::Nps),
    ("推薦", Metric::Nps),
    ("csat", Metric::Csat),
    ("satisf*", Metric::Csat),
    ("zufrieden*", Metric::Csat),
    ("满意", Metric::Csat),
    ("滿意", Metric::Csat),
    ("満足", Metric::Csat),
    ("ces", Metric::Ces),
    ("effort", Metric::Ces),
    ("easy", Metric::Ces),
    ("费力", Metric::Ces),
    ("省力", Metric::Ces),
];

/// The first word in `name` that stands for `role`, without its mark.
pub(super) fn word_for(name: &str, role: Role) -> Option<&'static str> {
    let parts = parts(name);
    WORDS.iter().filter(|word| word.1 == role).find_map(|word| found(&parts, word.0))
}

/// The question that `name` speaks of, and the word that says so.
pub(super) fn metric(name: &str) -> Option<(Metric, &'static str)> {
    let parts = parts(name);
    METRIC_WORDS.iter().find_map(|&(word, metric)| Some((metric, found(&parts, word)?)))
}

/// Whether a name is that of a number by which something is called, and not counted.
pub(super) fn is_id(name: &str) -> bool {
    let parts = parts(name);
    ["id", "uuid", "respnum", "number", "no", "编号", "序号", "編號", "phone", "zip", "ip"]
        .iter()
        .any(|word| found(&parts, word).is_some())
}

/// The words of a name in small letters: `npsScore_2` has `nps`, `score` and `2`.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut is_after_small = false;
    for c in name.chars() {
        let begins = c.is_uppercase() && is_after_small;
        is_after_small = c.is_lowercase() || c.is_ascii_digit();
        if begins || !c.is_alphanumeric() {
            parts.push(String::new());
        }
        if c.is_alphanumeric() {
            parts.last_mut().expect("it begins with one part").extend(c.to_lowercase());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// `word` without its mark, when one of the parts is it or begins with it.
fn found(parts: &[String], word: &'static str) -> Option<&'static str> {
    let bare = word.trim_end_matches('*');
    let fits = |part: &String| {
        if bare.chars().any(|c| c >= '\u{2e80}') {
            part.contains(bare)
        } else if word.len() > bare.len() {
            part.starts_with(bare)
        } else {
            part == bare
        }
    };
    parts.iter().any(fits).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, role: Role, expected: Option<&str>) {
        assert_eq!(word_for(name, role), expected, "{name}");
    }

    #[test]
    fn words_are_found_in_names_however_they_are_written() {
        check("NPS", Role::Score, Some("nps"));
        check("npsScore", Role::Score, Some("nps"));
        check("Satisfaction Score", Role::Score, Some("satisf"));
        check("How likely are you to recommend us?", Role::Score, Some("recommend"));
        check("您的评分（1-5）", Role::Score, Some("评分"));
        check("顧客滿意度", Role::Score, Some("滿意"));
        check("Submit Date (UTC)", Role::Time, Some("date"));
        check("created_at", Role::Time, Some("created"));
        check("Gründe", Role::Reasons, Some("gründe"));
    }

    #[test]
    fn words_within_other_words_say_nothing() {
        check("process", Role::Score, None);
        check("update", Role::Time, None);
        check("scoreboard", Role::Score, None);
        check("", Role::Score, None);
    }

    #[test]
    fn names_of_metrics_are_told_apart() {
        let metric = |name| metric(name).map(|(metric, _)| metric);
        assert_eq!(metric("likelihood_to_recommend"), Some(Metric::Nps));
        assert_eq!(metric("CSAT score"), Some(Metric::Csat));
        assert_eq!(metric("It was easy to get help"), Some(Metric::Ces));
        assert_eq!(metric("rating"), None);
    }
}
