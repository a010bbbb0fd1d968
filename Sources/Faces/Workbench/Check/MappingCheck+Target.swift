import DocumentKit
import Translation

extension MappingCheck {
  /// The element of this name below another, newly written.
  mutating func enter(
    _ name: TargetName, below parent: Int, _ row: MappingRow, isPassedThrough: Bool
  ) -> Int {
    let node = child(name, isAttribute: false, below: parent, row)
    if !isPassedThrough, !row.makesItsElement, let last = written[parent].children.last,
      written[last].node == node, node != nil,
      written[last].row == nil || written[last].feed == nil,
      written[last].children.allSatisfy({ isAttribute($0) }), !written[last].children.isEmpty
    {
      // The row before wrote attributes of the same element, and this one completes it with its text.
      return last
    }
    if isPassedThrough, let node, targets[written[parent].target][node].isList {
      report(
        .error, .listClash, at: row.position,
        "‘\(path(node, written[parent].target))’ of the target is a list",
        remedy: "write a group with ‘each’ for it", path: path(node, written[parent].target))
    }
    return append(
      WrittenElement(
        target: written[parent].target, node: node, name: name.local, parent: parent,
        row: isPassedThrough ? nil : row, position: row.position))
  }

  mutating func enter(attribute name: TargetName, below parent: Int, _ row: MappingRow) -> Int {
    append(
      WrittenElement(
        target: written[parent].target, node: child(name, isAttribute: true, below: parent, row),
        name: "@" + name.local, parent: parent, row: row, position: row.position))
  }

  private mutating func append(_ element: WrittenElement) -> Int {
    written.append(element)
    written[written.count - 1].around = around
    if let parent = element.parent { written[parent].children.append(written.count - 1) }
    return written.count - 1
  }

  private func isAttribute(_ element: Int) -> Bool { written[element].name.hasPrefix("@") }

  func path(_ node: Int, _ target: Int) -> String { targets[target].path(of: node) }

  /// Where the element stands in the schema: its path, or its name where the schema is open.
  func path(of element: Int) -> String {
    let own = written[element]
    return own.node.map { path($0, own.target) } ?? own.name
  }

  private mutating func child(
    _ name: TargetName, isAttribute: Bool, below parent: Int, _ row: MappingRow,
  ) -> Int? {
    guard let above = written[parent].node else { return nil }
    let tree = targets[written[parent].target]
    let candidates =
      isAttribute
      ? tree.children(of: above).filter { tree[$0].isAttribute && tree[$0].name == name.local }
      : tree.elements(of: above, named: name.local)
    if let found = candidates.first(where: { tree[$0].namespace == name.namespace }) { return found }
    guard isAttribute ? !tree.allowsOtherAttributes(above) : !tree.isOpen(above) else { return nil }
    let sign = isAttribute ? "@" : ""
    let place =
      above == SchemaTree.root
      ? "the root of the target" : "‘\(tree.path(of: above))’ of the target"
    let known = tree.children(of: above).filter { tree[$0].isAttribute == isAttribute }.map { tree[$0].name }
    let nearest = NearestName.of(name.local, among: known)
    report(
      .error, .unknownTarget, at: row.position, "\(place) has no ‘\(sign)\(name.local)’",
      remedy: nearest.map { "did you mean ‘\(sign)\($0)’?" }
        ?? "correct ‘to’, or declare it in the schema",
      path: above == SchemaTree.root
        ? sign + name.local : "\(tree.path(of: above))/\(sign)\(name.local)")
    return nil
  }

  // MARK: How often

  /// A row that writes once needs a place for one, and a row that writes for every node a place for many.
  mutating func checkList(_ row: MappingRow, _ element: Int, _ each: ExpressionFacts?) {
    guard let node = written[element].node else { return }
    let place = targets[written[element].target][node]
    let path = path(of: element)
    if targets[written[element].target].shape.format == .json {
      if row.each != nil, !place.isList {
        report(
          .error, .listClash, at: row.position,
          "‘each’ makes a list, and ‘\(path)’ of the target is none",
          remedy: "drop ‘each’", path: path)
      } else if row.each == nil, place.isList {
        report(
          .error, .listClash, at: row.position,
          "‘\(path)’ of the target is a list, and the row writes one value",
          remedy: "add ‘each’", path: path)
      }
    } else if let each, !each.isSingle, !place.step.repeats {
      report(
        .error, .listClash, at: row.position,
        "‘each’ can write ‘\(path)’ several times, and the target allows it once",
        remedy: "choose one node with a predicate, or write below a place that repeats", path: path)
    }
  }

  /// A group without `each` writes its element once.
  mutating func checkGroup(_ row: MappingRow, _ element: Int) {
    if row.each == nil { checkList(row, element, nil) }
    guard let node = written[element].node,
      targets[written[element].target].children(of: node).isEmpty,
      !targets[written[element].target].isOpen(node)
    else { return }
    report(
      .error, .typeClash, at: row.position,
      "‘\(path(of: element))’ of the target holds text and no elements",
      remedy: "write ‘from’ in place of ‘rows’", path: path(of: element))
  }
}
