import CryptographyKit
import DocumentKit
import DossierModel
import DossierStore
package import HTTPKit
import JSONKit
import ServiceKit

/// The gateway's own generation-A door: existing one-stop systems connect by changing an address.
///
/// It speaks the adapter protocol of the national portal (domain page §1.1–§1.5): login gives a `session`, every other
/// call names its `service`; answers are `{error_code, message, result}`. `DongBoHoSoMC` and `CapNhatTienDoHoSoMC` go
/// down the line, all elements of `data` or none; look-ups answer from the store and the site's dictionaries.
/// A refusal is an answer with HTTP 200, as clients of this tongue expect; only when nothing can be stored is it 503,
/// so that every client sends again.
package final class DVCQGFrontDoor: Sendable {
  let intake: MessageIntake
  let authenticator: Authenticator
  let sessions: SessionRegistry
  let verifier: SecretVerifier
  let dictionaries: DVCQGDictionaries

  package init(
    intake: MessageIntake, authenticator: Authenticator, sessions: SessionRegistry, verifier: SecretVerifier,
    dictionaries: DVCQGDictionaries
  ) {
    self.intake = intake
    self.authenticator = authenticator
    self.sessions = sessions
    self.verifier = verifier
    self.dictionaries = dictionaries
  }

  /// `POST {login}`.
  package var login: any HTTPHandler { ClosureHandler { [self] in logIn($0, reply: $1) } }
  /// `POST {service}`.
  package var service: any HTTPHandler { ClosureHandler { [self] in serve($0, reply: $1) } }

  private func logIn(_ request: HTTPRequest, reply: HTTPReply) {
    guard let body = try? JSONDocument(parsing: request.body).root, let username = body["username"]?.string,
      let password = body["password"]?.string
    else { return refuseLogin(reply) }
    let login = authenticator.login(username)
    verifier.verify(password, against: login?.password) { [self] verdict in
      switch verdict {
      case .matches:
        guard let login else { return refuseLogin(reply) }
        reply.send(DVCQGAnswer.loggedIn(session: sessions.open(for: login.party)))
      case .differs: refuseLogin(reply)
      case .busy: reply.send(DVCQGAnswer.busy)
      }
    }
  }

  private func refuseLogin(_ reply: HTTPReply) {
    intake.refuse(.unauthenticated, from: nil)
    reply.send(DVCQGAnswer.wrongLogin)
  }

  private func serve(_ request: HTTPRequest, reply: HTTPReply) {
    let body: JSONValue
    do throws(JSONError) {
      body = try JSONDocument(parsing: request.body).root
    } catch {
      return reply.send(DVCQGAnswer.refused(intake.refuse(.unreadable(json: error), from: nil)))
    }
    guard let session = body["session"]?.string, let party = authenticator.party(sessions.party(showing: session))
    else {
      return reply.send(DVCQGAnswer.noSession)
    }
    switch body["service"]?.string {
    case "DongBoHoSoMC": synchronise(body, from: party, reply: reply)
    case "CapNhatTienDoHoSoMC": updateProgress(body, from: party, reply: reply)
    case "TraCuuHoSo": lookUp(body, for: party, reply: reply)
    case "LayThuTuc": reply.send(DVCQGAnswer.result(dictionaries.procedure(body["maTTHC"]?.string ?? "")))
    case let name?:
      guard let list = dictionaries.list(for: name) else { return reply.send(DVCQGAnswer.unknownService) }
      reply.send(DVCQGAnswer.result(list))
    case nil: reply.send(DVCQGAnswer.unknownService)
    }
  }
}
