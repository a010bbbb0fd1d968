import DocumentKit

@testable import Workbench

extension Mutator {
  /// The longest text that is made to break a limit.
  private static let lengthLimit = 100_000

  mutating func breakText(of node: SampleNode, _ way: [Int], _ path: String) {
    breakKind(of: node, way, path)
    guard let rules = shape[node.place].value else { return }
    if ![.null, .object, .array].contains(node.kind) {
      breakText(
        BreakableText(
          declaration: node.place, isAttribute: false, rules: rules, kind: node.kind, text: node.text, way: way,
          paths: [path]))
    }
    leaveRules(rules, of: node.place)
  }

  /// What of the rules was not broken stays open until another sample has a value that they speak of.
  private mutating func leaveRules(_ rules: ValueRules, of id: SchemaShape.Place.ID) {
    let reason = "no sample has a value that it speaks of"
    if rules.fixed != nil { return leave(.fixed, "\(id.index)", reason) }
    if rules.enumeration != nil, !rules.isYesOrNo { return leave(.enumeration, "\(id.index)", reason) }
    guard rules.enumeration == nil, rules.alternatives.isEmpty, rules.listItem.isEmpty else { return }
    if rules.minLength ?? 0 > 0 { leave(.tooShort, "\(id.index)", reason) }
    if rules.maxLength != nil { leave(.tooLong, "\(id.index)", reason) }
    for index in rules.patterns.indices { leave(.pattern, "\(id.index) pattern \(index)", reason) }
    if rules.minimum != nil { leave(.tooSmall, "\(id.index)", reason) }
    if rules.maximum != nil { leave(.tooLarge, "\(id.index)", reason) }
    if rules.multipleOf != nil { leave(.multiple, "\(id.index)", reason) }
  }

  mutating func breakAttributes(_ node: SampleNode, _ way: [Int], _ path: String) {
    let place = shape[node.place]
    for attribute in place.attributes {
      let paths: Set = [path, attributePath(attribute.place, path)]
      if attribute.isRequired {
        add(
          .requiredAttribute, "\(attribute.place.index) of \(node.place.index)", way, rules: ["cvc-complex-type.4"],
          paths: paths
        ) {
          $0.attributes.removeAll { $0.place == attribute.place }
        }
      }
      guard let text = node.attributes.first(where: { $0.place == attribute.place })?.text,
        let rules = shape[attribute.place].value
      else { continue }
      breakText(
        BreakableText(
          declaration: attribute.place, isAttribute: true, rules: rules, kind: .untagged, text: text, way: way,
          paths: paths))
    }
    guard !isJSON, !place.allowsOtherAttributes, place.value?.kind != .any, let stranger = stranger(to: place) else {
      return
    }
    let rules: Set = ["cvc-complex-type.3.2.1", "cvc-complex-type.3.2.2", "cvc-type.3.1.1"]
    let paths: Set = [path, attributePath(stranger, path)]
    add(.unknownAttribute, "\(node.place.index)", way, rules: rules, paths: paths) {
      $0.attributes.append((stranger, "x"))
    }
  }

  private func attributePath(_ id: SchemaShape.Place.ID, _ path: String) -> String {
    // Samples write namespaced attributes with a prefix of their number.
    "\(path)/@" + (shape[id].namespace == nil ? "" : "n\(id.index):") + shape[id].name
  }

  /// A declaration with a name that none of the place's attributes has.
  private func stranger(to place: SchemaShape.Place) -> SchemaShape.Place.ID? {
    let known = Set(place.attributes.map { shape[$0.place].name })
    return shape.places.indices.map(SchemaShape.Place.ID.init).first { !known.contains(shape[$0].name) }
  }

