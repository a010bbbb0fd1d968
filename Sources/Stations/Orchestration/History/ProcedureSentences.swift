import DossierModel
package import ServiceKit

/// Tells what happened to an instance, for operators: one sentence for an event and one for each thing done because of it.
///
/// No sentence has a result or anything else of the citizen: results are named and not told.
package struct ProcedureSentences: Sendable {
  private let definition: ProcedureDefinition

  package init(_ definition: ProcedureDefinition) { self.definition = definition }

  func beginning(dueAt: Timestamp?) -> String {
    "Tiếp nhận hồ sơ" + (dueAt.map { ", hẹn trả \(Self.text($0))" } ?? "")
  }

  package func sentence(_ event: ProcedureEvent) -> String {
    switch event {
    case .delivered(let step, let round): "\(title(step)): hồ sơ đã đến nơi (lần \(round))"
    case .answered(let step, let answer): "\(title(step)): \(words(answer))"
    case .appointed(let step, let moment): "\(title(step)): hẹn trả kết quả \(Self.text(moment))"
    case .supplemented: "Công dân đã bổ sung hồ sơ"
    case .paid: "Công dân đã thực hiện nghĩa vụ tài chính"
    case .withdrawn: "Công dân rút hồ sơ"
    case .cancelled: "Người vận hành hủy thủ tục"
    case .assigned(let step, let party): "\(title(step)): người vận hành giao cho \(party)"
    case .clock: "Đến giờ hẹn"
    case .forecast(let step, _, let expected, _): "\(title(step)): dự kiến trả lời \(Self.text(expected))"
    }
  }

  package func sentence(_ instruction: ProcedureInstruction, of instance: ProcedureInstance) -> String {
    switch instruction {
    case .send(let step, let round, let occasion):
      "\(title(step)): gửi đến \(agency(step, instance)) (lần \(round)\(words(occasion)))\(dueWords(instance[step].dueAt))"
    case .tell(let step, let notice): "\(title(step)): báo \(agency(step, instance)) \(words(notice))"
    case .inform(let information): "Báo nơi gửi và Cổng: \(words(information))"
    case .alarm(let alarm): "Cần xem: \(words(alarm))"
    }
  }

  private func title(_ step: StepID?) -> String {
    guard let step else { return "Toàn bộ thủ tục" }
    return definition[step].map { "\($0.title)" } ?? step.text
  }

  private func agency(_ step: StepID, _ instance: ProcedureInstance) -> String { instance[step].agency?.text ?? "?" }

  private func dueWords(_ due: Timestamp?) -> String { due.map { ", hẹn trả lời \(Self.text($0))" } ?? "" }

  private func words(_ answer: StepAnswer) -> String {
    switch answer {
    case .taken: "cơ quan đã nhận và đang xử lý"
    case .done(let results):
      "đã xong" + (results.isEmpty ? "" : ", có \(results.keys.sorted().joined(separator: ", "))")
    case .refused: "cơ quan từ chối"
    case .supplementRequested: "cơ quan yêu cầu bổ sung"
    case .paymentRequested: "cơ quan yêu cầu thực hiện nghĩa vụ tài chính"
    case .returned(let target): "cơ quan chuyển trả về bước “\(title(target))”"
    }
  }

  private func words(_ occasion: ProcedureInstruction.Occasion) -> String {
    switch occasion {
    case .first: ""
    case .supplemented: ", đã bổ sung"
    case .givenBack: ", làm lại"
    }
  }

  private func words(_ notice: ProcedureInstruction.Notice) -> String {
    switch notice {
    case .paid: "công dân đã nộp"
    case .withdrawn: "công dân đã rút hồ sơ"
    case .stopped: "thủ tục đã dừng"
    case .completed: "thủ tục đã kết thúc"
    case .returned: "công dân đã nhận kết quả"
    }
  }

  func words(_ information: ProcedureInstruction.Information) -> String {
    switch information {
    case .accepted(let step): "hồ sơ được tiếp nhận" + (step.map { " tại “\(title($0))”" } ?? "")
    case .appointed(_, let moment): "hẹn trả kết quả \(Self.text(moment))"
    case .supplementRequested(let step, let until):
      "cần bổ sung cho “\(title(step))”" + (until.map { ", hạn \(Self.text($0))" } ?? "")
    case .paymentRequested(let step): "cần thực hiện nghĩa vụ tài chính cho “\(title(step))”"
    case .supplementLapsed(let step): "quá hạn bổ sung cho “\(title(step))”"
    case .refused(let step): "“\(title(step))” bị từ chối"
    case .givenBack(let step, let target): "“\(title(step))” chuyển trả về “\(title(target))”"
    case .onItsWay(let step): "hồ sơ đã giải quyết xong, đang “\(title(step))”"
    case .ended(let outcome): words(outcome)
    }
  }

  package func words(_ outcome: ProcedureOutcome) -> String {
    switch outcome {
    case .completed: "thủ tục đã hoàn thành"
    case .partlyCompleted: "thủ tục kết thúc, một phần bị từ chối"
    case .refused(let step): "thủ tục kết thúc do “\(title(step))” bị từ chối"
    case .withdrawn: "thủ tục kết thúc do công dân rút hồ sơ"
    case .cancelled: "thủ tục bị hủy"
    }
  }

  private func words(_ alarm: ProcedureInstruction.Alarm) -> String {
    switch alarm {
    case .blocked(let step, let missing): "“\(title(step))” chưa thể bắt đầu, thiếu \(missing.joined(separator: ", "))"
    case .withoutAgency(let step): "“\(title(step))” chưa có cơ quan thực hiện"
    case .dueSoon(let step): "\(title(step)) sắp đến hạn"
    case .late(let step, let holder): "\(title(step)) đã quá hạn, \(words(holder))"
    case .cannotMakeIt(let step, let expected, let holder):
      "\(title(step)) khó kịp hạn: dự kiến \(Self.text(expected)), \(words(holder))"
    case .unexpected(let step, let state):
      "“\(title(step))” có tin không khớp với trạng thái \(state.rawValue); không đổi gì"
    case .tooManySupplements(let step): "“\(title(step))” yêu cầu bổ sung quá số lần quy định"
    case .resultMissing(let step, let name): "“\(title(step))” báo xong nhưng không có \(name)"
    case .tooManyRounds(let step): "“\(title(step))” đã làm lại quá \(ProcedureLimits.rounds) lần"
    case .afterTheEnd: "có tin đến sau khi thủ tục đã kết thúc; không đổi gì"
    case .withoutDeadline(let step): "\(title(step)) không tính được hạn; xem lịch làm việc"
    }
  }

  private func words(_ holder: Holder) -> String {
    switch holder {
    case .transport: "hồ sơ còn trên đường truyền"
    case .agency: "hồ sơ ở cơ quan"
    }
  }

  /// `20/11/2026 16:10`, by Viet Nam's clock.
  package static func text(_ moment: Timestamp) -> String {
    let date = CivilDay(moment, offset: .vietnam).date
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(date.day))/\(two(date.month))/\(date.year) \(TimeOfDay(moment, offset: .vietnam))"
  }
}
