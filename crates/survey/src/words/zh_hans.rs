//! Chinese in simplified characters.

use super::Entry;

pub(super) const WORDS: Entry = Entry {
    send: "提交",
    skip: "跳过",
    close: "关闭",
    retry: "重试",
    notice: "选择后即发送评分，其余内容在点击“提交”后发送。",
    personal: "联系方式、银行卡号和账号会在发送前移除。",
    choose: "请先选择一个评分。",
    sending: "正在提交…",
    retrying: "未能送达，正在重试…",
    sent: "已提交，谢谢！",
    failed: "暂时无法提交。内容没有丢失，仍保留在这里。",
    refused: "您的回答未被接受。您填写的内容仍保留在这里。",
    other: "其他",
    score_few: "已有 {n} 份回答，满 {needed} 份后显示得分",
    score_answers: "回答数：{n}",
    score_interval: "{confidence} 置信区间：{low} 至 {high}",
};
