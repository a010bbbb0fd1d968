import CryptographyKit
import DocumentKit
package import DossierModel
import DossierStore
package import HTTPKit
import JSONKit
import XMLKit

/// `POST /callbacks/<profile>/<path>`: one message of a partner that calls us by its own rules.
///
/// What it calls its body does not matter: the path says what comes. The same bytes again are the same message, and are
/// answered as the first time, or as the partner wants it said that it was there.
package final class CallbackEndpoint: HTTPHandler {
  private let profile: CallbackProfile
  private let type: MessageType
  private let intake: MessageIntake
  private let authenticator: Authenticator
  /// Who may sign what comes here with a checksum, and its secret.
  private let signers: [(party: PartyID, secret: String)]

  package init(
    _ profile: CallbackProfile, type: MessageType, intake: MessageIntake, authenticator: Authenticator,
    signers: [(party: PartyID, secret: String)] = []
  ) {
    self.signers = signers
    self.profile = profile
    self.type = type
    self.intake = intake
    self.authenticator = authenticator
  }

  package func handle(_ request: HTTPRequest, reply: HTTPReply) {
    switch profile.key {
    case .standard: take(request, from: authenticator.party(of: request), reply: reply)
    case .header(let name): take(request, from: authenticator.party(showingKey: request.headers[name]), reply: reply)
    case .member(let name): take(request, showing: name, reply: reply)
    case .checksum(let checksum): take(request, proving: checksum, reply: reply)
    }
  }

  /// Nothing of the body is looked at further before a checksum proves who made it.
  private func take(_ request: HTTPRequest, proving checksum: CallbackChecksum, reply: HTTPReply) {
    do throws(Refusal) {
      let (source, json) = try MessageEndpoint.parse(request.body, as: type.format)
      // Every signer is tried, so that the time says nothing about which of them it was.
      var signer: PartyID?
      for candidate in signers where checksum.isValid(in: json, secret: candidate.secret) { signer = candidate.party }
      guard let sender = authenticator.party(signer) else { return reply.send(profile.refusals.stranger(at: intake)) }
      submit(request, source, json, body: request.body, from: sender, reply: reply)
    } catch {
      reply.send(profile.refusals.response(intake.refuse(error, from: nil)))
    }
  }

  private func take(_ request: HTTPRequest, from sender: Party?, reply: HTTPReply) {
    guard let sender else { return reply.send(profile.refusals.stranger(at: intake)) }
    do throws(Refusal) {
      let (source, json) = try MessageEndpoint.parse(request.body, as: type.format)
      submit(request, source, json, body: request.body, from: sender, reply: reply)
    } catch {
      reply.send(profile.refusals.response(intake.refuse(error, from: sender.id)))
    }
  }

  /// Before the body is read nobody knows who sent it.
  private func take(_ request: HTTPRequest, showing member: String, reply: HTTPReply) {
    do throws(Refusal) {
      let (source, json) = try MessageEndpoint.parse(request.body, as: type.format)
      guard let key = json?[member], let sender = authenticator.party(showingKey: key.string) else {
        return reply.send(profile.refusals.stranger(at: intake))
      }
      var body = request.body
      body.replaceSubrange(key.byteRange, with: "\"\"".utf8)
      submit(request, source, json, body: body, from: sender, reply: reply)
    } catch {
      reply.send(profile.refusals.response(intake.refuse(error, from: nil)))
    }
  }

  private func submit(
    _ request: HTTPRequest, _ source: DocumentTree, _ json: JSONValue?, body: [UInt8], from sender: Party,
    reply: HTTPReply
  ) {
    let submission = Submission(
      type: type, source: source, root: source.root, json: json, body: body,
      traceparent: TraceParent.accepted(request.headers["traceparent"]))
    intake.submit([submission], from: sender) { [profile] result in
      switch result {
      case .success(let messages):
        let isKnown = messages.contains(where: \.isDuplicate)
        reply.send(((isKnown ? profile.alreadyThere : nil) ?? profile.accepted).response())
      case .failure(let refusal): reply.send(profile.refusals.response(refusal))
      }
    }
  }
}
