import DossierFiles
import DossierModel
import ServiceKit
import Testing

@Suite("Addresses of files")
struct FileAddressingTests {
  static let now = Timestamp(seconds: 1_790_000_000)
  static let reference = FileReference(of: Array("tệp".utf8))
  static let addressing = FileAddressing(
    base: "https://lienthong.example.vn/gw", key: [UInt8](repeating: 7, count: 32), lifetime: .seconds(60))

  static let party: PartyID = "so-tu-phap"

  /// What an address says besides its party.
  static func parameters(_ address: String) -> (until: String, signature: String) {
    let query = address.split(separator: "?")[1].split(separator: "&")
    return (String(query[1].dropFirst("until=".count)), String(query[2].dropFirst("signature=".count)))
  }

  @Test("hold until their second is over and not a second longer")
  func lifetime() {
    let address = Self.addressing.address(of: Self.reference, for: Self.party, at: Self.now)
    let path = "https://lienthong.example.vn/gw/v1/files/\(Self.reference.sha256)"
    #expect(address.hasPrefix("\(path)?party=so-tu-phap&until=1790000060&signature="))
    let (until, signature) = Self.parameters(address)
    for (offset, isValid) in [(0, true), (60, true), (61, false)] {
      #expect(
        Self.addressing.isValid(
          sha256: Self.reference.sha256, party: Self.party, until: until, signature: signature,
          at: Self.now + .seconds(offset)) == isValid
      )
    }
  }

  @Test("are void with another file, another party, another second, another key or another spelling")
  func forged() {
    let (until, signature) = Self.parameters(Self.addressing.address(of: Self.reference, for: Self.party, at: Self.now))
    let other = FileReference(of: Array("khác".utf8)).sha256
    let stranger = FileAddressing(base: "", key: [UInt8](repeating: 8, count: 32), lifetime: .seconds(60))
    for (sha256, until, signature, addressing) in [
      (other, until, signature, Self.addressing), (Self.reference.sha256, "1790000061", signature, Self.addressing),
      (Self.reference.sha256, until, signature, stranger), (Self.reference.sha256, until, "", Self.addressing),
      (Self.reference.sha256, until, String(signature.dropLast()), Self.addressing),
      (Self.reference.sha256, "0" + until, signature, Self.addressing),
      (Self.reference.sha256, "+" + until, signature, Self.addressing),
    ] {
      #expect(
        !addressing.isValid(sha256: sha256, party: Self.party, until: until, signature: signature, at: Self.now))
    }
    for (party, isValid) in [("so-tu-phap", true), ("so-xay-dung", false), ("", false)] as [(PartyID, Bool)] {
      #expect(
        Self.addressing.isValid(
          sha256: Self.reference.sha256, party: party, until: until, signature: signature, at: Self.now) == isValid)
    }
  }
}
