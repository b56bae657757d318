//! Japanese.

use super::Entry;

pub(super) const WORDS: Entry = Entry {
    send: "送信",
    skip: "スキップ",
    close: "閉じる",
    retry: "再試行",
    notice: "点数は選択した時点で送信され、それ以外は「送信」を押すと送信されます。",
    personal: "連絡先、カード、口座の情報は送信前に取り除かれます。",
    choose: "先に点数を選んでください。",
    sending: "送信しています…",
    retrying: "送信できませんでした。再試行しています…",
    sent: "送信しました。ありがとうございます。",
    failed: "回答をまだ送信できていません。入力内容は失われず、ここに残っています。",
    refused: "回答を受け付けられませんでした。入力内容はここに残っています。",
    other: "その他",
    score_few: "スコアの表示に必要な {needed} 件のうち {n} 件の回答",
    score_answers: "回答数：{n}",
    score_interval: "{confidence} 信頼区間：{low}～{high}",
};
