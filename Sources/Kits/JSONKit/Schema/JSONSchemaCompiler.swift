/// Turns a schema and all it refers to into a program.
///
/// Schemas are taken from a list of those still to do, so neither deep nor circular references deepen the stack.
/// Every keyword's value is checked while it is read: a schema that compiles is well-formed.
struct JSONSchemaCompiler {
  let options: JSONSchemaOptions
  var resources: JSONSchemaResources
  var parts = JSONSchemaParts()
  var constants = JSONWriter()
  /// How many entries the document of constants has so far; entry 0 is the array around them.
  var constantEntries = 1
  private var nodes: [JSONSchemaPlace: Int32] = [:]
  private var pending: [(node: Int32, place: JSONSchemaPlace)] = []
  /// Compiled patterns by their bytes: strings would equate patterns that only look alike.
  private var patterns: [[UInt8]: Int32] = [:]
  /// `$dynamicRef`s by their number: the node they lead to at first, and the anchor they look for, if they are dynamic.
  private var dynamicReferences: [(initial: Int32, anchor: String?)] = []

  init(registry: JSONSchemaRegistry, options: JSONSchemaOptions) {
    self.options = options
    resources = JSONSchemaResources(registry: registry, defaultDialect: options.dialect)
    constants.beginArray()
  }

  /// Compiles the schema found at a URI (which may be empty).
  mutating func compile(_ document: JSONDocument, at uri: String) throws(JSONSchemaProblem) -> JSONSchemaProgram {
    _ = try resources.add(document, at: URIReference(uri).withoutFragment)
    let root = try node(at: JSONSchemaPlace(document: 0, entry: 0))
    try compilePending()
    try linkDynamicReferences()
    constants.endArray()
    return JSONSchemaProgram(parts, root: root, constants: frozenConstants())
  }

  private func frozenConstants() -> JSONDocument {
    // They come from documents that were accepted, so only the limits of those documents could stand in the way.
    let limits = JSONLimits(
      bytes: JSONLimits.bytesMaximum, depth: JSONLimits.bytesMaximum, values: JSONLimits.bytesMaximum,
      members: JSONLimits.bytesMaximum, numberLength: JSONLimits.bytesMaximum)
    guard let document = try? JSONDocument(parsing: constants.finish(), limits: limits) else {
      preconditionFailure("constants of accepted documents are a document")
    }
    return document
  }

  // MARK: Nodes

  /// The number of the schema at a place; it is compiled later if it is new.
  mutating func node(at place: JSONSchemaPlace) throws(JSONSchemaProblem) -> Int32 {
    if let known = nodes[place] { return known }
    guard parts.nodes.count < options.limits.schemas else {
      throw JSONSchemaProblem(
        .schemaTooLarge, "the schema has more than \(options.limits.schemas) schemas in it",
        at: resources.value(at: place))
    }
    let node = Int32(parts.nodes.count)
    let context = resources.context(of: place)
    parts.locations.append(resources.documents[place.document].uri + "#" + context.pointer)
    parts.nodes.append(JSONSchemaNode(resource: Int32(context.resource), location: node))
    nodes[place] = node
    pending.append((node: node, place: place))
    return node
  }

  private mutating func compilePending() throws(JSONSchemaProblem) {
    while let (node, place) = pending.popLast() { try compile(node, place) }
  }

  private mutating func compile(_ node: Int32, _ place: JSONSchemaPlace) throws(JSONSchemaProblem) {
    let value = resources.value(at: place)
    switch value.kind {
    case .boolean: parts.nodes[Int(node)].isFalse = value.boolean == false
    case .object:
      let schema = JSONSchemaReader(
        value, place: place, vocabularies: resources.vocabularies(of: place), isStrict: options.isStrict)
      try schema.refuseUnknownKeywords()
      // draft-07 core §8.3: "All other properties in a "$ref" object MUST be ignored."
      if schema.dialect == .draft07, schema["$ref"] != nil {
        try compileApplicators(schema, node)
        return
      }
      if schema.vocabularies.hasValidation {
        try compileTypes(schema, node)
        try compileConstants(schema, node)
        try compileNumber(schema, node)
      }
      try compileString(schema, node)
      try compileObject(schema, node)
      try compileArray(schema, node)
      try compileApplicators(schema, node)
    default: throw JSONSchemaProblem(.invalidSchema, "a schema is an object or a boolean", at: value)
    }
  }

