import DossierModel
import Translation
import Validation
import XMLKit

/// The schemas and mappings that a site's message types name, compiled.
struct Catalogue: Sendable {
  let schemas: SchemaRegistry
  let toCanonical: [String: Mapping]
  let fromCanonical: [String: Mapping]

  /// Compiles everything; what is missing or wrong goes to `problems`, a line each.
  init(root: String, types: [(type: MessageType, place: String)], problems: inout [String]) {
    schemas = SchemaRegistry(Self.schemas(in: root + "/Schemas", for: types, problems: &problems))
    var toCanonical: [String: Mapping] = [:]
    var fromCanonical: [String: Mapping] = [:]
    do throws(MappingErrors) {
      let mappings = try MappingRegistry(contentsOf: root + "/Mappings")
      for (type, place) in types {
        if let name = type.toCanonical {
          toCanonical[type.name] = Self.mapping(name, of: mappings, at: place, problems: &problems)
        }
        if let name = type.fromCanonical {
          fromCanonical[type.name] = Self.mapping(name, of: mappings, at: place, problems: &problems)
        }
      }
    } catch {
      problems += error.errors.map(\.description)
    }
    self.toCanonical = toCanonical
    self.fromCanonical = fromCanonical
  }

  private static func mapping(
    _ name: String, of mappings: MappingRegistry, at place: String, problems: inout [String]
  ) -> Mapping? {
    if let mapping = mappings.latest(named: name) { return mapping }
    let hint = mappings.nearest(to: name).map { "did you mean ‘\($0)’?" } ?? "add it below Mappings/"
    problems.append("\(place): there is no mapping ‘\(name)’ (\(hint))")
    return nil
  }

  private static func schemas(
    in folder: String, for types: [(type: MessageType, place: String)], problems: inout [String]
  ) -> [String: SchemaRegistry.Schema] {
    var schemas: [String: SchemaRegistry.Schema] = [:]
    for (type, place) in types where schemas[type.schema] == nil {
      let path = folder + "/" + type.schema
      switch type.format {
      case .xml:
        do throws(XMLError) {
          schemas[type.schema] = .xml(try XMLSchema(contentsOf: path))
        } catch {
          problems.append("\(place): the schema \(path) cannot be used: \(error.message)")
        }
      case .json:
        do throws(JSONSchemaFile.Failure) {
          schemas[type.schema] = .json(try JSONSchemaFile.compile(path))
        } catch {
          problems.append("\(place): the schema cannot be used: \(error.description)")
        }
      }
    }
    return schemas
  }
}
