import DossierModel
import HTTPKit
import Reception
import ServiceKit
import Testing

@Suite("Who a request is from")
struct AuthenticatorTests {
  private let rig: ReceptionRig
  init() throws { rig = try ReceptionRig() }

  private func party(_ headers: HTTPHeaders, certificate: [UInt8]? = nil) -> PartyID? {
    let peer = certificate.map {
      PeerCertificate(sha256Fingerprint: $0, subject: "CN=x", issuer: "CN=y", serialNumber: [1], notAfter: 0)
    }
    return rig.authenticator.party(
      of: HTTPRequest(method: .get, target: "/", path: [], headers: headers, peer: peer))?.id
  }

  @Test("each kind of proof names its party, and none of them names nobody")
  func oneProof() {
    #expect(party(["X-Api-Key": ReceptionRig.key]) == "mot-cua")
    #expect(party([:], certificate: ReceptionRig.fingerprint) == "ung-dung")
    #expect(party(["Authorization": "Bearer \(rig.tokens.open(for: "mot-cua-a"))"]) == "mot-cua-a")
    #expect(party([:]) == nil)
  }

  @Test("a wrong proof is never made good by another one that is right")
  func wrongFirst() {
    let stranger = [UInt8](repeating: 8, count: 32)
    let bearer = "Bearer \(rig.tokens.open(for: "mot-cua-a"))"
    #expect(party(["Authorization": bearer, "X-Api-Key": ReceptionRig.key], certificate: stranger) == nil)
    #expect(party(["Authorization": "Bearer x", "X-Api-Key": ReceptionRig.key]) == nil)
    #expect(party(["Authorization": "Basic bW90LWN1YQ==", "X-Api-Key": ReceptionRig.key]) == nil)
    #expect(party(["X-Api-Key": ReceptionRig.key + " "]) == nil)
    #expect(party(["X-Api-Key": ""]) == nil)
  }

  @Test("the certificate goes before the token, and the token before the key")
  func order() {
    let bearer = "Bearer \(rig.tokens.open(for: "mot-cua-a"))"
    #expect(
      party(["Authorization": bearer, "X-Api-Key": ReceptionRig.key], certificate: ReceptionRig.fingerprint)
        == "ung-dung")
    #expect(party(["Authorization": bearer, "X-Api-Key": ReceptionRig.key]) == "mot-cua-a")
  }

  @Test("a token ends with its lifetime")
  func tokenEnds() {
    let bearer = "Bearer \(rig.tokens.open(for: "mot-cua-a"))"
    rig.time.advance(by: rig.tokens.lifetime)
    #expect(party(["Authorization": bearer]) == nil)
  }

  @Test("a token of somebody who is no party any more names nobody")
  func unknownParty() {
    #expect(party(["Authorization": "Bearer \(rig.tokens.open(for: "da-roi-di"))"]) == nil)
  }

  @Test(
    "the scheme is read whatever its case and with any number of spaces behind it (RFC 9110 §11.4)",
    arguments: ["Bearer x", "bearer x", "BEARER x", "Bearer   x"])
  func scheme(authorization: String) {
    #expect(Authenticator.value(of: authorization, scheme: "Bearer") == "x")
  }

  @Test("what is not of the scheme has no value", arguments: ["Bearer", "Bearer ", "Basic x", "Bearerx", ""])
  func otherScheme(authorization: String) {
    #expect(Authenticator.value(of: authorization, scheme: "Bearer") == nil)
  }
}
