/// Finds what of XPath can be answered by walking the tree: paths of names whose predicates are conditions and at last a
/// place, unions of them and the first or last of such nodes, conditions about them, and texts made of them.
///
/// Everything else is left to libxml2's evaluator: other axes, computed places, variables, functions of EXSLT, and what two node-sets or truths are compared with. A walk visits each node below its context once for each step, so it
/// has no need of the evaluator's operation limit; paths from the document inside a predicate, which would multiply,
/// are left to libxml2 as well.
struct XPathWalkCompiler {
  /// Namespace by prefix.
  let prefixes: [String: String]

  func walk(_ term: XPathTerm) -> XPathWalk? {
    if let nodes = nodes(term, inPredicate: false) { return .nodes(nodes) }
    if let truth = truth(term, inPredicate: false) { return .truth(truth) }
    // A literal needs no walk, and the evaluator's own copy of it is as good.
    if case .call = term, let text = text(term, inPredicate: false) { return .text(text) }
    return nil
  }

  // MARK: Nodes

  private func nodes(_ term: XPathTerm, inPredicate: Bool) -> XPathNodeSet? {
    switch term {
    case .path: return path(term, inPredicate: inPredicate)
    case .operation(.union, let left, let right):
      guard let left = nodes(left, inPredicate: inPredicate), let right = nodes(right, inPredicate: inPredicate)
      else { return nil }
      return XPathUnion([left, right])
    case .filter(let term, let predicates) where predicates.count == 1:
      guard let nodes = nodes(term, inPredicate: inPredicate) else { return nil }
      switch predicates[0] {
      case .number("1"): return XPathPick(.first, of: nodes)
      case .call(XPathName("last"), let arguments) where arguments.isEmpty: return XPathPick(.last, of: nodes)
      default: return nil
      }
    default: return nil
    }
  }

  private func path(_ term: XPathTerm, inPredicate: Bool) -> XPathChildPath? {
    guard case .path(let start, let steps) = term, let first = steps.first else { return nil }
    var isAbsolute = false
    switch start {
    case .context: break
    case .document where !inPredicate: isAbsolute = true
    default: return nil
    }
    var rest = steps[...]
    var own: XPathChildPath.Draft?
    if first.axis == .`self`, !isAbsolute {
      // `.` is the context as it is, `self::a` the context if it is such an element.
      switch first.test {
      case .node where first.predicates.isEmpty: break
      case .name(let name):
        guard let draft = draft(name, first.predicates), draft.place == nil else { return nil }
        own = draft
      default: return nil
      }
      rest = rest.dropFirst()
    }
    var elements: [XPathChildPath.Draft] = []
    var attribute: XPathChildPath.Draft?
    for (index, step) in zip(rest.indices, rest) {
      guard case .name(let name) = step.test, let draft = draft(name, step.predicates) else { return nil }
      switch step.axis {
      case .child: elements.append(draft)
      case .attribute where index == steps.count - 1 && draft.place == nil: attribute = draft
      default: return nil
      }
    }
    return XPathChildPath(isAbsolute: isAbsolute, own: own, elements: elements, attribute: attribute)
  }

  private func draft(_ name: XPathName, _ predicates: [XPathTerm]) -> XPathChildPath.Draft? {
    var namespace: String?
    if let prefix = name.prefix {
      guard let known = prefixes[prefix] else { return nil }
      namespace = known
    }
    var condition: XPathTruth?
    let place = predicates.last.flatMap(Self.place)
    for predicate in place == nil ? predicates : predicates.dropLast() {
      guard let truth = asTruth(predicate, inPredicate: true) else { return nil }
      condition = condition.map { XPathBoth($0, truth) } ?? truth
    }
    return XPathChildPath.Draft(name: name.local, namespace: namespace, condition: condition, place: place)
  }

  private static func place(_ predicate: XPathTerm) -> XPathChildPath.Place? {
    switch predicate {
    case .number(let digits): Int(digits).map { .number($0) }
    case .call(XPathName("last"), let arguments) where arguments.isEmpty: .last
    default: nil
    }
  }

  // MARK: Truths

  /// A term as `boolean()` takes it; not a number, which in a predicate means a position.
  private func asTruth(_ term: XPathTerm, inPredicate: Bool) -> XPathTruth? {
    if let nodes = nodes(term, inPredicate: inPredicate) { return XPathExistence(nodes) }
    if let truth = truth(term, inPredicate: inPredicate) { return truth }
    return text(term, inPredicate: inPredicate).map { XPathFullness($0) }
  }

  private func truth(_ term: XPathTerm, inPredicate: Bool) -> XPathTruth? {
    switch term {
    case .operation(.and, let left, let right):
      guard let left = asTruth(left, inPredicate: inPredicate), let right = asTruth(right, inPredicate: inPredicate)
      else { return nil }
      return XPathBoth(left, right)
    case .operation(.or, let left, let right):
      guard let left = asTruth(left, inPredicate: inPredicate), let right = asTruth(right, inPredicate: inPredicate)
      else { return nil }
      return XPathEither(left, right)
    case .operation(let symbol, let left, let right):
      return XPathRelation(symbol).flatMap { comparison(left, $0, right, inPredicate) }
    case .call(let name, let arguments) where name.prefix == nil:
      switch (name.local, arguments.count) {
      case ("not", 1): return asTruth(arguments[0], inPredicate: inPredicate).map { XPathOpposite($0) }
      case ("boolean", 1): return asTruth(arguments[0], inPredicate: inPredicate)
      case ("starts-with", 2), ("contains", 2):
        guard let whole = asText(arguments[0], inPredicate), let part = asText(arguments[1], inPredicate) else {
          return nil
        }
        return XPathPart(whole, part, onlyAtStart: name.local == "starts-with")
      default: return nil
      }
    default: return nil
    }
  }

