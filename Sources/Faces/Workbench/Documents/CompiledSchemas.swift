package import DocumentKit
import JSONKit
import Synchronization
import Validation
import XMLKit

/// The schemas below one folder, compiled when they are first asked for and then shared by all threads.
package final class CompiledSchemas: Sendable {
  private let folder: String
  private let schemas = Mutex<[String: SchemaRegistry.Schema]>([:])
  /// The files of namespaces, for imports; read with the first XML Schema.
  private let catalogue = Mutex<XMLCatalogue?>(nil)

  package init(folder: String) { self.folder = folder }

  /// What the schema at this path below the folder finds wrong with a document.
  package func findings(_ tree: DocumentTree, _ bytes: [UInt8], against path: String) throws(WorkbenchError)
    -> [Finding]
  {
    switch try schema(path) {
    case .xml(let schema): return schema.validate(tree.document).map { Finding($0) }
    case .json(let schema):
      do throws(JSONError) {
        let document = try JSONDocument(parsing: bytes)
        return schema.validate(document.root).map { Finding($0, of: document.root) }
      } catch {
        throw WorkbenchError(.document, "the document cannot be checked against \(path): \(error.message)")
      }
    }
  }

  private func schema(_ path: String) throws(WorkbenchError) -> SchemaRegistry.Schema {
    if let known = schemas.withLock({ $0[path] }) { return known }
    let compiled = try compile(folder + "/" + path)
    schemas.withLock { $0[path] = compiled }
    return compiled
  }

  private func namespaces() throws(WorkbenchError) -> XMLCatalogue {
    if let known = catalogue.withLock({ $0 }) { return known }
    do throws(SchemaNamespaceErrors) {
      let read = try SchemaNamespaces(contentsOf: folder).catalogue
      catalogue.withLock { $0 = read }
      return read
    } catch {
      throw WorkbenchError(.schema, error.reasons.map(\.message).joined(separator: "\n"))
    }
  }

  private func compile(_ file: String) throws(WorkbenchError) -> SchemaRegistry.Schema {
    guard file.hasSuffix(".json") else {
      let catalogue = try namespaces()
      do throws(XMLError) {
        return .xml(try XMLSchema(contentsOf: file, catalogue: catalogue))
      } catch {
        throw WorkbenchError(.schema, "\(error.path ?? file):\(error.line):\(error.column): \(error.message)")
      }
    }
    do throws(JSONSchemaFile.Failure) {
      return .json(try JSONSchemaFile.compile(file))
    } catch {
      throw WorkbenchError(.schema, error.description)
    }
  }
}