  // MARK: Shared by the keywords

  /// The number of a schema inside another.
  mutating func child(_ value: JSONValue, of schema: JSONSchemaReader) throws(JSONSchemaProblem) -> Int32 {
    try node(at: JSONSchemaPlace(document: schema.place.document, entry: value.index))
  }

  /// The number of the schema a keyword holds, or −1.
  mutating func child(_ keyword: String, of schema: JSONSchemaReader) throws(JSONSchemaProblem) -> Int32 {
    guard let value = schema[keyword] else { return -1 }
    return try child(value, of: schema)
  }

  /// The numbers of the schemas a keyword lists; at least one where the keyword stands.
  mutating func children(_ keyword: String, of schema: JSONSchemaReader) throws(JSONSchemaProblem) -> [Int32] {
    guard let list = schema[keyword] else { return [] }
    guard list.kind == .array, list.count > 0 else {
      throw JSONSchemaProblem(.invalidSchema, "\(keyword) is an array of at least one schema", at: list)
    }
    var numbers: [Int32] = []
    for value in list.elements { numbers.append(try child(value, of: schema)) }
    return numbers
  }

  /// The number of a compiled pattern.
  mutating func pattern(_ source: String, at value: JSONValue) throws(JSONSchemaProblem) -> Int32 {
    let bytes = Array(source.utf8)
    if let known = patterns[bytes] { return known }
    do {
      parts.patterns.append(try JSONPattern(source))
    } catch {
      throw JSONSchemaProblem(
        .invalidPattern, "the pattern is not one of ECMA-262: \(error.reason) (character \(error.index + 1))", at: value
      )
    }
    let number = Int32(parts.patterns.count - 1)
    patterns[bytes] = number
    return number
  }
}

// MARK: - Dynamic references

extension JSONSchemaCompiler {
  /// The number of a `$dynamicRef`, linked once all resources are known.
  mutating func dynamicReference(
    _ reference: JSONValue, in resource: Int
  ) throws(JSONSchemaProblem) -> Int32 {
    let (place, target, anchor) = try resources.resolve(reference, in: resource)
    // Only where the first target itself is a dynamic anchor of that name does the reference look further.
    let isDynamic = anchor.map { resources.resources[target].dynamicAnchors[$0] == place } ?? false
    let initial = try node(at: place)
    dynamicReferences.append((initial: initial, anchor: isDynamic ? anchor : nil))
    return Int32(dynamicReferences.count - 1)
  }

  /// Compiles whatever a dynamic reference could lead to; that may bring new resources and references with it.
  private mutating func linkDynamicReferences() throws(JSONSchemaProblem) {
    var linked = (references: -1, resources: -1)
    while linked != (dynamicReferences.count, resources.resources.count) {
      linked = (dynamicReferences.count, resources.resources.count)
      for anchor in Set(dynamicReferences.compactMap(\.anchor)) {
        for resource in 0..<linked.resources {
          if let place = resources.resources[resource].dynamicAnchors[anchor] { _ = try node(at: place) }
        }
      }
      try compilePending()
    }
    for (initial, anchor) in dynamicReferences {
      var targets: [Int32: Int32] = [:]
      for (number, resource) in resources.resources.enumerated() {
        guard let anchor, let place = resource.dynamicAnchors[anchor] else { continue }
        targets[Int32(number)] = try node(at: place)
      }
      parts.dynamicReferences.append(JSONSchemaDynamicReference(initial: initial, targets: targets))
    }
  }
}
