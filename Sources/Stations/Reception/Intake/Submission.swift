import DocumentKit
import DossierModel
import JSONKit
import XMLKit

/// One message found in a request, before it goes down the line.
struct Submission {
  var type: MessageType
  var source: DocumentTree
  var root: XMLNode
  var json: JSONValue?
  var body: [UInt8]
  /// The key its sender gave, or the front door's own; nil leaves it to the tongue's identity and the bytes.
  var key: MessageKey?
  var traceparent: String?
  /// The parties that its sender names as receivers; nil leaves them to the routes.
  var addressees: Set<PartyID>?
}
