import DossierModel
package import DossierStore
package import HTTPKit
import JSONKit
package import Reception

/// `GET /v1/messages/{id}` and `GET /v1/dossiers/{code}`: where a message is, and the whole story of a dossier.
///
/// A party sees what it sent or receives and nothing else; what it may not see is answered like what does not exist.
/// An operator's key sees all.
package final class LookupEndpoints: Sendable {
  private let store: any DossierStore
  private let authenticator: Authenticator

  package init(store: any DossierStore, authenticator: Authenticator) {
    self.store = store
    self.authenticator = authenticator
  }

  package var routes: [(method: HTTPMethod, path: String, handler: any HTTPHandler)] {
    [
      (.get, "/v1/messages/{id}", ClosureHandler(answering: { [self] in answer($0, with: message) })),
      (.get, "/v1/dossiers/{code}", ClosureHandler(answering: { [self] in answer($0, with: dossier) })),
    ]
  }

  private func answer(
    _ request: HTTPRequest, with lookup: (String, Party) throws(StoreError) -> [UInt8]?
  ) -> HTTPResponse {
    guard let party = authenticator.party(of: request) else { return Problem.response(.unauthenticated) }
    do throws(StoreError) {
      guard let name = request.path.last, let body = try lookup(name, party) else {
        return Problem.response(.notFound)
      }
      return HTTPResponse(
        status: 200, headers: ["Content-Type": "application/json", "Cache-Control": "no-store"], body: body)
    } catch {
      return Problem.response(.notStored(error))
    }
  }

  private func message(_ id: String, for party: Party) throws(StoreError) -> [UInt8]? {
    guard let id = MessageID(id), let message = try store.message(id, visibleTo: party.isOperator ? nil : party.id)
    else {
      return nil
    }
    var writer = JSONWriter()
    StoredDocument.write(message, to: &writer)
    return writer.finish()
  }

  private func dossier(_ code: String, for party: Party) throws(StoreError) -> [UInt8]? {
    guard let timeline = try store.timeline(of: DossierCode(code), visibleTo: party.isOperator ? nil : party.id) else {
      return nil
    }
    var writer = JSONWriter()
    StoredDocument.write(timeline, to: &writer)
    return writer.finish()
  }
}
