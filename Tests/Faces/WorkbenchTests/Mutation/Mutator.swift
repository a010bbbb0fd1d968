import DocumentKit

@testable import Workbench

/// Breaks each constraint of a shape once, alone, in a valid sample.
struct Mutator {
  let shape: SchemaShape
  private let root: SampleNode
  private var done: Set<String> = []
  private(set) var mutations: [Mutation] = []
  /// Constraints that were not broken: kind and reason, with how many.
  private(set) var left: [String: Int] = [:]

  /// `done` are the constraints broken in other samples of the same schema.
  init(shape: SchemaShape, root: SampleNode, done: Set<String>) {
    self.shape = shape
    self.root = root
    self.done = done
    visit(root, way: [], path: shape.format == .xml ? "/" + shape[root.place].name : "")
  }

  var broken: Set<String> { done }

  private var isJSON: Bool { shape.format == .json }

  // MARK: Walking

  private mutating func visit(_ node: SampleNode, way: [Int], path: String) {
    breakValue(node, way, path)
    breakAttributes(node, way, path)
    breakContent(node, way, path)
    for (index, part) in node.parts.enumerated() {
      guard case .node(let child) = part else { continue }
      visit(child, way: way + [index], path: self.path(of: index, in: node, at: path))
    }
  }

  /// Where the part of a node with this index is, in the words of findings.
  private func path(of index: Int, in node: SampleNode, at path: String) -> String {
    guard case .node(let child) = node.parts[index] else { return path }
    let name = shape[child.place].name
    let same = node.parts.indices.filter { other in
      if case .node(let sibling) = node.parts[other] { shape[sibling.place].name == name } else { false }
    }
    let number = same.firstIndex(of: index) ?? 0
    guard isJSON else { return "\(path)/\(name)" + (same.count > 1 ? "[\(number + 1)]" : "") }
    let member = node.kind == .array ? "" : "/" + MemberName.unescaped(name)
    return path + member + (child.isList ? "/\(number)" : "")
  }

  /// The whole sample with the node at a way changed.
  private func changed(_ way: [Int], _ change: (inout SampleNode) -> Void) -> SampleNode {
    func apply(_ node: SampleNode, _ way: ArraySlice<Int>) -> SampleNode {
      var node = node
      guard let index = way.first, case .node(let child) = node.parts[index] else {
        change(&node)
        return node
      }
      node.parts[index] = .node(apply(child, way.dropFirst()))
      return node
    }
    return apply(root, way[...])
  }

  private mutating func add(
    _ kind: String, _ constraint: String, _ way: [Int], rules: Set<String>, paths: Set<String>,
    _ change: (inout SampleNode) -> Void,
  ) {
    guard done.insert("\(kind) \(constraint)").inserted else { return }
    mutations.append(Mutation(kind: kind, root: changed(way, change), rules: rules, paths: paths))
  }

  private mutating func leave(_ kind: String, _ constraint: String, _ reason: String) {
    if done.insert("\(kind) \(constraint)").inserted { left["\(kind): \(reason)", default: 0] += 1 }
  }

  // MARK: Values

  private mutating func breakValue(_ node: SampleNode, _ way: [Int], _ path: String) {
    guard let value = shape[node.place].value, node.kind != .null, node.kind != .object, node.kind != .array else {
      return
    }
    func key(_ what: String) -> String { "\(node.place.index) \(what)" }
    let unions: Set<String> = value.alternatives.isEmpty ? [] : ["cvc-datatype-valid.1.2.3", "anyOf", "oneOf"]
    breakType(node, value, way, path, unions)
    if value.fixed != nil { return leave("fixed value", key("fixed"), "the type and enumeration are broken instead") }
    if value.enumeration != nil, !value.jsonTypes.contains("boolean") || value.jsonTypes.contains("string") {
      let rules = unions.union(isJSON ? ["enum", "const", "type"] : ["cvc-enumeration-valid"])
      add("enumeration", key("enum"), way, rules: rules, paths: [path]) {
        ($0.kind, $0.text) = ($0.kind == .untagged ? .untagged : .string, "khong-co-trong-danh-sach")
      }
    } else if value.alternatives.isEmpty {
      breakLength(node, value, way, path)
      breakPatterns(node, value, way, path)
      breakRange(node, value, way, path)
    } else {
      leave("facets of a union", key("union"), "another member type may accept the text")
    }
  }

