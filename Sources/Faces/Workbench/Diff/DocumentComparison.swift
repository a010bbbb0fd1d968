package import DocumentKit
import JSONKit
import XMLKit

/// Compares two documents by their structure: layout, prefixes and in JSON the order of members do not matter.
package struct DocumentComparison {
  private let first: DocumentTree
  private let second: DocumentTree
  private let options: ComparisonOptions
  private var differences: [StructuralDifference] = []

  /// Every difference, in the order of the first document and then what the second has besides.
  package static func differences(
    _ first: DocumentTree, _ second: DocumentTree, _ options: ComparisonOptions = ComparisonOptions(),
  ) -> [StructuralDifference] {
    var comparison = DocumentComparison(first: first, second: second, options: options)
    guard first.root.isAlike(second.root) else {
      return [
        StructuralDifference(
          .changed, path: first.path(of: first.root), pattern: "", before: "<\(first.root.name)>",
          after: "<\(second.root.name)>")
      ]
    }
    comparison.compare(first.root, second.root, [])
    return comparison.differences
  }

  private init(first: DocumentTree, second: DocumentTree, options: ComparisonOptions) {
    self.first = first
    self.second = second
    self.options = options
  }

  private mutating func compare(_ one: XMLNode, _ other: XMLNode, _ path: [String]) {
    guard !options.ignored.contains(where: { $0.covers(path) }) || path.isEmpty else { return }
    let (oneTag, otherTag) = (first.tag(of: one), second.tag(of: other))
    guard one.holdsElements == other.holdsElements, oneTag == otherTag else {
      return report(.changed, one, other, path)
    }
    if one.holdsElements {
      compareAttributes(one, other, path)
      compareElements(one, other, path)
    } else {
      compareAttributes(one, other, path)
      compareEmptyLists(one, other, path)
      if one.text != other.text { report(.changed, one, other, path) }
    }
  }

  // MARK: Attributes and elements

  private mutating func compareAttributes(_ one: XMLNode, _ other: XMLNode, _ path: [String]) {
    let others = Array(other.attributes)
    for attribute in one.attributes {
      let place = path + ["@" + attribute.localName]
      guard let match = others.first(where: { $0.isAlike(attribute) }) else {
        report(.removed, attribute, nil, place)
        continue
      }
      if match.text != attribute.text { report(.changed, attribute, match, place) }
    }
    for attribute in others where !one.attributes.contains(where: { $0.isAlike(attribute) }) {
      report(.added, nil, attribute, path + ["@" + attribute.localName])
    }
  }

  private mutating func compareElements(_ one: XMLNode, _ other: XMLNode, _ path: [String]) {
    let ones = Array(one.elements)
    let others = Array(other.elements)
    let before = differences.count
    var matched: Set<Int> = []
    var order: [Int] = []
    for (index, element) in ones.enumerated() {
      let place = path + [element.localName]
      let number = ones[..<index].count { $0.isAlike(element) }
      guard let match = match(of: element, number, among: others, place), matched.insert(match).inserted else {
        report(.removed, element, nil, place)
        continue
      }
      order.append(match)
      compare(element, others[match], place)
    }
    for (index, element) in others.enumerated() where !matched.contains(index) {
      report(.added, nil, element, path + [element.localName])
    }
    compareEmptyLists(one, other, path)
    // In XML the order of elements is content; it is told only where it is the one thing that differs.
    if first.format == .xml, differences.count == before, order.count == ones.count, order != order.sorted(),
      keysAreAbsent(in: ones, path)
    {
      reportOrder(one, other, path)
    }
  }

  private func keysAreAbsent(in elements: [XMLNode], _ path: [String]) -> Bool {
    elements.allSatisfy { element in !options.keys.contains { $0.list.isExactly(path + [element.localName]) } }
  }

  /// The element of the other document that stands for this one: by key, or the one with its number among namesakes.
  private func match(of element: XMLNode, _ number: Int, among others: [XMLNode], _ place: [String]) -> Int? {
    let alike = others.indices.filter { others[$0].isAlike(element) }
    guard let key = options.keys.first(where: { $0.list.isExactly(place) }) else {
      return number < alike.count ? alike[number] : nil
    }
    let wanted = element.text(below: key.leaf)
    return alike.first { others[$0].text(below: key.leaf) == wanted }
  }

  /// An empty JSON list is something else than no list.
  private mutating func compareEmptyLists(_ one: XMLNode, _ other: XMLNode, _ path: [String]) {
    for name in one.emptyLists where !other.emptyLists.contains(name) && other.firstElement(named: name) == nil {
      add(.removed, first.path(of: one, child: [name]), path + [name], "[]", nil)
    }
    for name in other.emptyLists where !one.emptyLists.contains(name) && one.firstElement(named: name) == nil {
      add(.added, second.path(of: other, child: [name]), path + [name], nil, "[]")
    }
  }

  // MARK: Reports

  private mutating func report(
    _ kind: StructuralDifference.Kind, _ one: XMLNode?, _ other: XMLNode?, _ path: [String],
  ) {
    let place = one.map { first.path(of: $0) } ?? other.map { second.path(of: $0) } ?? ""
    add(kind, place, path, one.flatMap { shown($0, first) }, other.flatMap { shown($0, second) })
  }

  private mutating func reportOrder(_ one: XMLNode, _ other: XMLNode, _ path: [String]) {
    func names(_ node: XMLNode) -> String { node.elements.map(\.localName).joined(separator: " ") }
    add(.changed, first.path(of: one), path, names(one), names(other))
  }

  private mutating func add(
    _ kind: StructuralDifference.Kind, _ place: String, _ path: [String], _ before: String?, _ after: String?,
  ) {
    guard !options.ignored.contains(where: { $0.covers(path) }) else { return }
    differences.append(
      StructuralDifference(kind, path: place, pattern: path.joined(separator: "/"), before: before, after: after))
  }

  /// A leaf's text as its format writes it; nil for what holds elements.
  private func shown(_ node: XMLNode, _ tree: DocumentTree) -> String? {
    guard !node.holdsElements else { return nil }
    switch tree.tag(of: node).kind {
    case .number, .boolean: return node.text
    case .null: return "null"
    case .array: return "[]"
    case .object: return "{}"
    case .string, .untagged:
      var writer = JSONWriter()
      writer.string(node.text)
      return String(decoding: writer.finish(), as: UTF8.self)
    }
  }
}
