import FileKit
import JSONKit
package import XMLKit

extension SchemaShape {
  /// Reads the shape of the schema in a file, an XSD 1.0 or a JSON Schema (draft-07, 2020-12), told apart by content.
  ///
  /// What the schema refers to is found as when it is compiled: for XSD by relative path under the file's folder or
  /// through the catalogue, for JSON Schema by `$id` or name in the file's folder; never by network.
  package init(
    contentsOf path: String, catalogue: XMLCatalogue = .empty, limits: SchemaShapeLimits = .standard,
  ) throws(SchemaShapeError) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileContent.read(path, limit: limits.fileBytes)
    } catch {
      throw SchemaShapeError(error.code == .tooLarge ? .limit : .file, at: path, "\(error.message).", cause: error)
    }
    self = try Self.looksLikeXML(bytes) ? Self.xsd(path, catalogue, limits) : Self.json(bytes, path, limits)
  }

  /// Whether a document or schema is XML, by its first byte that is not white space or part of a byte order mark.
  package static func looksLikeXML(_ bytes: [UInt8]) -> Bool {
    let blank: Set<UInt8> = [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf, 0xff, 0xfe, 0x00]
    return bytes.first { !blank.contains($0) } == UInt8(ascii: "<")
  }

  private static func xsd(
    _ path: String, _ catalogue: XMLCatalogue, _ limits: SchemaShapeLimits,
  ) throws(SchemaShapeError) -> SchemaShape {
    let files: XMLSchemaFiles
    do throws(XMLError) {
      let schemaLimits = XMLSchemaLimits(files: limits.files, fileBytes: limits.fileBytes)
      files = try XMLSchemaFiles(contentsOf: path, catalogue: catalogue, limits: schemaLimits)
      // The compiler says what is wrong with a schema; the reader below may then trust it.
      _ = try XMLSchema(contentsOf: path, catalogue: catalogue, limits: schemaLimits)
    } catch {
      let place = error.line > 0 ? ":\(error.line):\(error.column)" : ""
      throw SchemaShapeError(
        error.code == .limitExceeded ? .limit : .schema, at: (error.path ?? path) + place, error.message, cause: error)
    }
    return try XSDShapeBuilder.shape(try XSDIndex(files, shownAs: path), limits: limits)
  }

  private static func json(
    _ bytes: [UInt8], _ path: String, _ limits: SchemaShapeLimits,
  ) throws(SchemaShapeError) -> SchemaShape {
    let document: JSONDocument
    do throws(JSONError) {
      document = try JSONDocument(parsing: bytes)
    } catch {
      throw SchemaShapeError(.schema, at: "\(path):\(error.line):\(error.column)", error.message, cause: error)
    }
    guard document.root.kind == .boolean || schemaKeywords.contains(where: { document.root[$0] != nil }) else {
      throw SchemaShapeError(
        .schema, at: path, "This is JSON but no JSON Schema: it has none of \(schemaKeywords.joined(separator: ", ")).")
    }
    return try JSONShapeBuilder.shape(JSONShapeFiles(document, at: path, limits: limits), limits: limits)
  }

  private static let schemaKeywords = [
    "$schema", "$id", "$defs", "$ref", "type", "properties", "items", "allOf", "anyOf", "oneOf", "enum", "const",
  ]
}
