import CryptographyKit
package import DocumentKit
package import DossierModel
import JSONKit
import ServiceKit
import XMLKit

/// Makes passages for tests of single stations: a message as reception hands it to the line.
package enum SamplePassages {
  private static let identifiers = UUIDv7Generator()

  /// The passage of a whole JSON or XML text, by the type's format. The error is that of the parser: the test's text is
  /// broken.
  package static func passage(
    _ text: String, type: MessageType, from sender: PartyID = "mot-cua", addressees: Set<PartyID>? = nil
  ) throws -> Passage {
    let bytes = Array(text.utf8)
    switch type.format {
    case .json:
      let json = try JSONDocument(parsing: bytes).root
      let tree = try DocumentTree(json: json)
      return Passage(
        envelope: envelope(of: bytes, type: type, from: sender), type: type, source: tree, root: tree.root, json: json,
        body: bytes, addressees: addressees)
    case .xml:
      let tree = try xml(text)
      return Passage(
        envelope: envelope(of: bytes, type: type, from: sender), type: type, source: tree, root: tree.root, json: nil,
        body: bytes, addressees: addressees)
    }
  }

  package static func xml(_ text: String) throws -> DocumentTree {
    try DocumentTree(xml: try XMLDocument(parsing: Array(text.utf8)))
  }

  /// One element of the list member `data` of a JSON text, as the generation-A door hands it to the line.
  package static func element(
    _ index: Int, of text: String, type: MessageType, from sender: PartyID = "mot-cua"
  ) throws -> Passage {
    let request = try JSONDocument(parsing: text).root
    let tree = try DocumentTree(json: request)
    guard let json = request["data"]?[index] else { preconditionFailure("data has no element \(index)") }
    let root = Array(tree.root.elements.filter { $0.isNamed("data") })[index]
    let bytes = Array(request.document.bytes[json.byteRange])
    return Passage(
      envelope: envelope(of: bytes, type: type, from: sender), type: type, source: tree, root: root, json: json,
      body: bytes)
  }

  private static func envelope(of bytes: [UInt8], type: MessageType, from sender: PartyID) -> Envelope {
    Envelope(
      id: MessageID(identifiers.next()), sender: sender, type: type.name, receivedAt: Timestamp(seconds: 1_767_225_600),
      digest: MessageDigest(of: bytes))
  }
}
