import CryptographyKit
import DocumentKit
import JSONKit
import SQLKit
import Validation
import XMLKit

/// The library calls that the line cannot do without, with nothing of the gateway between them: both schemas, the same
/// translation as a stylesheet, the rows.
///
/// One message needs them in one order, which is `translated(_:)`; `measure(_:batch:)` times each by itself.
final class BareCalls: Sendable {
  /// The same translation as a stylesheet, for libxslt.
  private static let stylesheet = "Tests/Fixtures/bench/ho-so--sync-document.xsl"

  private let jsonSchema: JSONSchema
  private let xmlSchema: XMLSchema
  private let stylesheet: XSLTStylesheet

  init(catalogue: String) throws {
    jsonSchema = try JSONSchemaFile.compile(catalogue + "/Schemas/dvcqg-a/1/ho-so.schema.json")
    xmlSchema = try XMLSchema(contentsOf: catalogue + "/Schemas/oc-lgsp/1/lgsp.xsd")
    stylesheet = try XSLTStylesheet(contentsOf: catalogue + "/" + Self.stylesheet)
  }

  /// The bytes for the recipient of one message, by every call once, as the line needs them.
  func translated(_ body: [UInt8]) throws -> [UInt8] {
    let document = try JSONDocument(parsing: body)
    guard jsonSchema.validate(document.root).isEmpty else { throw BenchError("the message is not valid") }
    let tree = try DocumentTree(json: document.root)
    let target = try stylesheet.transform(tree.document)
    _ = SHA256.hash(body)
    // The result itself is validated, not its bytes parsed again.
    guard xmlSchema.validate(target.document).isEmpty else { throw BenchError("the stylesheet's result is not valid") }
    return target.serialised()
  }

  /// Each call alone, over and over, on one thread of an otherwise quiet machine.
  func measure(_ template: MessageTemplate, batch: Int) throws -> [StepTime] {
    let body = template.message(1)
    let document = try JSONDocument(parsing: body)
    let tree = try DocumentTree(json: document.root)
    let transformed = try translated(body)
    let target = try XMLDocument(parsing: transformed)
    return [
      try StepTime.measure("JSON parse") { _ = try JSONDocument(parsing: body) },
      StepTime.measure("JSON Schema") { _ = jsonSchema.validate(document.root) },
      try StepTime.measure("libxml2 tree of the same document") { _ = try DocumentTree(json: document.root) },
      try StepTime.measure("libxslt, the same translation") { _ = try stylesheet.transform(tree.document) },
      StepTime.measure("libxml2 XSD") { _ = xmlSchema.validate(target) },
      StepTime.measure("serialise") { _ = target.serialised() },
      StepTime.measure("libcrypto SHA-256") { _ = SHA256.hash(body) },
      try inserts(body: body, payload: transformed, batch: batch),
    ]
  }

  /// The rows of one message and its delivery, and the row's removal from the queue, with nothing but SQLite.
  private func inserts(body: [UInt8], payload: [UInt8], batch: Int) throws -> StepTime {
    let folder = try BenchFolder()
    defer { folder.remove() }
    let database = try SQLiteDatabase(path: folder.path + "/bare.sqlite", options: .asSQLiteComes)
    try database.execute(
      "CREATE TABLE message(id INTEGER PRIMARY KEY, key TEXT UNIQUE, body BLOB); CREATE TABLE delivery(id INTEGER PRIMARY KEY, "
        + "message INTEGER, due INTEGER, state TEXT, payload BLOB); CREATE INDEX due ON delivery(due, id) WHERE due IS NOT NULL; "
        + "CREATE TABLE journal(id INTEGER PRIMARY KEY, message INTEGER, event TEXT)")
    var number: Int64 = 0
    let time = try StepTime.measure("SQLite, two blobs and four rows, \(batch) to a commit", calls: 60) {
      try database.transaction { () throws(SQLError) in
        for _ in 0..<batch {
          number += 1
          try database.run("INSERT INTO message VALUES(?, ?, ?)", .integer(number), .text(String(number)), .blob(body))
          try database.run(
            "INSERT INTO delivery VALUES(?, ?, ?, 'ready', ?)", .integer(number), .integer(number), .integer(number),
            .blob(payload))
          try database.run("INSERT INTO journal(message, event) VALUES(?, 'received')", .integer(number))
        }
      }
      try database.transaction { () throws(SQLError) in
        for done in (number - Int64(batch) + 1)...number {
          try database.run("UPDATE delivery SET due = NULL, state = 'delivered' WHERE id = ?", .integer(done))
          try database.run("INSERT INTO journal(message, event) VALUES(?, 'delivered')", .integer(done))
        }
      }
    }
    return StepTime(name: time.name, microseconds: time.microseconds / Double(batch))
  }
}
