import DocumentKit
package import DossierModel
package import HTTPKit
import JSONKit
package import ServiceKit

/// `POST /callbacks/<profile>/<list>`, where a partner fetches a list that the site keeps for it.
///
/// The caller proves who it is as with messages. A party for which the site keeps no such list is refused in the partner's words. The
/// answers are made when the gateway starts, so a request costs a look into a table; the log has a line for each.
package final class ListEndpoint: HTTPHandler {
  /// Bytes of a request.
  package static let requestBytesLimit = 16 * 1_024

  private let list: CallbackList
  private let profile: CallbackProfile
  private let answers: [PartyID: [UInt8]]
  private let intake: MessageIntake
  private let authenticator: Authenticator
  private let log: Log

  /// - Parameter answers: to whom which answer is given.
  package init(
    _ list: CallbackList, of profile: CallbackProfile, answers: [PartyID: [UInt8]], intake: MessageIntake,
    authenticator: Authenticator, log: Log
  ) {
    self.list = list
    self.profile = profile
    self.answers = answers
    self.intake = intake
    self.authenticator = authenticator
    self.log = log
  }

  package func handle(_ request: HTTPRequest, reply: HTTPReply) {
    do throws(Refusal) {
      guard let caller = try caller(of: request) else {
        return reply.send(profile.refusals.stranger(at: intake))
      }
      guard let answer = answers[caller.id] else {
        log.info("list", [.party(caller.id.text), .service(list.path), .outcome(FaultCode.notFound.rawValue)])
        let refusal = Refusal(
          .notFound, english: "this site keeps no such list for this party (see `lists` of its file)",
          vietnamese: "trục liên thông chưa có danh mục này cho bên gọi")
        return reply.send(profile.refusals.response(intake.refuse(refusal, from: caller.id)))
      }
      log.info("list", [.party(caller.id.text), .service(list.path), .outcome("given")])
      reply.send(
        HTTPResponse(
          status: list.given.status, headers: list.given.contentType.map { ["Content-Type": $0] } ?? [:], body: answer))
    } catch {
      reply.send(profile.refusals.response(intake.refuse(error, from: nil)))
    }
  }

  private func caller(of request: HTTPRequest) throws(Refusal) -> Party? {
    guard request.body.count <= Self.requestBytesLimit else {
      throw Refusal(
        .tooLarge, english: "a request for a list has \(Self.requestBytesLimit) bytes at most",
        vietnamese: "yêu cầu danh mục dài nhất \(Self.requestBytesLimit) byte")
    }
    switch profile.key {
    case .standard: return authenticator.party(of: request)
    case .header(let name): return authenticator.party(showingKey: request.headers[name])
    case .member(let name):
      let (_, json) = try MessageEndpoint.parse(request.body, as: .json)
      return authenticator.party(showingKey: json?[name]?.string)
    // A profile with both is refused when it is read: a request for a list has no fields to make a checksum of.
    case .checksum: return nil
    }
  }
}
