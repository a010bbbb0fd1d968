import DocumentKit

/// Which sequences of elements an element may hold, worked out name by name from its shape and nothing else.
///
/// It knows the same as the validator without being it: what a broken sample breaks, and at which element that shows, is
/// asked here first. A model after a name is the model of what may still come (a derivative, as Brzozowski has it).
indirect enum ContentModel: Equatable {
  /// No sequence at all, not even the empty one.
  case never
  case empty
  case name(String)
  /// One element of any name.
  case any
  case sequence(ContentModel, ContentModel)
  case choice(ContentModel, ContentModel)
  case repeated(ContentModel, Int, Int?)
  /// Each of them, in any order.
  case all([ContentModel])

  init(_ particle: SchemaShape.Particle, in shape: SchemaShape) {
    switch particle {
    case .place(let id, let occurs, _): self = Self.repeating(.name(shape[id].name), occurs)
    case .wildcard(let occurs): self = Self.repeating(.any, occurs)
    case .sequence(let parts, let occurs):
      let models = parts.map { ContentModel($0, in: shape) }
      self = Self.repeating(models.reversed().reduce(.empty) { Self.following($1, $0) }, occurs)
    case .choice(let parts, let occurs):
      let models = parts.map { ContentModel($0, in: shape) }
      self = Self.repeating(models.reduce(.never, Self.either), occurs)
    case .all(let parts, let occurs):
      self = Self.repeating(.all(parts.map { ContentModel($0, in: shape) }), occurs)
    }
  }

  /// The first element that cannot stand where it stands; the number of elements if all may and others are missing
  /// behind them; nil if nothing is wrong.
  func firstMistake(in names: [String]) -> Int? {
    var model = self
    for (index, name) in names.enumerated() {
      model = model.after(name)
      if model == .never { return index }
    }
    return model.mayEnd ? nil : names.count
  }

  /// Whether nothing has to come.
  var mayEnd: Bool {
    switch self {
    case .never, .name, .any: false
    case .empty: true
    case .sequence(let first, let rest): first.mayEnd && rest.mayEnd
    case .choice(let one, let other): one.mayEnd || other.mayEnd
    case .repeated(let model, let minimum, _): minimum == 0 || model.mayEnd
    case .all(let parts): parts.allSatisfy(\.mayEnd)
    }
  }

  /// What may come after an element of this name.
  func after(_ name: String) -> ContentModel {
    switch self {
    case .never, .empty: return .never
    case .name(let own): return own == name ? .empty : .never
    case .any: return .empty
    case .sequence(let first, let rest):
      let begun = Self.following(first.after(name), rest)
      return first.mayEnd ? Self.either(begun, rest.after(name)) : begun
    case .choice(let one, let other): return Self.either(one.after(name), other.after(name))
    case .repeated(let model, let minimum, let maximum):
      let rest = Self.repeating(model, SchemaShape.Occurs(max(0, minimum - 1), maximum.map { $0 - 1 }))
      return Self.following(model.after(name), rest)
    case .all(let parts):
      return parts.indices.reduce(.never) { found, index in
        let begun = parts[index].after(name)
        guard begun != .never else { return found }
        var rest = parts
        rest[index] = begun
        return Self.either(found, .all(rest))
      }
    }
  }

  // MARK: Simple forms

  private static func following(_ first: ContentModel, _ rest: ContentModel) -> ContentModel {
    if first == .never || rest == .never { return .never }
    if first == .empty { return rest }
    return rest == .empty ? first : .sequence(first, rest)
  }

  private static func either(_ one: ContentModel, _ other: ContentModel) -> ContentModel {
    if one == .never || one == other { return other }
    return other == .never ? one : .choice(one, other)
  }

  private static func repeating(_ model: ContentModel, _ occurs: SchemaShape.Occurs) -> ContentModel {
    if occurs.maximum == 0 { return .empty }
    return occurs == .once ? model : .repeated(model, occurs.minimum, occurs.maximum)
  }
}
