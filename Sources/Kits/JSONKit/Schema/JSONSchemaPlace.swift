/// Where a schema stands: a document of the compilation, and an entry of its tape.
struct JSONSchemaPlace: Hashable {
  let document: Int
  let entry: Int
}
