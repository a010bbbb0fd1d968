package import CryptographyKit
package import DossierModel
package import HTTPKit

/// Answers "who is this?" for a request, from what the parties of the site are known by.
///
/// In this order: the client certificate of the connection, an access token (`Authorization: Bearer`), an API key
/// (`X-Api-Key`). The first that is there decides; a wrong one is never made good by another.
package final class Authenticator: Sendable {
  private let parties: [PartyID: Party]
  private let partiesByCertificate: [[UInt8]: PartyID]
  private let partiesByKey: [[UInt8]: PartyID]
  private let clients: [String: (party: PartyID, secret: PasswordHash)]
  private let logins: [String: (party: PartyID, password: PasswordHash)]
  private let tokens: SessionRegistry

  package init(parties: [Party], tokens: SessionRegistry) {
    var byCertificate: [[UInt8]: PartyID] = [:]
    var byKey: [[UInt8]: PartyID] = [:]
    var clients: [String: (party: PartyID, secret: PasswordHash)] = [:]
    var logins: [String: (party: PartyID, password: PasswordHash)] = [:]
    for party in parties {
      for credential in party.credentials {
        switch credential {
        case .certificate(let digest): byCertificate[digest] = party.id
        case .apiKey(let digest): byKey[digest] = party.id
        case .client(let id, let secret): clients[id] = (party.id, secret)
        case .session(let username, let password): logins[username] = (party.id, password)
        case .vxp, .checksum: break  // A request signed so is known at its own door only.
        }
      }
    }
    self.parties = Dictionary(parties.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    partiesByCertificate = byCertificate
    partiesByKey = byKey
    self.clients = clients
    self.logins = logins
    self.tokens = tokens
  }

  package func party(of request: HTTPRequest) -> Party? {
    if let peer = request.peer { return party(partiesByCertificate[peer.sha256Fingerprint]) }
    if let authorization = request.headers["Authorization"] {
      guard let token = Self.value(of: authorization, scheme: "Bearer") else { return nil }
      return party(tokens.party(showing: token))
    }
    return party(showingKey: request.headers["X-Api-Key"])
  }

  /// The party of an API key, wherever it stood; nil for none.
  package func party(showingKey key: String?) -> Party? {
    // The look-up is by digest, so its time says nothing about how close a guess was.
    key.flatMap { party(partiesByKey[SHA256.hash($0)]) }
  }

  /// The party and stored secret of an OAuth client.
  package func client(_ id: String) -> (party: PartyID, secret: PasswordHash)? { clients[id] }

  /// The party and stored password of a generation-A user.
  package func login(_ username: String) -> (party: PartyID, password: PasswordHash)? { logins[username] }

  package func party(_ id: PartyID?) -> Party? { id.flatMap { parties[$0] } }

  /// The rest of an `Authorization` header of that scheme; nil when it is of another one or has no rest.
  ///
  /// RFC 9110 §11.4: the scheme's case does not matter, and one space or more stand behind it.
  package static func value(of authorization: String, scheme: String) -> String? {
    let parts = authorization.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == scheme.lowercased() else { return nil }
    let value = parts[1].drop { $0 == " " }
    return value.isEmpty ? nil : String(value)
  }

  /// User name and password of `Basic` (RFC 7617 §2), as bytes; nil when it is another scheme or malformed.
  package static func basic(_ authorization: String) -> (name: ArraySlice<UInt8>, password: ArraySlice<UInt8>)? {
    guard let value = value(of: authorization, scheme: "Basic"), let bytes = try? Base64.decode(value),
      let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    return (bytes[..<colon], bytes[(colon + 1)...])
  }
}
