import DocumentKit

/// What the samples showed of one place that holds text; the draft rests on nothing else.
package struct InferredPlace: Sendable, Equatable {
  /// The path from the root on, as mappings and `schema paths` write it.
  package let path: String
  /// How often it came, in all samples together.
  package let seen: Int
  /// How many elements or objects came in which it could have been.
  package let parents: Int
  /// In how many of these it was; in all of them makes it required.
  package let parentsWith: Int
  /// How often it came in one of them, at most.
  package let most: Int
  /// The narrowest form that all its texts have, such as `integer` or `yyyyMMddHHmmss`; nil if they have none in common.
  package let form: String?
  /// The values, where few were seen often; a draft allows only these unless the form says more. Nil otherwise.
  package let values: [String]?
}

extension SchemaInference {
  /// Every place that held text, in the order in which the samples showed them.
  package var places: [InferredPlace] {
    roots.flatMap { root in
      Self.places(of: root, at: root.name, parents: count, with: root.count, most: 1)
    }
  }

  private static func places(
    of element: InferredElement, at path: String, parents: Int, with parentsWith: Int, most: Int,
  ) -> [InferredPlace] {
    let isLeaf = element.children.isEmpty && element.texts.count > 0
    let own = InferredPlace(
      path: path, seen: element.count, parents: parents, parentsWith: parentsWith, most: most,
      form: element.texts.form?.rawValue, values: element.texts.enumeration)
    let attributes = element.attributes.map { attribute in
      InferredPlace(
        path: "\(path)/@\(attribute.name)", seen: attribute.count, parents: element.count,
        parentsWith: attribute.count, most: 1, form: attribute.texts.form?.rawValue,
        values: attribute.texts.enumeration)
    }
    let children = element.children.flatMap { child -> [InferredPlace] in
      let presence = element.presence[ObjectIdentifier(child)] ?? (0, 0)
      let empty = child.isList ? element.emptyLists[child.name] ?? 0 : 0
      return places(
        of: child, at: "\(path)/\(child.name)", parents: element.count, with: presence.parents + empty,
        most: presence.most)
    }
    return (isLeaf ? [own] : []) + attributes + children
  }
}
