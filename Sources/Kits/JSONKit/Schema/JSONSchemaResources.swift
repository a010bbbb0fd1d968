/// Finds the schemas of a compilation by their identifiers: documents, resources (`$id`), anchors and pointers.
struct JSONSchemaResources {
  /// A schema with a URI of its own: the root of a document, or what has `$id`.
  struct Resource {
    let uri: URIReference
    let root: JSONSchemaPlace
    let vocabularies: JSONSchemaVocabularies
    var anchors: [String: JSONSchemaPlace] = [:]
    var dynamicAnchors: [String: JSONSchemaPlace] = [:]
  }

  /// What is known of a place where a schema stands.
  struct Context {
    let resource: Int
    /// JSON Pointer from the root of the document.
    let pointer: String
  }

  private(set) var documents: [(document: JSONDocument, uri: String)] = []
  private(set) var resources: [Resource] = []
  private var resourcesByURI: [String: Int] = [:]
  private var contexts: [JSONSchemaPlace: Context] = [:]
  /// The indexed places of each document by the bytes of their pointers: strings would equate names that only look alike.
  private var places: [[[UInt8]: JSONSchemaPlace]] = []
  private let registry: JSONSchemaRegistry
  private let defaultDialect: JSONSchemaDialect

  init(registry: JSONSchemaRegistry, defaultDialect: JSONSchemaDialect) {
    self.registry = registry
    self.defaultDialect = defaultDialect
  }

  // MARK: Looking up

  func value(at place: JSONSchemaPlace) -> JSONValue {
    JSONValue(document: documents[place.document].document, index: place.entry)
  }

  func context(of place: JSONSchemaPlace) -> Context {
    guard let context = contexts[place] else { preconditionFailure("only places that were indexed are compiled") }
    return context
  }

  /// The URI a document was found at.
  func uri(of document: JSONDocument) -> String? { documents.first { $0.document === document }?.uri }

  func vocabularies(of place: JSONSchemaPlace) -> JSONSchemaVocabularies {
    resources[context(of: place).resource].vocabularies
  }

  /// The place a reference leads to, as written in a resource; loads the document from the registry if need be.
  mutating func resolve(
    _ reference: JSONValue, in resource: Int
  ) throws(JSONSchemaProblem) -> (place: JSONSchemaPlace, resource: Int, anchor: String?) {
    let text = reference.string ?? ""
    let uri = URIReference(text).resolved(against: resources[resource].uri)
    guard let target = try findResource(uri.withoutFragment) else {
      throw JSONSchemaProblem(
        .unresolvedReference,
        "\"\(text)\" leads to \(uri.withoutFragment), which is not in the registry; add that schema", at: reference)
    }
    let fragment = try percentDecoded(uri.fragment ?? "", at: reference)
    if fragment.isEmpty { return (resources[target].root, target, nil) }
    if fragment.hasPrefix("/") {
      return (try follow(fragment, from: target, at: reference), target, nil)
    }
    guard let place = resources[target].anchors[fragment] else {
      throw JSONSchemaProblem(.unresolvedReference, "\"\(text)\" names an anchor that does not exist", at: reference)
    }
    return (place, context(of: place).resource, fragment)
  }

  private mutating func findResource(_ uri: String) throws(JSONSchemaProblem) -> Int? {
    if let known = resourcesByURI[uri] { return known }
    guard let document = registry.document(at: uri) else { return nil }
    return try add(document, at: uri)
  }

