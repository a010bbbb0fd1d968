extension JSONSchemaEvaluator {
  mutating func checkObject(_ index: Int32, _ schema: Int32, _ entry: Int, _ own: JSONSchemaMarks) -> Bool {
    let rules = program.objects[index]
    let value = view.tape[entry]
    var isValid = true
    if value.count < rules.pointee.minimum {
      isValid = fail(schema, "minProperties", entry, .fewerMembers(than: rules.pointee.minimum))
    }
    if value.count > rules.pointee.maximum {
      isValid = fail(schema, "maxProperties", entry, .moreMembers(than: rules.pointee.maximum))
    }
    if !isValid, !isReporting { return false }
    var missing = rules.pointee.required.count
    if value.count < missing, !isReporting { return false }
    let end = Int(value.next)
    var name = entry + 1
    var ordinal = 0
    var guess: Int32 = 0
    while name < end {
      let number = number(of: view.tape[name], in: rules.pointee.names, guess: guess)
      if number >= 0 {
        guess = number + 1
        if member(number, of: rules).pointee.isRequired { missing -= 1 }
      }
      if !checkMember(rules, number, schema, name, ordinal, own) {
        isValid = false
        if !isReporting { return false }
      }
      name = view.next(name + 1)
      ordinal += 1
    }
    if missing > 0 {
      isValid = false
      if !isReporting { return false }
      reportMissing(rules, schema, entry)
    }
    if !rules.pointee.dependencies.isEmpty, !checkDependencies(rules, schema, entry, own) { isValid = false }
    return isValid
  }

  /// Applies what speaks of one member: its own schema, those of matching patterns, or else the additional one.
  private mutating func checkMember(
    _ rules: UnsafePointer<JSONSchemaObjectRules>, _ number: Int32, _ schema: Int32, _ name: Int, _ ordinal: Int,
    _ own: JSONSchemaMarks
  ) -> Bool {
    report?.path.append(.member(name))
    defer { if report != nil { report?.path.removeLast() } }
    var isValid = true
    var isKnown = false
    if number >= 0, case let member = member(number, of: rules).pointee.schema, member >= 0 {
      isKnown = true
      isValid = evaluate(member, name + 1)
    }
    if !rules.pointee.patterns.isEmpty {
      for index in rules.pointee.patterns {
        let pattern = program.memberPatterns[index].pointee
        guard nameMatches(pattern.pattern, schema, name) else { continue }
        isKnown = true
        if !evaluate(pattern.schema, name + 1) { isValid = false }
        if !isValid, !isReporting { return false }
      }
    }
    if !isKnown, rules.pointee.additional >= 0 {
      isKnown = true
      if program.nodes[rules.pointee.additional].pointee.isFalse {
        isValid = fail(schema, "additionalProperties", name, .unknownMember)
      } else if !evaluate(rules.pointee.additional, name + 1) {
        isValid = false
      }
    }
    if case let names = rules.pointee.propertyNames, names >= 0, !silently({ $0.evaluate(names, name) }) {
      isValid = fail(schema, "propertyNames", name, .memberName)
    }
    if isKnown, own.isTracking { marked.insert(ordinal, in: own) }
    return isValid
  }

  private mutating func nameMatches(_ pattern: Int32, _ schema: Int32, _ name: Int) -> Bool {
    let node = view.tape[name]
    if node.mark {
      return JSONText.unescaped(view.raw(node)).withUnsafeBufferPointer {
        matches(pattern, $0, schema, "patternProperties", name)
      }
    }
    return matches(pattern, view.raw(node), schema, "patternProperties", name)
  }

  // MARK: Presence

  private mutating func reportMissing(_ rules: UnsafePointer<JSONSchemaObjectRules>, _ schema: Int32, _ entry: Int) {
    let present = presentNames(rules, entry)
    for index in rules.pointee.required {
      let number = program.indexes[index].pointee
      guard !present[Int(number)] else { continue }
      let name = program.names.name(number, of: rules.pointee.names)
      _ = fail(schema, "required", entry, .missing(name))
    }
  }

  private mutating func checkDependencies(
    _ rules: UnsafePointer<JSONSchemaObjectRules>, _ schema: Int32, _ entry: Int, _ own: JSONSchemaMarks
  ) -> Bool {
    let present = presentNames(rules, entry)
    var isValid = true
    for index in rules.pointee.dependencies {
      let dependency = program.dependencies[index]
      guard present[Int(dependency.pointee.trigger)] else { continue }
      for index in dependency.pointee.required {
        let number = program.indexes[index].pointee
        guard !present[Int(number)] else { continue }
        let name = program.names.name(number, of: rules.pointee.names)
        let trigger = program.names.name(dependency.pointee.trigger, of: rules.pointee.names)
        isValid = fail(schema, dependency.pointee.keyword, entry, .missing(name, dueTo: trigger))
      }
      if case let other = dependency.pointee.schema, other >= 0, !evaluate(other, entry, own) { isValid = false }
      if !isValid, !isReporting { return false }
    }
    return isValid
  }

  /// Which of the names the rules speak of the object has.
  ///
  /// Mutating though it changes nothing: what merely reads an evaluator is lent a copy of all its pointers.
  private mutating func presentNames(_ rules: UnsafePointer<JSONSchemaObjectRules>, _ entry: Int) -> [Bool] {
    var present = [Bool](repeating: false, count: Int(rules.pointee.names.count))
    var name = entry + 1
    while name < view.next(entry) {
      let number = number(of: view.tape[name], in: rules.pointee.names, guess: 0)
      if number >= 0 { present[Int(number)] = true }
      name = view.next(name + 1)
    }
    return present
  }

  // MARK: Names

  /// The number of a name of the document, or −1.
  @inline(__always) private func number(of name: JSONNode, in names: JSONNameSet, guess: Int32) -> Int32 {
    name.mark
      ? JSONText.unescaped(view.raw(name)).withUnsafeBufferPointer {
        program.names.number(of: $0, in: names, guess: guess)
      }
      : program.names.number(of: view.raw(name), in: names, guess: guess)
  }

  @inline(__always) private func member(
    _ number: Int32, of rules: UnsafePointer<JSONSchemaObjectRules>
  ) -> UnsafePointer<JSONSchemaObjectRules.Member> {
    program.members[rules.pointee.members.lowerBound + number]
  }
}
