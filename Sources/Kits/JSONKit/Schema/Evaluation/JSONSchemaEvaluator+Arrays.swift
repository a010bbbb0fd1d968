extension JSONSchemaEvaluator {
  mutating func checkArray(_ index: Int32, _ schema: Int32, _ entry: Int, _ own: JSONSchemaMarks) -> Bool {
    let rules = program.arrays[index]
    let value = view.tape[entry]
    var isValid = true
    if value.count < rules.pointee.minimum {
      isValid = fail(schema, "minItems", entry, .fewerElements(than: rules.pointee.minimum))
    }
    if value.count > rules.pointee.maximum {
      isValid = fail(schema, "maxItems", entry, .moreElements(than: rules.pointee.maximum))
    }
    if !isValid, !isReporting { return false }
    if rules.pointee.rest >= 0 || !rules.pointee.prefix.isEmpty, !checkElements(rules, schema, entry, own) {
      isValid = false
      if !isReporting { return false }
    }
    if rules.pointee.contains >= 0, !checkContains(rules, schema, entry, own) {
      isValid = false
      if !isReporting { return false }
    }
    if rules.pointee.isUnique, !checkUnique(schema, entry) { isValid = false }
    return isValid
  }

  private mutating func checkElements(
    _ rules: UnsafePointer<JSONSchemaArrayRules>, _ schema: Int32, _ entry: Int, _ own: JSONSchemaMarks
  ) -> Bool {
    let prefix = rules.pointee.prefix.count
    let rest = rules.pointee.rest
    let restIsFalse = rest >= 0 && program.nodes[rest].pointee.isFalse
    var isValid = true
    var element = entry + 1
    for index in 0..<view.tape[entry].count {
      let elementSchema =
        index < prefix ? program.indexes[rules.pointee.prefix.lowerBound + Int32(index)].pointee : rest
      if elementSchema < 0 { break }
      report?.path.append(.element(index))
      if index >= prefix, restIsFalse {
        isValid = fail(schema, rules.pointee.restKeyword, element, .extraElement)
      } else if !evaluate(elementSchema, element) {
        isValid = false
      }
      if report != nil { report?.path.removeLast() }
      if !isValid, !isReporting { return false }
      if own.isTracking { marked.insert(index, in: own) }
      element = view.next(element)
    }
    return isValid
  }

  private mutating func checkContains(
    _ rules: UnsafePointer<JSONSchemaArrayRules>, _ schema: Int32, _ entry: Int, _ own: JSONSchemaMarks
  ) -> Bool {
    let contains = rules.pointee.contains
    let minimum = rules.pointee.containsMinimum
    let maximum = rules.pointee.containsMaximum
    let needsAll = own.isTracking && rules.pointee.containsEvaluates
    var matches = 0
    var element = entry + 1
    for index in 0..<view.tape[entry].count {
      if !needsAll, matches >= minimum, maximum == Int.max { break }
      if silently({ $0.evaluate(contains, element) }) {
        matches += 1
        if needsAll { marked.insert(index, in: own) }
      }
      element = view.next(element)
    }
    if matches < minimum {
      return fail(schema, minimum == 1 ? "contains" : "minContains", entry, .fewerMatches(than: minimum))
    }
    return matches <= maximum || fail(schema, "maxContains", entry, .moreMatches(than: maximum))
  }

  /// Few elements are compared pair by pair, many by hash; comparisons count as steps, so that they have a limit too.
  private mutating func checkUnique(_ schema: Int32, _ entry: Int) -> Bool {
    let count = view.tape[entry].count
    if count < 2 { return true }
    var earlier: [Int: [Int]] = [:]
    var element = entry + 1
    for index in 0..<count {
      let hash = count <= 8 ? 0 : view.hash(element)
      for other in earlier[hash] ?? [] {
        if view.isEqual(element, other, of: view, steps: &steps) {
          report?.path.append(.element(index))
          defer { if report != nil { report?.path.removeLast() } }
          return fail(schema, "uniqueItems", element, .repeatedElement)
        }
        if steps > limits.steps { return stop(.tooManySteps(limits.steps), "uniqueItems", schema, entry) }
      }
      earlier[hash, default: []].append(element)
      element = view.next(element)
    }
    return true
  }
}
