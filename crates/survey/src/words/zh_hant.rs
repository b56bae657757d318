//! Chinese in traditional characters.

use super::Entry;

pub(super) const WORDS: Entry = Entry {
    send: "送出",
    skip: "略過",
    close: "關閉",
    retry: "重試",
    notice: "選擇後即送出評分，其餘內容在按下「送出」後送出。",
    personal: "聯絡方式、銀行卡號和帳號會在送出前移除。",
    choose: "請先選擇一個評分。",
    sending: "正在送出…",
    retrying: "未能送達，正在重試…",
    sent: "已送出，謝謝！",
    failed: "暫時無法送出。內容沒有遺失，仍保留在這裡。",
    refused: "您的回答未被接受。您填寫的內容仍保留在這裡。",
    other: "其他",
    score_few: "已有 {n} 份回答，滿 {needed} 份後顯示得分",
    score_answers: "回答數：{n}",
    score_interval: "{confidence} 信賴區間：{low} 至 {high}",
};