  /// Follows a JSON Pointer from a resource, also into places no keyword leads to.
  private mutating func follow(
    _ pointer: String, from resource: Int, at reference: JSONValue
  ) throws(JSONSchemaProblem) -> JSONSchemaPlace {
    guard let tokens = (try? JSONPointer(pointer))?.tokens else {
      throw JSONSchemaProblem(.unresolvedReference, "\"\(pointer)\" is no JSON Pointer (RFC 6901)", at: reference)
    }
    var place = resources[resource].root
    var nearest = context(of: place)
    let whole = nearest.pointer + JSONPointer(tokens: tokens).description
    if let known = places[place.document][Array(whole.utf8)] { return known }
    var path = JSONPointer.root
    for token in tokens {
      guard let next = JSONPointer(tokens: [token]).evaluate(in: value(at: place)) else {
        throw JSONSchemaProblem(.unresolvedReference, "the pointer \"\(pointer)\" leads nowhere", at: reference)
      }
      place = JSONSchemaPlace(document: place.document, entry: next.index)
      path = path.appending(token)
      if let known = contexts[place] {
        nearest = known
        path = .root
      }
    }
    if contexts[place] == nil {
      try index(place, Context(resource: nearest.resource, pointer: nearest.pointer + path.description))
    }
    return place
  }

  private func percentDecoded(_ text: String, at value: JSONValue) throws(JSONSchemaProblem) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(JSONText.hexadecimalDigit),
        let low = rest.popFirst().flatMap(JSONText.hexadecimalDigit)
      else {
        throw JSONSchemaProblem(.unresolvedReference, "\"%\" stands before two hexadecimal digits", at: value)
      }
      bytes.append(high << 4 | low)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw JSONSchemaProblem(.unresolvedReference, "the fragment is not UTF-8", at: value)
    }
    return text
  }
}

// MARK: - Adding

extension JSONSchemaResources {
  /// Takes a document in under the URI it was found at, with all resources inside it, and returns its root resource.
  mutating func add(_ document: JSONDocument, at uri: String) throws(JSONSchemaProblem) -> Int {
    let place = JSONSchemaPlace(document: documents.count, entry: 0)
    documents.append((document: document, uri: uri))
    places.append([:])
    let vocabularies =
      try document.root["$schema"].map { value throws(JSONSchemaProblem) in try self.vocabularies(declaredBy: value) }
      ?? JSONSchemaVocabularies(dialect: defaultDialect)
    let resource = resources.count
    resources.append(Resource(uri: URIReference(uri), root: place, vocabularies: vocabularies))
    resourcesByURI[uri] = resource
    try index(place, Context(resource: resource, pointer: ""))
    return context(of: place).resource
  }

  /// Indexes a schema and those inside it, without recursion.
  private mutating func index(_ place: JSONSchemaPlace, _ context: Context) throws(JSONSchemaProblem) {
    var pending = [(place, context)]
    while let (place, context) = pending.popLast() {
      let schema = value(at: place)
      var context = context
      if schema.kind == .object { context = try identify(schema, place, context) }
      contexts[place] = context
      places[place.document][Array(context.pointer.utf8)] = place
      for member in schema.members {
        let name = member.name
        guard let children = resources[context.resource].vocabularies.dialect.children[name] else { continue }
        let pointer = context.pointer + JSONPointer.root.appending(name).description
        func child(_ value: JSONValue, _ pointer: String) {
          pending.append(
            (
              JSONSchemaPlace(document: place.document, entry: value.index),
              Context(resource: context.resource, pointer: pointer)
            ))
        }
        switch (children, member.value.kind) {
        case (.schema, _), (.schemaOrSchemas, .object), (.schemaOrSchemas, .boolean):
          child(member.value, pointer)
        case (.schemas, .array), (.schemaOrSchemas, .array):
          for (index, element) in member.value.elements.enumerated() { child(element, "\(pointer)/\(index)") }
        case (.named, .object), (.namedSchemasOrNames, .object):
          for member in member.value.members where children == .named || member.value.kind != .array {
            child(member.value, pointer + JSONPointer.root.appending(member.name).description)
          }
        default: break  // a value of the wrong kind is reported when the keyword is compiled
        }
      }
    }
  }

