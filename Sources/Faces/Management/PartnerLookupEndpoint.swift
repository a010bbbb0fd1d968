package import Delivery
package import DossierModel
package import HTTPKit
import JSONKit
package import Reception
package import ServiceKit

/// `POST /v1/lookups/{party}/{lookup}`: a party asks another system through the gateway and waits for the answer.
///
/// The body is a JSON object of the lookup's parameters, so that numbers of citizens stand in no address. The answer is the
/// canonical document in XML. Nothing of question and answer is kept; the log has a line for each question: who asked whom
/// what, how it ended and how long it took.
package final class PartnerLookupEndpoint: HTTPHandler {
  /// Bytes of a question.
  package static let questionBytesLimit = 16 * 1_024

  private let desk: LookupDesk
  private let authenticator: Authenticator
  /// As `<party>/<lookup>`, by who asks.
  private let permissions: [PartyID: Set<String>]
  private let read: @Sendable (_ lookup: String, _ answer: [UInt8]) -> [UInt8]?
  private let questions: MetricFamily<Counter>
  private let log: Log
  private let time: any TimeSource

  package init(
    desk: LookupDesk, authenticator: Authenticator, permissions: [PartyID: Set<String>],
    read: @escaping @Sendable (_ lookup: String, _ answer: [UInt8]) -> [UInt8]?, metrics: Metrics, log: Log,
    time: any TimeSource
  ) {
    self.desk = desk
    self.authenticator = authenticator
    self.permissions = permissions
    self.read = read
    questions = metrics.counters(
      "lienthong_lookups_total", "Questions to partners, by partner and outcome.", labels: ["partner", "outcome"],
      seriesLimit: 4_000)
    self.log = log
    self.time = time
  }

  package func handle(_ request: HTTPRequest, reply: HTTPReply) {
    guard let asker = authenticator.party(of: request) else { return reply.send(Problem.response(.unauthenticated)) }
    do throws(Refusal) {
      let name = request.path.suffix(2).joined(separator: "/")
      guard permissions[asker.id]?.contains(name) == true else {
        throw Refusal(
          .forbidden, english: "this party may not make this lookup (see `lookups` of its file)",
          vietnamese: "bên này không được phép tra cứu nội dung này")
      }
      ask(name, try Self.parameters(in: request.body), for: asker, reply)
    } catch {
      reply.send(Problem.response(error))
    }
  }

  private func ask(_ name: String, _ parameters: [String: String], for asker: Party, _ reply: HTTPReply) {
    let parts = name.split(separator: "/").map(String.init)
    let (partner, lookup) = (PartyID(parts[0]), parts[1])
    if let parameter = desk.complaint(about: parameters, of: partner, lookup) {
      return reply.send(Problem.response(Self.wrong(parameter)))
    }
    let began = time.monotonic()
    desk.ask(partner, lookup, parameters) { [self] result in
      let (word, response) = answer(result, to: name)
      questions.labelled(partner.text, word).increment()
      log.info(
        "lookup",
        [
          .party(asker.id.text), .destination(partner.text), .service(lookup), .outcome(word),
          .duration(time.monotonic() - began),
        ])
      reply.send(response)
    }
  }

  private func answer(_ result: LookupResult, to name: String) -> (word: String, response: HTTPResponse) {
    switch result {
    case .found(let body):
      guard let document = read(name, body) else {
        return ("unreadable", Problem.response(Self.unavailable("its answer cannot be read", "không đọc được trả lời")))
      }
      let headers: HTTPHeaders = ["Content-Type": "application/xml; charset=utf-8", "Cache-Control": "no-store"]
      return (result.word, HTTPResponse(status: 200, headers: headers, body: document))
    case .notFound:
      return (
        result.word,
        Problem.response(
          Refusal(
            .noRecord, english: "the system that was asked has nothing of this kind",
            vietnamese: "hệ thống được hỏi không có thông tin này"))
      )
    case .refused:
      return (
        result.word,
        Problem.response(
          Refusal(
            .partnerRefused, english: "the system that was asked refuses this question",
            vietnamese: "hệ thống được hỏi từ chối câu hỏi này"))
      )
    case .unavailable(let reason):
      return (
        result.word, Problem.response(Self.unavailable("no answer (\(reason.rawValue))", "không có trả lời"))
      )
    case .busy:
      return (
        result.word,
        Problem.response(
          Refusal(
            .tooManyRequests, english: "too many questions to this system are under way",
            vietnamese: "đang có quá nhiều câu hỏi tới hệ thống này"))
      )
    }
  }

  private static func unavailable(_ english: String, _ vietnamese: String) -> Refusal {
    Refusal(.partnerUnavailable, english: english, vietnamese: vietnamese)
  }

  private static func wrong(_ parameter: String) -> Refusal {
    Refusal(
      .invalid, english: "the parameter ‘\(parameter)’ is missing, not known, or not of its form",
      vietnamese: "tham số ‘\(parameter)’ thiếu, không có hoặc không đúng dạng")
  }

  /// The parameters of a question: an object of texts.
  private static func parameters(in body: [UInt8]) throws(Refusal) -> [String: String] {
    guard body.count <= questionBytesLimit else {
      throw Refusal(
        .tooLarge, english: "a question has \(questionBytesLimit) bytes at most",
        vietnamese: "câu hỏi dài nhất \(questionBytesLimit) byte")
    }
    guard let root = try? JSONDocument(parsing: body).root, root.kind == .object else {
      throw Refusal(
        .malformed, english: "the question is no JSON object of parameters",
        vietnamese: "câu hỏi không phải là đối tượng JSON của các tham số")
    }
    var parameters: [String: String] = [:]
    for member in root.members {
      guard let text = member.value.string else { throw wrong(String(member.name)) }
      parameters[String(member.name)] = text
    }
    return parameters
  }
}