  /// The type of a JSON value: one that the schema does not allow in its place.
  private mutating func breakKind(of node: SampleNode, _ way: [Int], _ path: String) {
    let place = shape[node.place]
    guard isJSON, place.value?.kind != .any, place.value != nil || place.content != nil else { return }
    var allowed = Set(place.value?.jsonTypes ?? [])
    if let content = place.content {
      if case .wildcard = content { return }
      allowed.formUnion(["object", "array"])
    }
    let candidates: [(name: String, kind: NodeTag.Kind, text: String)] = [
      ("object", .object, ""), ("string", .string, "khong phai"), ("boolean", .boolean, "true"),
      ("number", .number, "7"),
    ]
    let wrong = candidates.first { !allowed.contains($0.name) && !($0.name == "number" && allowed.contains("integer")) }
    guard let wrong else { return leave(.type, "\(node.place.index)", "every type is allowed") }
    add(.type, "\(node.place.index)", way, rules: ["type", "enum", "const", "anyOf", "oneOf"], paths: [path]) {
      ($0.kind, $0.text, $0.parts) = (wrong.kind, wrong.text, [])
    }
  }

  // MARK: Rules of a text

  private mutating func breakText(_ text: BreakableText) {
    let rules = text.rules
    if isJSON { breakExclusion(text) } else { breakType(text) }
    if rules.fixed != nil { return breakFixed(text) }
    if rules.enumeration != nil {
      guard !rules.isYesOrNo else { return }
      return change(
        text, .enumeration, rules: isJSON ? ["enum", "const", "type", "anyOf", "oneOf"] : ["cvc-enumeration-valid"],
        to: "khong-co-trong-danh-sach", as: isJSON ? .string : nil)
    }
    guard rules.alternatives.isEmpty else { return breakUnion(text) }
    breakLength(text)
    breakPatterns(text)
    breakRange(text)
    breakDigits(text)
  }

  private mutating func change(
    _ text: BreakableText, _ kind: Mutation.Kind, rules: Set<String>, to other: String, as tag: NodeTag.Kind? = nil,
    detail: String = "",
  ) {
    add(kind, "\(text.declaration.index)\(detail)", text.way, rules: rules, paths: text.paths) {
      text.replace(in: &$0, by: other, tag)
    }
  }

  /// XML: a text that is none of the type. Every text is one of `xs:string`.
  private mutating func breakType(_ text: BreakableText) {
    let rules = text.rules
    if let item = rules.listItem.first {
      guard item.surelyRefuses("\u{A7}", isJSON: false) else { return }
      return change(text, .type, rules: ["cvc-datatype-valid.1.2.2"], to: "\u{A7}")
    }
    guard !rules.takesEveryText, rules.alternatives.isEmpty else { return }
    change(
      text, .type, rules: ["cvc-datatype-valid.1.2.1", "cvc-enumeration-valid", "cvc-pattern-valid"], to: "không phải")
  }

  /// JSON: a text that another branch lists.
  private mutating func breakExclusion(_ text: BreakableText) {
    guard isJSON, let path = text.paths.first else { return }
    for other in ([text.rules] + text.rules.alternatives).flatMap({ $0.enumeration ?? [] }) {
      addIfExcluded("\(text.declaration.index)", text.way, path: path) { text.replace(in: &$0, by: other, .string) }
    }
  }

  private mutating func breakFixed(_ text: BreakableText) {
    var other = text.text + "x"
    if let number = Int(text.text), text.rules.kind != .string { other = String(number + 1) }
    if text.rules.kind == .boolean { other = ["true", "1"].contains(text.text) ? "false" : "true" }
    let rules: Set<String> =
      isJSON
      ? ["const", "enum"] : text.isAttribute ? ["cvc-au"] : ["cvc-elt.5.2.2.2.1", "cvc-elt.5.2.2.2.2"]
    change(text, .fixed, rules: rules, to: other)
  }

  private mutating func breakUnion(_ text: BreakableText) {
    let candidates = ["\u{A7}", "", String(repeating: "\u{A7}", count: 9_999)]
    let rules = text.rules
    guard !isJSON || text.kind == .string else { return }
    guard let other = candidates.first(where: { rules.surelyRefuses($0, isJSON: isJSON) }) else {
      return leave(.union, "\(text.declaration.index)", "one of its types takes every text")
    }
    let wanted: Set<String> =
      isJSON
      ? ["anyOf", "oneOf", "pattern", "enum", "maxLength", "minLength"]
      : ["cvc-datatype-valid.1.2.3", "cvc-datatype-valid.1.2.1"]
    change(text, .union, rules: wanted, to: other)
  }

