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
    var required: [Int32] = []
    var schema: Int32 = -1
  }

  /// All names the rules speak of; the number of a name is its place in `members`.
  var names = JSONNameTable([])
  var members: [Member] = []
  /// The required names, in the order of the schema.
  var required: [Int32] = []
  var patterns: [Pattern] = []
  var additional: Int32 = -1
  var propertyNames: Int32 = -1
  var minimum = 0
  var maximum = Int.max
  var dependencies: [Dependency] = []
}
