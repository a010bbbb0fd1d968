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
        Sentence(
          "‘\(path(node, written[parent].target))’ of the target is a list",
          "‘\(path(node, written[parent].target))’ của đích là một danh sách"),
        remedy: Sentence("write a group with ‘each’ for it", "hãy viết một nhóm có ‘each’ cho nó"),
        path: path(node, written[parent].target))
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
      ? Sentence("the root of the target", "gốc của đích")
      : Sentence("‘\(tree.path(of: above))’ of the target", "‘\(tree.path(of: above))’ của đích")
    let known = tree.children(of: above).filter { tree[$0].isAttribute == isAttribute }.map { tree[$0].name }
    let nearest = NearestName.of(name.local, among: known)
    report(
      .error, .unknownTarget, at: row.position,
      Sentence("\(place) has no ‘\(sign)\(name.local)’", "\(place.vietnamese) không có ‘\(sign)\(name.local)’"),
      remedy: nearest.map { .didYouMean(sign + $0) }
        ?? Sentence("correct ‘to’, or declare it in the schema", "hãy sửa ‘to’, hoặc khai báo trong lược đồ"),
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
          Sentence(
            "‘each’ makes a list, and ‘\(path)’ of the target is none",
            "‘each’ tạo ra danh sách, còn ‘\(path)’ của đích không phải là danh sách"),
          remedy: Sentence("drop ‘each’", "hãy bỏ ‘each’"), path: path)
      } else if row.each == nil, place.isList {
        report(
          .error, .listClash, at: row.position,
          Sentence(
            "‘\(path)’ of the target is a list, and the row writes one value",
            "‘\(path)’ của đích là một danh sách, còn dòng này ghi một giá trị"),
          remedy: Sentence("add ‘each’", "hãy thêm ‘each’"), path: path)
      }
    } else if let each, !each.isSingle, !place.step.repeats {
      report(
        .error, .listClash, at: row.position,
        Sentence(
          "‘each’ can write ‘\(path)’ several times, and the target allows it once",
          "‘each’ có thể ghi ‘\(path)’ nhiều lần, còn đích chỉ cho phép một lần"),
        remedy: Sentence(
          "choose one node with a predicate, or write below a place that repeats",
          "hãy chọn một nút bằng vị từ, hoặc ghi vào dưới một chỗ được lặp lại"), path: path)
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
      Sentence(
        "‘\(path(of: element))’ of the target holds text and no elements",
        "‘\(path(of: element))’ của đích chứa văn bản, không chứa phần tử"),
      remedy: Sentence("write ‘from’ in place of ‘rows’", "hãy viết ‘from’ thay cho ‘rows’"), path: path(of: element))
  }
}