  private mutating func breakType(
    _ node: SampleNode, _ value: ValueRules, _ way: [Int], _ path: String, _ unions: Set<String>,
  ) {
    let key = "\(node.place.index) type"
    if isJSON {
      guard value.kind != .any, shape[node.place].content == nil else {
        return leave("wrong type", key, "the schema allows objects there")
      }
      add("wrong type", key, way, rules: unions.union(["type", "enum", "const"]), paths: [path]) {
        ($0.kind, $0.text) = (.object, "")
      }
    } else if [.string, .any, .uri].contains(value.kind) || !value.listItem.isEmpty {
      leave("wrong type", key, "every text is of the type")
    } else {
      let rules = unions.union(["cvc-datatype-valid.1.2.1", "cvc-enumeration-valid", "cvc-pattern-valid"])
      add("wrong type", key, way, rules: rules, paths: [path]) { $0.text = "không phải" }
    }
  }

  private mutating func breakLength(_ node: SampleNode, _ value: ValueRules, _ way: [Int], _ path: String) {
    guard isJSON ? node.kind == .string : value.listItem.isEmpty else { return }
    func key(_ what: String) -> String { "\(node.place.index) \(what)" }
    if let length = value.minLength, length > 0 {
      let rules: Set<String> = isJSON ? ["minLength"] : ["cvc-minLength-valid", "cvc-length-valid"]
      // A base64 text without octets is empty; n characters less is not what counts there.
      guard value.kind != .base64 || length == 1 else { return leave("too short", key("min"), "octets are counted") }
      add("too short", key("min"), way, rules: rules, paths: [path]) {
        $0.text = String(repeating: "a", count: length - 1)
      }
    }
    if let length = value.maxLength, length <= 100_000 {
      let rules: Set<String> = isJSON ? ["maxLength"] : ["cvc-maxLength-valid", "cvc-length-valid"]
      guard value.kind != .base64 else { return leave("too long", key("max"), "octets are counted") }
      add("too long", key("max"), way, rules: rules, paths: [path]) {
        $0.text = String(repeating: "a", count: length + 1)
      }
    }
  }

  private mutating func breakPatterns(_ node: SampleNode, _ value: ValueRules, _ way: [Int], _ path: String) {
    guard !isJSON || node.kind == .string else { return }
    for (index, source) in value.patterns.enumerated() {
      let key = "\(node.place.index) pattern \(index)"
      let candidates = [node.text + "\u{A7}", "\u{A7}", " ", "", "?", "a b", node.text + " x", "2026-13-45T99:99:99Z"]
      let pattern = try? SamplePattern(source, isJSON ? .ecma : .xsd)
      let breaking = candidates.first { text in
        guard let pattern, !pattern.matches(text) else { return false }
        let count = text.unicodeScalars.count
        return count >= value.minLength ?? 0 && count <= value.maxLength ?? .max
      }
      guard let breaking else {
        leave("pattern", key, "no text was found that it refuses and the length allows")
        continue
      }
      let rules: Set<String> =
        isJSON ? ["pattern"] : ["cvc-pattern-valid", "cvc-datatype-valid.1.2.1"]
      add("pattern", key, way, rules: rules, paths: [path]) { $0.text = breaking }
    }
  }

  private mutating func breakRange(_ node: SampleNode, _ value: ValueRules, _ way: [Int], _ path: String) {
    guard [.integer, .decimal, .double].contains(value.kind), !isJSON || node.kind == .number else { return }
    let ends = [
      (
        "too small", value.minimum, -1,
        ["minimum", "exclusiveMinimum", "cvc-minInclusive-valid", "cvc-minExclusive-valid"]
      ),
      (
        "too large", value.maximum, 1,
        ["maximum", "exclusiveMaximum", "cvc-maxInclusive-valid", "cvc-maxExclusive-valid"]
      ),
    ]
    for (kind, bound, step, rules) in ends {
      guard let bound else { continue }
      let key = "\(node.place.index) \(kind)"
      guard let number = Int(bound.text), number.addingReportingOverflow(step).overflow == false else {
        leave(kind, key, "the bound does not fit the test's numbers")
        continue
      }
      // Outside of the range of the built-in type it is the type that is broken.
      let all = Set(rules).union(isJSON ? [] : ["cvc-datatype-valid.1.2.1"])
      add(kind, key, way, rules: all, paths: [path]) { $0.text = String(number + step) }
    }
    if let digits = value.fractionDigits, digits > 0 {
      add("too many fraction digits", "\(node.place.index)", way, rules: ["cvc-fractionDigits-valid"], paths: [path]) {
        $0.text = "1." + String(repeating: "1", count: digits + 1)
      }
    }
  }

  // MARK: Attributes

