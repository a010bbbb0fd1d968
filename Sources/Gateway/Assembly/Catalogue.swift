import Dictionaries
import DocumentKit
import DossierModel
import Translation
import Validation
import XMLKit

/// The schemas and mappings that a site's message types name, compiled.
struct Catalogue: Sendable {
  let schemas: SchemaRegistry
  let toCanonical: [String: Mapping]
  let fromCanonical: [String: Mapping]
  /// Which dictionaries the code tables look into, and where they say so.
  let tableDictionaries: [(name: DictionaryName, position: YAMLPosition)]

  /// Compiles everything; what is missing or wrong goes to `problems`.
  init(root: String, types: [(type: MessageType, place: YAMLPosition)], problems: inout [SiteFinding]) {
    var wanted = types.map { Wanted(path: $0.type.schema, format: $0.type.format, place: $0.place) }
    var toCanonical: [String: Mapping] = [:]
    var fromCanonical: [String: Mapping] = [:]
    var tableDictionaries: [(name: DictionaryName, position: YAMLPosition)] = []
    do throws(MappingErrors) {
      let named = Set(types.flatMap { [$0.type.toCanonical, $0.type.fromCanonical].compactMap { $0 } })
      let mappings = try MappingRegistry(contentsOf: root + "/Mappings", only: named)
      tableDictionaries = mappings.codes.names.compactMap { mappings.codes[$0]?.dictionary }.map {
        ($0.reference.name, $0.position)
      }
      for (type, place) in types {
        if let name = type.toCanonical {
          toCanonical[type.name] = Self.mapping(name, of: type, mappings, at: place, problems: &problems)
        }
        if let name = type.fromCanonical {
          fromCanonical[type.name] = Self.mapping(name, of: type, mappings, at: place, problems: &problems)
        }
      }
    } catch {
      problems += error.errors.map(SiteFinding.init)
    }
    for mapping in Array(toCanonical.values) + Array(fromCanonical.values) {
      wanted += mapping.nestedSchemas.map {
        Wanted(path: $0.path, format: $0.format, place: $0.position)
      }
    }
    schemas = SchemaRegistry(Self.schemas(in: root + "/Schemas", wanted, problems: &problems))
    self.tableDictionaries = tableDictionaries
    self.toCanonical = toCanonical
    self.fromCanonical = fromCanonical
  }

  /// The canonical document's own schema, below `Schemas/`.
  private static let canonicalSchema = "canonical/1/canonical.xsd"

  /// A schema that a message type or a document inside a message must have, and who says so.
  private struct Wanted {
    let path: String
    let format: DocumentTree.Format
    let place: YAMLPosition
  }

  private static func mapping(
    _ name: String, of type: MessageType, _ mappings: MappingRegistry, at place: YAMLPosition,
    problems: inout [SiteFinding]
  ) -> Mapping? {
    if name == Mapping.itselfName {
      if type.schema == canonicalSchema { return Mapping(itself: canonicalSchema) }
      problems.append(
        SiteFinding(
          .misfit, at: place,
          Sentence(
            "the message ‘\(type.name)’ is its own canonical document only with the schema ‘\(canonicalSchema)’",
            "bản tin ‘\(type.name)’ chỉ là tài liệu chuẩn của chính nó khi dùng lược đồ ‘\(canonicalSchema)’"),
          remedy: Sentence("name a mapping", "hãy nêu một bản ánh xạ")))
      return nil
    }
    if let mapping = mappings.latest(named: name) { return mapping }
    let hint =
      mappings.nearest(to: name).map(Sentence.didYouMean)
      ?? Sentence("add it below Mappings/", "hãy thêm vào dưới Mappings/")
    problems.append(
      SiteFinding(
        .name, at: place, Sentence("there is no mapping ‘\(name)’", "không có bản ánh xạ ‘\(name)’"), remedy: hint))
    return nil
  }

  private static func schemas(
    in folder: String, _ wanted: [Wanted], problems: inout [SiteFinding]
  ) -> [String: SchemaRegistry.Schema] {
    var catalogue = XMLCatalogue.empty
    do throws(SchemaNamespaceErrors) {
      catalogue = try SchemaNamespaces(contentsOf: folder).catalogue
    } catch {
      problems += error.reasons.map {
        SiteFinding(
          .schema, at: nil, subject: folder,
          Sentence($0.message, "các lược đồ không dùng được cùng nhau: \($0.message)"))
      }
    }
    var schemas: [String: SchemaRegistry.Schema] = [:]
    var failed: Set<String> = []
    for schema in wanted where schemas[schema.path] == nil && !failed.contains(schema.path) {
      let path = folder + "/" + schema.path
      switch schema.format {
      case .xml:
        do throws(XMLError) {
          schemas[schema.path] = .xml(try XMLSchema(contentsOf: path, catalogue: catalogue))
        } catch {
          problems.append(
            SiteFinding(
              .schema, at: schema.place,
              Sentence(
                "the schema \(path) cannot be used: \(error.message)",
                "không dùng được lược đồ \(path): \(error.message)")))
        }
      case .json:
        do throws(JSONSchemaFile.Failure) {
          schemas[schema.path] = .json(try JSONSchemaFile.compile(path))
        } catch {
          problems.append(
            SiteFinding(
              .schema, at: schema.place,
              Sentence(
                "the schema cannot be used: \(error.description)", "không dùng được lược đồ: \(error.description)")))
        }
      }
      if schemas[schema.path] == nil { failed.insert(schema.path) }
    }
    return schemas
  }
}