  private mutating func breakLength(_ text: BreakableText) {
    let rules = text.rules
    guard isJSON ? text.kind == .string : rules.listItem.isEmpty else { return }
    // XML counts the octets that a base64 text stands for.
    func made(_ length: Int) -> String {
      guard rules.kind == .base64, !isJSON else { return String(repeating: "a", count: length) }
      return String(repeating: "YWFh", count: length / 3) + ["", "YQ==", "YWE="][length % 3]
    }
    if let length = rules.minLength, length > 0 {
      change(
        text, .tooShort, rules: isJSON ? ["minLength"] : ["cvc-minLength-valid", "cvc-length-valid"],
        to: made(length - 1))
    }
    if let length = rules.maxLength {
      guard length < Self.lengthLimit else {
        return leave(.tooLong, "\(text.declaration.index)", "a text so long is not made")
      }
      change(
        text, .tooLong, rules: isJSON ? ["maxLength"] : ["cvc-maxLength-valid", "cvc-length-valid"],
        to: made(length + 1))
    }
  }

  private mutating func breakPatterns(_ text: BreakableText) {
    guard !isJSON || text.kind == .string else { return }
    for (index, source) in text.rules.patterns.enumerated() {
      let candidates = [
        text.text + "\u{A7}", "\u{A7}", " ", "", "?", "a b", text.text + " x", "2026-13-45T99:99:99Z",
      ]
      let pattern = try? SamplePattern(source, isJSON ? .ecma : .xsd)
      let breaking = candidates.first { candidate in
        guard let pattern, !pattern.matches(candidate) else { return false }
        let count = candidate.unicodeScalars.count
        return count >= text.rules.minLength ?? 0 && count <= text.rules.maxLength ?? .max
      }
      guard let breaking else {
        leave(
          .pattern, "\(text.declaration.index) pattern \(index)",
          "no text was found that it refuses and the length allows")
        continue
      }
      change(
        text, .pattern, rules: isJSON ? ["pattern"] : ["cvc-pattern-valid", "cvc-datatype-valid.1.2.1"],
        to: breaking, detail: " pattern \(index)")
    }
  }

  private mutating func breakRange(_ text: BreakableText) {
    guard [.integer, .decimal, .double].contains(text.rules.kind), !isJSON || text.kind == .number else { return }
    let ends: [(kind: Mutation.Kind, bound: ValueRules.Bound?, rules: Set<String>)] = [
      (
        .tooSmall, text.rules.minimum,
        ["minimum", "exclusiveMinimum", "cvc-minInclusive-valid", "cvc-minExclusive-valid"]
      ),
      (
        .tooLarge, text.rules.maximum,
        ["maximum", "exclusiveMaximum", "cvc-maxInclusive-valid", "cvc-maxExclusive-valid"]
      ),
    ]
    for (kind, bound, rules) in ends {
      guard let bound else { continue }
      guard let number = ValueRules.beyond(bound, isMaximum: kind == .tooLarge) else {
        leave(kind, "\(text.declaration.index)", "the bound is no number in digits")
        continue
      }
      // Outside of the range of the built-in type it is the type that is broken.
      change(text, kind, rules: isJSON ? rules : rules.union(["cvc-datatype-valid.1.2.1"]), to: number)
    }
  }

  private mutating func breakDigits(_ text: BreakableText) {
    let rules = text.rules
    if let digits = rules.fractionDigits, digits > 0 {
      let number = "1." + String(repeating: "1", count: digits + 1)
      change(text, .fractionDigits, rules: ["cvc-fractionDigits-valid"], to: number)
    }
    if let digits = rules.totalDigits {
      change(text, .totalDigits, rules: ["cvc-totalDigits-valid"], to: String(repeating: "1", count: digits + 1))
    }
    guard let step = rules.multipleOf, isJSON, text.kind == .number else { return }
    guard let step = Int(step), step > 1, let number = Int(text.text) else {
      return leave(.multiple, "\(text.declaration.index)", "the step is no whole number above one")
    }
    change(text, .multiple, rules: ["multipleOf"], to: String(number % step == 0 ? number + 1 : number))
  }
}