  /// Reads `$id` and the anchors of a schema; the context inside it is returned.
  private mutating func identify(
    _ schema: JSONValue, _ place: JSONSchemaPlace, _ context: Context
  ) throws(JSONSchemaProblem) -> Context {
    var context = context
    let isDraft07 = resources[context.resource].vocabularies.dialect == .draft07
    // draft-07 core §8.3: beside $ref all other keywords are ignored, $id among them.
    if let id = schema["$id"], !(isDraft07 && schema["$ref"] != nil) {
      guard let text = id.string else { throw JSONSchemaProblem(.invalidSchema, "$id is a URI reference", at: id) }
      let uri = URIReference(text).resolved(against: resources[context.resource].uri)
      let fragment = uri.fragment ?? ""
      if !text.hasPrefix("#") {
        context = try open(uri.withoutFragment, schema, place, context)
      }
      if !fragment.isEmpty {
        guard isDraft07 else {
          throw JSONSchemaProblem(.invalidSchema, "$id has no fragment in 2020-12; use $anchor", at: id)
        }
        try anchor(fragment, place, in: context.resource, at: id)
      }
    }
    guard resources[context.resource].vocabularies.dialect == .draft202012 else { return context }
    for keyword in ["$anchor", "$dynamicAnchor"] {
      guard let value = schema[keyword] else { continue }
      guard let name = value.string, !name.isEmpty else {
        throw JSONSchemaProblem(.invalidSchema, "\(keyword) is a name", at: value)
      }
      try anchor(name, place, in: context.resource, at: value)
      if keyword == "$dynamicAnchor" { resources[context.resource].dynamicAnchors[name] = place }
    }
    return context
  }

  /// Makes the schema a resource of its own, or gives the root of its document the name it gives itself.
  private mutating func open(
    _ uri: String, _ schema: JSONValue, _ place: JSONSchemaPlace, _ context: Context
  ) throws(JSONSchemaProblem) -> Context {
    if let known = resourcesByURI[uri] {
      if resources[known].root == place { return Context(resource: known, pointer: context.pointer) }
      throw JSONSchemaProblem(.invalidSchema, "two schemas have the $id \(uri); keep one", at: schema)
    }
    let vocabularies =
      try schema["$schema"].map { value throws(JSONSchemaProblem) in try self.vocabularies(declaredBy: value) }
      ?? resources[context.resource].vocabularies
    resourcesByURI[uri] = resources.count
    if resources[context.resource].root == place {
      // The document is known by the URI it was found at too; both names mean this one resource.
      resourcesByURI[resources[context.resource].uri.withoutFragment] = resources.count
    }
    resources.append(Resource(uri: URIReference(uri), root: place, vocabularies: vocabularies))
    return Context(resource: resources.count - 1, pointer: context.pointer)
  }

  private mutating func anchor(
    _ name: String, _ place: JSONSchemaPlace, in resource: Int, at value: JSONValue
  ) throws(JSONSchemaProblem) {
    if let other = resources[resource].anchors[name], other != place {
      throw JSONSchemaProblem(.invalidSchema, "two schemas of one resource have the anchor \"\(name)\"", at: value)
    }
    resources[resource].anchors[name] = place
  }

  /// The keywords a `$schema` stands for: a known draft, or a meta-schema of the registry that builds on one.
  private func vocabularies(declaredBy value: JSONValue) throws(JSONSchemaProblem) -> JSONSchemaVocabularies {
    var uri = URIReference(value.string ?? "").withoutFragment
    var declaration: JSONValue?
    for _ in 0..<8 {
      if let dialect = JSONSchemaDialect(rawValue: uri) {
        guard let declaration else { return JSONSchemaVocabularies(dialect: dialect) }
        return try JSONSchemaVocabularies(declaredBy: declaration, dialect: dialect)
      }
      guard let metaschema = registry.document(at: uri), let next = metaschema.root["$schema"]?.string else { break }
      declaration = declaration ?? metaschema.root["$vocabulary"]
      uri = URIReference(next).withoutFragment
    }
    throw JSONSchemaProblem(
      .invalidSchema, "the draft \(uri) is unknown here; use 2020-12 or draft-07, or add its meta-schema", at: value)
  }
}