  private mutating func breakAttributes(_ node: SampleNode, _ way: [Int], _ path: String) {
    for attribute in shape[node.place].attributes where attribute.isRequired {
      add("required attribute missing", "\(attribute.place.index)", way, rules: ["cvc-complex-type.4"], paths: [path]) {
        $0.attributes.removeAll { $0.place == attribute.place }
      }
    }
  }

  // MARK: Content

  private mutating func breakContent(_ node: SampleNode, _ way: [Int], _ path: String) {
    guard let content = shape[node.place].content, node.kind != .null else { return }
    if !shape.allowsOtherElements(in: node.place), node.kind != .array {
      let rules: Set<String> =
        isJSON
        ? ["additionalProperties", "unevaluatedProperties"]
        : ["cvc-complex-type.2.4", "cvc-complex-type.2.1", "cvc-type.3.1.2"]
      add("extra element or member", "\(node.place.index) extra", way, rules: rules, paths: ["\(path)/khac", path]) {
        $0.parts.append(.other(namespace: nil))
      }
    }
    switch content {
    case .sequence(let parts, .once), .all(let parts, .once):
      for part in parts { breakOccurs(part, node, way, path) }
      if case .sequence = content, !isJSON { breakOrder(parts, node, way, path) }
    case .place: breakOccurs(content, node, way, path)
    default: leave("content of a choice", "\(node.place.index) choice", "another branch may accept what is left")
    }
  }

  private mutating func breakOccurs(
    _ particle: SchemaShape.Particle, _ node: SampleNode, _ way: [Int], _ path: String,
  ) {
    var particle = particle
    var isRequired = true
    if isJSON, case .sequence(let inner, let occurs) = particle, inner.count == 1 {
      isRequired = occurs.minimum > 0
      particle = inner[0]
    }
    guard case .place(let id, let occurs, let isList) = particle else { return }
    let name = shape[id].name
    let indexes = node.parts.indices.filter { index in
      if case .node(let child) = node.parts[index] { child.place == id } else { false }
    }
    let member = isJSON && node.kind != .array ? "\(path)/\(MemberName.unescaped(name))" : path
    if occurs.minimum > 0, indexes.count == occurs.minimum, let last = indexes.last {
      let rules: Set<String> =
        isJSON ? (isList ? ["minItems", "required"] : ["required"]) : ["cvc-complex-type.2.4", "cvc-complex-type.2.2"]
      // XML says it of the element that comes where the missing one should be, or of the parent where none comes.
      var paths: Set<String> = [path, member]
      if !isJSON { paths.formUnion(node.parts.indices.map { self.path(of: $0, in: node, at: path) }) }
      if isRequired || isList {
        add(
          isList ? "too few values" : "required missing", "\(id.index) in \(node.place.index)", way, rules: rules,
          paths: paths
        ) {
          $0.parts.remove(at: last)
          if isList, occurs.minimum == 1, $0.kind != .array { $0.parts.append(.emptyList(name)) }
        }
      }
    }
    if let maximum = occurs.maximum, maximum > 0, maximum <= 50, let first = indexes.first, !isJSON || isList {
      let rules: Set<String> = isJSON ? ["maxItems"] : ["cvc-complex-type.2.4"]
      var paths: Set<String> = [path, member]
      if !isJSON { paths.formUnion((1...maximum + 1).map { "\(path)/\(name)[\($0)]" }) }
      let copies = Array(repeating: node.parts[first], count: maximum + 1 - indexes.count)
      add("too many", "\(id.index) in \(node.place.index)", way, rules: rules, paths: paths) {
        $0.parts.insert(contentsOf: copies, at: first)
      }
    }
  }

  private mutating func breakOrder(
    _ parts: [SchemaShape.Particle], _ node: SampleNode, _ way: [Int], _ path: String,
  ) {
    let isPlain = parts.allSatisfy { if case .place = $0 { true } else { false } }
    let pair = node.parts.indices.dropFirst().first { index in
      guard case .node(let one) = node.parts[index - 1], case .node(let two) = node.parts[index] else { return false }
      return shape[one.place].name != shape[two.place].name
    }
    guard let pair else { return }
    guard isPlain else {
      return leave("wrong order", "\(node.place.index) order", "groups inside may allow the other order")
    }
    let paths = Set(node.parts.indices.map { self.path(of: $0, in: node, at: path) } + [path])
    add("wrong order", "\(node.place.index) order", way, rules: ["cvc-complex-type.2.4"], paths: paths) {
      $0.parts.swapAt(pair - 1, pair)
    }
  }
}
