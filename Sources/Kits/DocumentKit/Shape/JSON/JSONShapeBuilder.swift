import JSONKit

/// Makes the shape of a JSON Schema (draft-07, 2020-12) by following what its keywords say of paths and types.
///
/// References are followed inside the folder, `allOf` is merged, `anyOf` and `oneOf` become choices. Members that only
/// `then`, `else` or `dependentSchemas` speak of are optional. What else such conditions ask for is a condition of the
/// shape, as are `not`, `contains` and the rules about names and numbers of members.
struct JSONShapeBuilder {
  let files: JSONShapeFiles
  var draft: SchemaShapeDraft
  private var known: [PlaceKey: SchemaShape.Place.ID] = [:]

  struct PlaceKey: Hashable {
    let name: String
    let alternatives: [JSONShapeConjunction]
    let holdsArrays: Bool
  }

  private init(_ files: JSONShapeFiles, limits: SchemaShapeLimits) {
    self.files = files
    draft = SchemaShapeDraft(limits: limits)
  }

  static func shape(_ files: JSONShapeFiles, limits: SchemaShapeLimits) throws(SchemaShapeError) -> SchemaShape {
    var builder = JSONShapeBuilder(files, limits: limits)
    let schema = JSONShapeSchema(value: files.main.document.root, file: files.main)
    let root = try builder.place(DocumentTree.rootName, try builder.alternatives([schema]), holdsArrays: true)
    return try builder.draft.finish(.json, roots: [root])
  }

  /// The one element for all values that are not spread over several elements, as the values of a member's array are.
  mutating func place(
    _ name: String, _ alternatives: [JSONShapeConjunction], holdsArrays: Bool,
  ) throws(SchemaShapeError) -> SchemaShape.Place.ID {
    let key = PlaceKey(name: name, alternatives: alternatives, holdsArrays: holdsArrays)
    if let id = known[key] { return id }
    let schema = alternatives.first?.parts.first
    let position = schema?.position ?? files.main.path
    let id = try draft.reserve(at: position)
    known[key] = id
    try draft.enter(at: position)
    defer { draft.leave() }
    var value: ValueRules?
    var contents: [SchemaShape.Particle] = []
    var isNillable = false
    for conjunction in alternatives {
      let types = JSONShapeTypes(conjunction)
      if types.allowsAnything(in: conjunction) {
        contents.append(.wildcard(.many))
      } else {
        if types.object { contents.append(try members(of: conjunction)) }
        if types.array, holdsArrays { contents.append(try list(DocumentTree.itemName, of: conjunction)) }
      }
      isNillable = isNillable || types.null
      if let rules = try scalar(conjunction, types) { value = value.map { $0.widened(by: rules) } ?? rules }
    }
    if value == nil, contents.isEmpty, isNillable { value = ValueRules(.null, typeName: "null", jsonTypes: ["null"]) }
    draft.fill(
      id,
      SchemaShape.Place(
        name: name, kind: .element, value: value,
        content: contents.count > 1 ? .choice(contents, .once) : contents.first, isNillable: isNillable,
        note: alternatives.lazy.flatMap(\.parts).map(\.note).first { !$0.isEmpty } ?? "", position: position))
    return id
  }
}
