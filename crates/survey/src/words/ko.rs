//! Korean.

use super::Entry;

pub(super) const WORDS: Entry = Entry {
    send: "보내기",
    skip: "건너뛰기",
    close: "닫기",
    retry: "다시 시도",
    notice: "점수는 선택하는 즉시, 나머지는 ‘보내기’를 누르면 전송됩니다.",
    personal: "연락처, 카드, 계좌 정보는 보내기 전에 제거됩니다.",
    choose: "먼저 점수를 선택해 주세요.",
    sending: "보내는 중…",
    retrying: "전송하지 못했습니다. 다시 시도하는 중…",
    sent: "보냈습니다. 감사합니다!",
    failed: "답변을 아직 보내지 못했습니다. 내용은 사라지지 않고 여기에 그대로 있습니다.",
    refused: "답변이 접수되지 않았습니다. 작성하신 내용은 여기에 그대로 있습니다.",
    other: "기타",
    score_few: "점수 표시에 필요한 답변 {needed}개 중 {n}개",
    score_answers: "답변 수: {n}",
    score_interval: "{confidence} 신뢰 구간: {low}~{high}",
};
