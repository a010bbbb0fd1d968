extension JSONSchemaEvaluator {
  /// Applies the schemas that speak of the very same value.
  mutating func apply(_ index: Int32, _ schema: Int32, _ entry: Int, _ own: JSONSchemaMarks) -> Bool {
    let rules = program.applicators[index]
    var isValid = true
    if rules.pointee.reference >= 0, !evaluate(rules.pointee.reference, entry, own) {
      isValid = false
      if !isReporting { return false }
    }
    if rules.pointee.dynamicReference >= 0, !evaluate(target(rules.pointee.dynamicReference), entry, own) {
      isValid = false
      if !isReporting { return false }
    }
    for part in rules.pointee.all where !evaluate(program.indexes[part].pointee, entry, own) {
      isValid = false
      if !isReporting { return false }
    }
    if !rules.pointee.any.isEmpty, !applyAny(rules.pointee.any, schema, entry, own) {
      isValid = false
      if !isReporting { return false }
    }
    if !rules.pointee.one.isEmpty, !applyOne(rules.pointee.one, schema, entry, own) {
      isValid = false
      if !isReporting { return false }
    }
    if case let not = rules.pointee.not, not >= 0, silently({ $0.evaluate(not, entry) }) {
      isValid = fail(schema, "not", entry, .forbidden)
      if !isReporting { return false }
    }
    if rules.pointee.condition >= 0, !applyCondition(rules, entry, own) { isValid = false }
    return isValid
  }

  /// The schema a `$dynamicRef` means now: that of the outermost resource entered that has the anchor.
  ///
  /// Mutating though it changes nothing: what merely reads an evaluator is lent a copy of all its pointers.
  private mutating func target(_ reference: Int32) -> Int32 {
    let dynamic = program.dynamicReferences[reference]
    if dynamic.pointee.targets.isEmpty { return dynamic.pointee.initial }
    for resource in scope {
      if let target = dynamic.pointee.targets[resource] { return target }
    }
    return dynamic.pointee.initial
  }

  private mutating func applyCondition(
    _ rules: UnsafePointer<JSONSchemaApplicatorRules>, _ entry: Int, _ own: JSONSchemaMarks
  ) -> Bool {
    report?.silence += 1
    let holds = evaluate(rules.pointee.condition, entry, own)
    report?.silence -= 1
    let branch = holds ? rules.pointee.consequence : rules.pointee.alternative
    return branch < 0 || evaluate(branch, entry, own)
  }

  private mutating func applyAny(
    _ branches: JSONSchemaList, _ schema: Int32, _ entry: Int, _ own: JSONSchemaMarks
  ) -> Bool {
    var isValid = false
    report?.silence += 1
    for branch in branches where evaluate(program.indexes[branch].pointee, entry, own) {
      isValid = true
      if !own.isTracking { break }  // whoever asks what was evaluated must hear of all branches that fit
    }
    report?.silence -= 1
    return isValid || failAlternatives(branches, schema, "anyOf", entry)
  }

  private mutating func applyOne(
    _ branches: JSONSchemaList, _ schema: Int32, _ entry: Int, _ own: JSONSchemaMarks
  ) -> Bool {
    var fitting = 0
    report?.silence += 1
    for branch in branches where evaluate(program.indexes[branch].pointee, entry, own) {
      fitting += 1
      if fitting > 1 { break }
    }
    report?.silence -= 1
    switch fitting {
    case 1: return true
    case 0: return failAlternatives(branches, schema, "oneOf", entry)
    default: return fail(schema, "oneOf", entry, .severalAlternatives)
    }
  }

  /// Reports that no alternative fits, and, where only one could have been meant, why that one does not.
  ///
  /// One that fails already by type or constant at the value itself was not meant: it is how alternatives differ.
  private mutating func failAlternatives(
    _ branches: JSONSchemaList, _ schema: Int32, _ keyword: String, _ entry: Int
  ) -> Bool {
    guard isReporting, let before = report?.findings, let here = report?.path.count else { return false }
    var meant: [[JSONSchemaFinding]] = []
    for branch in branches {
      report?.findings = []
      _ = evaluate(program.indexes[branch].pointee, entry)
      let findings = report?.findings ?? []
      let isOther = findings.contains { finding in
        ["type", "const", "enum", "false"].contains(finding.keyword) && finding.instanceLocation.tokens.count == here
      }
      if !isOther { meant.append(findings) }
    }
    report?.findings = before
    _ = fail(schema, keyword, entry, .noAlternative(of: branches.count))
    if meant.count == 1 {
      let room = limits.findings - (report?.findings.count ?? 0)
      report?.findings.append(contentsOf: meant[0].prefix(max(0, room)))
    }
    return false
  }

  // MARK: Unevaluated

  /// Applies `unevaluatedProperties` and `unevaluatedItems` to what nothing else has evaluated.
  mutating func checkUnevaluated(
    _ node: UnsafePointer<JSONSchemaNode>, _ schema: Int32, _ entry: Int, _ own: JSONSchemaMarks
  ) -> Bool {
    let value = view.tape[entry]
    let isObject = value.kind == .object
    let rest = isObject ? node.pointee.unevaluatedProperties : value.kind == .array ? node.pointee.unevaluatedItems : -1
    guard rest >= 0 else { return true }
    let isFalse = program.nodes[rest].pointee.isFalse
    var isValid = true
    var child = entry + 1
    for ordinal in 0..<value.count {
      let inner = isObject ? child + 1 : child
      if !marked.contains(ordinal, in: own) {
        report?.path.append(isObject ? .member(child) : .element(ordinal))
        if isFalse {
          isValid = fail(
            schema, isObject ? "unevaluatedProperties" : "unevaluatedItems", child,
            isObject ? .unknownMember : .extraElement)
        } else if !evaluate(rest, inner) {
          isValid = false
        }
        if report != nil { report?.path.removeLast() }
        if !isValid, !isReporting { return false }
        marked.insert(ordinal, in: own)
      }
      child = view.next(inner)
    }
    return isValid
  }
}