  private func comparison(
    _ left: XPathTerm, _ relation: XPathRelation, _ right: XPathTerm, _ inPredicate: Bool
  ) -> XPathTruth? {
    let leftNodes = nodes(left, inPredicate: inPredicate)
    let rightNodes = nodes(right, inPredicate: inPredicate)
    switch (leftNodes, rightNodes) {
    case (nil, let nodes?): return comparison(nodes, relation.mirrored, left, inPredicate)
    case (let nodes?, nil): return comparison(nodes, relation, right, inPredicate)
    case (_?, _?): return nil
    case (nil, nil): break
    }
    if !relation.isOrder, let left = text(left, inPredicate: inPredicate),
      let right = text(right, inPredicate: inPredicate)
    {
      return XPathTwoTexts(left, right, wantsEqual: relation == .equal)
    }
    guard let left = asAmount(left, inPredicate), let right = asAmount(right, inPredicate) else { return nil }
    return XPathTwoAmounts(left, relation, right)
  }

  /// Nodes beside a single value: whether one of them compares so.
  private func comparison(
    _ nodes: XPathNodeSet, _ relation: XPathRelation, _ term: XPathTerm, _ inPredicate: Bool
  ) -> XPathTruth? {
    if let text = text(term, inPredicate: inPredicate) {
      if relation.isOrder { return XPathNodesAndAmount(nodes, relation, XPathTextNumber(text)) }
      return XPathNodesAndText(nodes, text, wantsEqual: relation == .equal)
    }
    return amount(term, inPredicate).map { XPathNodesAndAmount(nodes, relation, $0) }
  }

  // MARK: Texts and numbers

  private func text(_ term: XPathTerm, inPredicate: Bool) -> XPathText? {
    switch term {
    case .literal(let text): return XPathLiteral(text)
    case .call(let name, let arguments) where name.prefix == nil: return call(name.local, arguments, inPredicate)
    default: return nil
    }
  }

  private func call(_ name: String, _ arguments: [XPathTerm], _ inPredicate: Bool) -> XPathText? {
    guard let first = arguments.first.flatMap({ asText($0, inPredicate) }) else { return nil }
    switch (name, arguments.count) {
    case ("string", 1): return first
    case ("normalize-space", 1): return XPathNormalText(first)
    case ("concat", 2...):
      let texts = arguments.compactMap { asText($0, inPredicate) }
      return texts.count == arguments.count ? XPathConcatenation(texts) : nil
    case ("substring-before", 2), ("substring-after", 2):
      return asText(arguments[1], inPredicate).map {
        XPathPartBeside($0, in: first, isBefore: name == "substring-before")
      }
    case ("substring", 2), ("substring", 3):
      let amounts = arguments.dropFirst().compactMap { asAmount($0, inPredicate) }
      guard amounts.count == arguments.count - 1 else { return nil }
      return XPathPiece(of: first, from: amounts[0], length: amounts.count == 2 ? amounts[1] : nil)
    case ("translate", 3):
      guard case .literal(let from) = arguments[1], case .literal(let to) = arguments[2] else { return nil }
      return XPathTranslation(of: first, from: from, to: to)
    default: return nil
    }
  }

  /// A term as `string()` takes it; not a number or truth, whose texts libxml2 writes.
  private func asText(_ term: XPathTerm, _ inPredicate: Bool) -> XPathText? {
    if let nodes = nodes(term, inPredicate: inPredicate) { return XPathFirstText(nodes) }
    return text(term, inPredicate: inPredicate)
  }

  private func amount(_ term: XPathTerm, _ inPredicate: Bool) -> XPathAmount? {
    switch term {
    // Whole numbers that are exact; how libxml2 rounds longer ones and fractions is its own affair.
    case .number(let digits) where digits.utf8.count <= 15: return Int(digits).map { XPathConstant(Double($0)) }
    case .call(let name, let arguments) where name.prefix == nil && arguments.count == 1:
      switch name.local {
      case "floor": return asAmount(arguments[0], inPredicate).map { XPathFloor($0) }
      case "number": return asAmount(arguments[0], inPredicate)
      case "string-length": return asText(arguments[0], inPredicate).map { XPathLength($0) }
      case "count": return nodes(arguments[0], inPredicate: inPredicate).map { XPathCount($0) }
      default: return nil
      }
    default: return nil
    }
  }

  /// A term as `number()` takes it; not a truth.
  private func asAmount(_ term: XPathTerm, _ inPredicate: Bool) -> XPathAmount? {
    if let amount = amount(term, inPredicate) { return amount }
    return asText(term, inPredicate).map { XPathTextNumber($0) }
  }
}
