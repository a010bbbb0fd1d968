extension JSONSchemaEvaluator {
  mutating func checkConstants(_ index: Int32, _ schema: Int32, _ entry: Int) -> Bool {
    let rules = program.constantRules[index]
    let value = view.tape[entry]
    if value.kind == .string {
      let names = program.names
      if view.withString(value, { names.number(of: $0, in: rules.pointee.strings) }) >= 0 { return true }
    } else {
      for index in rules.pointee.entries {
        let constant = Int(program.indexes[index].pointee)
        if view.isEqual(entry, constant, of: constants, steps: &steps) { return true }
      }
    }
    return fail(schema, rules.pointee.keyword, entry, .constant(rules.pointee))
  }

  mutating func checkString(_ index: Int32, _ schema: Int32, _ entry: Int) -> Bool {
    let rules = program.strings[index]
    let value = view.tape[entry]
    if value.mark {
      return JSONText.unescaped(view.raw(value)).withUnsafeBufferPointer { checkText($0, rules, schema, entry) }
    }
    return checkText(view.raw(value), rules, schema, entry)
  }

  private mutating func checkText(
    _ text: UnsafeBufferPointer<UInt8>, _ rules: UnsafePointer<JSONSchemaStringRules>, _ schema: Int32, _ entry: Int
  ) -> Bool {
    var isValid = true
    let minimum = rules.pointee.minimum
    let maximum = rules.pointee.maximum
    // A scalar has one to four bytes: mostly the bytes alone decide.
    if text.count > maximum || text.count / 4 < minimum {
      let length = text.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
      if length < minimum { isValid = fail(schema, "minLength", entry, .shorter(than: minimum)) }
      if length > maximum { isValid = fail(schema, "maxLength", entry, .longer(than: maximum)) }
      if !isValid, !isReporting { return false }
    }
    if rules.pointee.pattern >= 0, !matches(rules.pointee.pattern, text, schema, "pattern", entry) {
      isValid = fail(schema, "pattern", entry, .pattern)
      if !isReporting { return false }
    }
    if let format = rules.pointee.format, !format.accepts(text) {
      isValid = fail(schema, "format", entry, .format(format))
    }
    return isValid
  }

  mutating func checkNumber(_ index: Int32, _ schema: Int32, _ entry: Int) -> Bool {
    let rules = program.numbers[index]
    let value = view.tape[entry]
    let integer = view.smallInteger(value)
    var decimal: JSONDecimal?
    var isValid = true
    for bound in rules.pointee.bounds {
      if let integer, let limit = bound.integer {
        if bound.allows(integer, against: limit) { continue }
      } else {
        let exact = decimal ?? view.decimal(value)
        decimal = exact
        if bound.allows(exact) { continue }
      }
      isValid = fail(schema, bound.keyword, entry, .bound(bound))
      if !isReporting { return false }
    }
    if let divisor = rules.pointee.divisor, !(decimal ?? view.decimal(value)).isMultiple(of: divisor) {
      isValid = fail(schema, "multipleOf", entry, .multiple(of: rules.pointee.divisorText))
    }
    return isValid
  }
}
