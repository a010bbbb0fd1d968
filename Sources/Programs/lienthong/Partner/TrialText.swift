import Delivery
import DocumentKit
import DossierModel
import DossierStore
import HTTPKit

/// The steps of a trial as text: requests with `>`, answers with `<`, what they mean with `=`.
enum TrialText {
  /// The most bytes of a body that are shown.
  static let bodyLimit = 4_096

  static func print(_ step: TrialStep, in language: Language) {
    func say(_ sentence: Sentence) { Terminal.print(sentence.text(in: language)) }
    switch step {
    case .sent(let request):
      let what = request.variant.isEmpty ? request.purpose.rawValue : "\(request.purpose.rawValue), \(request.variant)"
      Terminal.print("\n> \(request.method) \(request.url)   (\(what))")
      for header in request.headers { Terminal.print("> \(header.name): \(header.value)") }
      show(request.body, mark: ">", in: language)
    case .answered(let answer):
      Terminal.print("< HTTP \(answer.status)" + (answer.contentType.map { ", \($0)" } ?? ""))
      if let body = answer.body {
        show(body, mark: "<", in: language)
      } else {
        say(Sentence("< (not shown: it holds the token)", "< (không hiện: có chứa token)"))
      }
      Terminal.print("= \(answer.reading)")
    case .failed(let kind):
      let why = words(for: kind)
      say(
        Sentence(
          "= no answer: \(kind.rawValue) (\(why))", "= không có câu trả lời: \(kind.rawValue) (\(why.vietnamese))"))
    case .ended(let outcome): say(Sentence(same: "\n") + words(for: outcome))
    case .found(let items):
      for item in items {
        let name = shown(item.name)
        say(
          Sentence(
            "\n* \(name): \(item.bytes.count) bytes, would go down the line",
            "\n* \(name): \(item.bytes.count) byte, sẽ được đưa vào trục"))
        show(item.bytes, mark: "*", in: language)
      }
    case .withheld(let request):
      let call = "\(request.method) \(shown(request.url))"
      say(
        Sentence(
          "~ \(call)   (would be sent now, and is not: nothing was taken in)",
          "~ \(call)   (lẽ ra gửi lúc này, nhưng không gửi: chưa nhận gì)"))
    case .polled(let trial):
      for item in trial.unusable {
        let name = shown(item.name)
        say(Sentence("! \(name) would be kept: \(item.note)", "! \(name) sẽ được giữ lại: \(item.note)"))
      }
      say(Sentence(same: "\n") + words(for: trial))
    case .lookedUp(let result): say(Sentence(same: "\n") + words(for: result))
    }
  }

  private static func words(for kind: HTTPClientFailure.Kind) -> Sentence {
    switch kind {
    case .resolve: Sentence("the host's name has no address", "tên máy chủ không có địa chỉ")
    case .connect:
      Sentence(
        "nobody takes connections at this address; is it running, and does a firewall let us through?",
        "không ai nhận kết nối ở địa chỉ này; hệ thống có đang chạy và tường lửa có cho qua không?")
    case .tls:
      Sentence(
        "the certificate is of another authority, host or time, or TLS is not spoken there; see --authorities",
        "chứng thư thuộc tổ chức cấp, máy chủ hay thời hạn khác, hoặc ở đó không dùng TLS; xem --authorities")
    case .timeoutBeforeSend: Sentence("no connection in time; nothing was sent", "không kết nối kịp; chưa gửi gì")
    case .timeoutAfterSend:
      Sentence(
        "the request is there, and nothing came back in time; see --timeout",
        "yêu cầu đã tới nơi mà không có trả lời kịp; xem --timeout")
    case .brokenAfterSend:
      Sentence("the connection broke after the request was sent", "kết nối đứt sau khi đã gửi yêu cầu")
    case .tooLarge: Sentence("the answer is larger than the limit", "câu trả lời lớn hơn giới hạn")
    case .protocolError: Sentence("what came back is no HTTP", "nội dung nhận được không phải là HTTP")
    case .cancelled: Sentence("it was cancelled", "đã bị hủy")
    case .invalidRequest: Sentence("the request cannot be sent as it stands", "không gửi được yêu cầu như vậy")
    case .overloaded: Sentence("too much waits here already", "ở đây đã có quá nhiều việc chờ")
    }
  }

  private static func show(_ body: [UInt8], mark: String, in language: Language) {
    guard !body.isEmpty else { return }
    Terminal.print(mark)
    let text = String(decoding: body.prefix(bodyLimit), as: UTF8.self)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      Terminal.print("\(mark) " + shown(line))
    }
    guard body.count > bodyLimit else { return }
    let rest = body.count - bodyLimit
    Terminal.print(Sentence("\(mark) … \(rest) more bytes", "\(mark) … còn \(rest) byte").text(in: language))
  }

  /// What the partner answers may hold what a terminal obeys.
  private static func shown(_ text: some StringProtocol) -> String {
    String(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) })
  }

  private static func words(for trial: PollTrial) -> Sentence {
    let items = Sentence(trial.found == 1 ? "1 item" : "\(trial.found) items", "\(trial.found) mục")
    return switch trial.end {
    case .failed(let failure, note: let note):
      Sentence("The poll fails (\(failure.rawValue)): \(note).", "Lượt hỏi hỏng (\(failure.rawValue)): \(note).")
    case .done, .broken:
      Sentence(
        "\(items), and nothing after them. Nothing was taken in.",
        "\(items.vietnamese), sau đó không còn gì. Chưa nhận gì.")
    case nil:
      Sentence(
        "\(items), and the gateway would go on. Nothing was taken in.",
        "\(items.vietnamese), và trục sẽ hỏi tiếp. Chưa nhận gì.")
    }
  }

  private static func words(for result: LookupResult) -> Sentence {
    switch result {
    case .found: Sentence("The partner answers.", "Đối tác trả lời.")
    case .notFound: Sentence("The partner says that it has nothing of the kind.", "Đối tác nói không có gì như vậy.")
    case .refused: Sentence("The partner refuses the question.", "Đối tác từ chối câu hỏi.")
    case .unavailable(let reason):
      Sentence(
        "No answer that says anything (\(reason.rawValue)).", "Không có câu trả lời nào dùng được (\(reason.rawValue))."
      )
    case .busy: Sentence("Too many questions are under way.", "Đang có quá nhiều câu hỏi.")
    }
  }

  private static func words(for outcome: DeliveryOutcome) -> Sentence {
    switch outcome {
    case .accepted(alreadyThere: false): Sentence("The partner has the message.", "Đối tác đã có bản tin.")
    case .accepted(alreadyThere: true):
      Sentence("The partner says that it had the message before.", "Đối tác nói đã có bản tin này từ trước.")
    case .refused: Sentence("The partner refuses the message.", "Đối tác từ chối bản tin.")
    case .postponed(let failure, _):
      Sentence(
        "Not delivered (\(failure.rawValue)); the gateway would try again later.",
        "Chưa gửi được (\(failure.rawValue)); trục sẽ thử lại sau.")
    case .answerMissing(let failure), .leftUnknown(let failure, _):
      Sentence(
        "Whether the partner has the message is unknown (\(failure.rawValue)); the gateway would ask or send it again.",
        "Không rõ đối tác đã có bản tin chưa (\(failure.rawValue)); trục sẽ hỏi hoặc gửi lại.")
    }
  }
}
