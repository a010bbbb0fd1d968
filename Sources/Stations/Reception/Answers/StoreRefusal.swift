package import DossierModel
package import DossierStore

extension Refusal {
  /// What a sender is told when the store could not take its message: nothing was kept, or nobody knows; send it again
  /// later.
  package static func notStored(_ error: StoreError) -> Refusal {
    switch error.code {
    case .unavailable, .closed, .unusable:
      Refusal(
        .unavailable, english: "nothing was stored; send the same message again later, with the same key",
        vietnamese: "chưa lưu được; hãy gửi lại đúng thông điệp này sau, với cùng khóa")
    case .overloaded:
      Refusal(
        .unavailable,
        english:
          "more messages wait to be stored than may wait; nothing was stored; send the same message again later, "
          + "with the same key",
        vietnamese:
          "quá nhiều thông điệp đang chờ lưu; chưa lưu được; hãy gửi lại đúng thông điệp này sau, với cùng khóa"
      )
    case .uncertain:
      Refusal(
        .unavailable, english: "it may be stored or not; send the same message again later, with the same key",
        vietnamese: "chưa rõ đã lưu hay chưa; hãy gửi lại đúng thông điệp này sau, với cùng khóa")
    case .internal:
      Refusal(
        .internal, english: "nothing was stored because of a fault of the gateway; its operator sees it in the log",
        vietnamese: "chưa lưu được do lỗi của trục liên thông; người vận hành thấy lỗi trong nhật ký")
    }
  }
}
