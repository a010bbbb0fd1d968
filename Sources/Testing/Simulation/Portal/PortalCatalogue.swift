import Glibc
import JSONKit

/// The dictionaries a portal answers from: procedures, agencies, fields, each element exactly as it goes on the wire.
///
/// The built-in catalogue is made up for demonstrations. The codes 1.001193, 1.000656, 2.000488, 3.000722 and 2.002913
/// and the key names are the real ones; the agencies (H99 is no province), days, papers, field codes and the procedure
/// 1.009994 are examples and say nothing about the national catalogue.
package struct PortalCatalogue: Sendable {
  let procedures: [(code: String, value: JSONValue)]
  let agencies: [JSONValue]
  let fields: [JSONValue]

  package static let builtIn: PortalCatalogue = {
    do {
      return try PortalCatalogue(reading: PackageResources.danh_muc_json)
    } catch {
      preconditionFailure("the built-in catalogue is read by a test: \(error)")
    }
  }()

  /// Reads `{"thuTuc": […], "coQuan": […], "linhVuc": […]}`; an element of `thuTuc` needs its `MATTHC`.
  package init(reading bytes: [UInt8]) throws(PortalCatalogueError) {
    let root: JSONValue
    do {
      root = try JSONDocument(parsing: bytes).root
    } catch {
      throw PortalCatalogueError("the catalogue is no JSON: \(error)")
    }
    func list(_ name: String) throws(PortalCatalogueError) -> [JSONValue] {
      guard let value = root[name], value.kind == .array else {
        throw PortalCatalogueError("the catalogue needs a list \(name)")
      }
      return Array(value.elements)
    }
    var procedures: [(code: String, value: JSONValue)] = []
    for (index, value) in try list("thuTuc").enumerated() {
      guard let code = value["MATTHC"]?.string, PortalText.nationalProcedure(code) == code else {
        throw PortalCatalogueError("thuTuc[\(index)] needs a national MATTHC such as 1.001193")
      }
      procedures.append((code, value))
    }
    self.procedures = procedures
    agencies = try list("coQuan")
    fields = try list("linhVuc")
  }

  /// Reads a catalogue from a file.
  package init(contentsOf path: String) throws(PortalCatalogueError) {
    guard let file = fopen(path, "rb") else { throw PortalCatalogueError("\(path) cannot be read; check the file") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 64 * 1024)
    while case let count = fread(&part, 1, part.count, file), count > 0 { bytes += part[..<count] }
    try self.init(reading: bytes)
  }

  /// The procedure of a code, whatever its provincial or case suffix.
  func procedure(_ code: String) -> JSONValue? {
    guard let national = PortalText.nationalProcedure(code) else { return nil }
    return procedures.first { $0.code == national }?.value
  }
}

/// Why a catalogue cannot be read.
package struct PortalCatalogueError: Error, Sendable, CustomStringConvertible {
  package let message: String
  package var description: String { message }

  init(_ message: String) { self.message = message }
}
