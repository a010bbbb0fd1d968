package import Translation

/// Where an integration engineer works: the schemas and mappings of a folder, loaded, to be asked and tried.
///
/// Nothing here sends anything or writes to a store. Every answer is a value first; the program prints it as text or JSON.
package struct Workbench: Sendable {
  /// The folder that holds `<tongue>/<version>/` with schemas.
  package let schemasFolder: String
  /// The folder that holds `<source>--<target>/<version>/` and `codes/`.
  package let mappingsFolder: String
  package let registry: MappingRegistry
  /// The schemas of the folder, compiled as they are needed.
  package let schemas: CompiledSchemas
  /// The same schemas as shapes, for those who ask what documents may hold.
  let shelf: SchemaShelf

  /// Loads every mapping and code table; throws all their mistakes at once.
  package init(schemas: String, mappings: String) throws(MappingErrors) {
    self.init(schemas: schemas, mappings: mappings, registry: try MappingRegistry(contentsOf: mappings))
  }

  /// A workbench with mappings and code tables made elsewhere.
  package init(schemas: String, mappings: String, registry: MappingRegistry) {
    schemasFolder = schemas
    mappingsFolder = mappings
    self.schemas = CompiledSchemas(folder: schemas)
    self.registry = registry
    shelf = SchemaShelf(folder: schemas)
  }
}
