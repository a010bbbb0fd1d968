import CryptographyKit
import DocumentKit
import HTTPKit
import JSONKit
import XMLKit

/// A body as a service reads it, or the document in it.
struct ServiceContent {
  let bytes: [UInt8]
  /// nil for a form.
  let tree: DocumentTree?
  let root: XMLNode?
  /// nil for XML and forms.
  let json: JSONValue?
  let fields: [String: [UInt8]]

  /// Reads a body; nil when it is not of that form.
  init?(_ bytes: [UInt8], _ form: ServiceOperation.Form, contentType: String) {
    switch form {
    case .json:
      guard let value = try? JSONDocument(parsing: bytes).root, let tree = try? DocumentTree(json: value) else {
        return nil
      }
      self.init(bytes: bytes, tree: tree, root: tree.root, json: value)
    case .xml:
      guard let document = try? XMLDocument(parsing: bytes), let tree = try? DocumentTree(xml: document) else {
        return nil
      }
      self.init(bytes: bytes, tree: tree, root: tree.root, json: nil)
    case .form:
      self.init(bytes: bytes, fields: FormFields(parsing: bytes).bytes)
    case .multipart:
      guard let fields = MultipartFields.parse(bytes, contentType: contentType) else { return nil }
      self.init(bytes: bytes, fields: fields)
    }
  }

  private init(
    bytes: [UInt8], tree: DocumentTree? = nil, root: XMLNode? = nil, json: JSONValue? = nil,
    fields: [String: [UInt8]] = [:]
  ) {
    self.bytes = bytes
    self.tree = tree
    self.root = root
    self.json = json
    self.fields = fields
  }

  /// The document at a place of this body; nil when there is none.
  func document(at place: ServiceOperation.Place) -> ServiceContent? {
    switch place.spot {
    case .field(let name):
      guard let bytes = fields[name] else { return nil }
      return Self.read(bytes, place)
    case .expression(let expression):
      guard let root, let node = (try? expression.nodes(at: root))?.first else { return nil }
      if place.format != nil { return Self.read(Array(node.text.utf8), place) }
      // A part of the body: its bytes are the body's.
      return ServiceContent(bytes: bytes, tree: tree, root: node, json: nil)
    }
  }

  private static func read(_ text: [UInt8], _ place: ServiceOperation.Place) -> ServiceContent? {
    var bytes = text
    if place.isBase64 {
      guard let decoded = try? Base64.decode(String(decoding: text, as: UTF8.self)) else { return nil }
      bytes = decoded
    }
    return ServiceContent(bytes, place.format ?? .json, contentType: "")
  }

  /// Whether it is so at the root; false for a form.
  func says(_ expression: XPathExpression) -> Bool {
    root.map { (try? expression.boolean(at: $0)) == true } ?? false
  }

  /// The text of a member or a field.
  func text(_ expression: XPathExpression) -> String {
    root.flatMap { try? expression.string(at: $0) } ?? ""
  }
}
