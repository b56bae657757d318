//! Vietnamese.

use super::Entry;

pub(super) const WORDS: Entry = Entry {
    send: "Gửi",
    skip: "Bỏ qua",
    close: "Đóng",
    retry: "Thử lại",
    notice: "Điểm của bạn được gửi ngay khi bạn chọn, phần còn lại khi bạn nhấn “Gửi”.",
    personal: "Thông tin liên hệ, thẻ và tài khoản được xóa trước khi gửi.",
    choose: "Vui lòng chọn điểm trước.",
    sending: "Đang gửi…",
    retrying: "Chưa gửi được. Đang thử lại…",
    sent: "Đã gửi. Xin cảm ơn!",
    failed: "Chưa thể gửi câu trả lời của bạn. Không có gì bị mất: nội dung vẫn còn ở đây.",
    refused: "Câu trả lời của bạn không được chấp nhận. Nội dung bạn viết vẫn còn ở đây.",
    other: "Điều khác",
    score_few: "{n} trong số {needed} câu trả lời cần có để tính điểm",
    score_answers: "Số câu trả lời: {n}",
    score_interval: "{low} đến {high} với độ tin cậy {confidence}",
};
