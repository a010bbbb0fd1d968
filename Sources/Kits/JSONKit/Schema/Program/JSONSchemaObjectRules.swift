/// What a schema says of objects.
struct JSONSchemaObjectRules: Sendable {
  /// What is said of the member of one known name.
  struct Member: Sendable {
    var schema: Int32 = -1
    var isRequired = false
  }

  struct Pattern: Sendable {
    let pattern: Int32
    let schema: Int32
  }

  /// What the presence of one member demands.
  struct Dependency: Sendable {
    let keyword: String
    let trigger: Int32
    /// Names by their number, in the program's `indexes`.
    var required = JSONSchemaList.empty
    var schema: Int32 = -1
  }

  /// All names the rules speak of; the number of a name is its place in `members`.
  var names = JSONNameSet.empty
  /// In the program's `members`.
  var members = JSONSchemaList.empty
  /// The required names by their number, in the order of the schema, in the program's `indexes`.
  var required = JSONSchemaList.empty
  /// In the program's `memberPatterns`.
  var patterns = JSONSchemaList.empty
  var additional: Int32 = -1
  var propertyNames: Int32 = -1
  var minimum = 0
  var maximum = Int.max
  /// In the program's `dependencies`.
  var dependencies = JSONSchemaList.empty
}
