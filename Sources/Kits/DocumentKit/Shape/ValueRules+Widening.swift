extension ValueRules {
  /// The rules for a text that obeys these or those.
  func widened(by other: ValueRules) -> ValueRules {
    guard self != other else { return self }
    let bothNames = typeName == other.typeName ? typeName : "\(typeName) | \(other.typeName)"
    var wide = ValueRules(
      Self.common(kind, other.kind), typeName: bothNames,
      jsonTypes: jsonTypes + other.jsonTypes.filter { !jsonTypes.contains($0) })
    if let own = enumeration, let others = other.enumeration {
      wide.enumeration = own + others.filter { !own.contains($0) }
    }
    if let own = jsonValues, let others = other.jsonValues {
      wide.jsonValues = own + others.filter { !own.contains($0) }
    }
    if builtIn == other.builtIn { wide.builtIn = builtIn }
    if let one = minLength, let two = other.minLength { wide.minLength = min(one, two) }
    if let one = maxLength, let two = other.maxLength { wide.maxLength = max(one, two) }
    if patterns == other.patterns { wide.patterns = patterns }
    if minimum == other.minimum { wide.minimum = minimum }
    if maximum == other.maximum { wide.maximum = maximum }
    if let one = totalDigits, let two = other.totalDigits { wide.totalDigits = max(one, two) }
    if let one = fractionDigits, let two = other.fractionDigits { wide.fractionDigits = max(one, two) }
    if multipleOf == other.multipleOf { wide.multipleOf = multipleOf }
    if format == other.format { wide.format = format }
    if fixed == other.fixed { wide.fixed = fixed }
    if defaultText == other.defaultText { wide.defaultText = defaultText }
    wide.variants = variants + other.variants
    wide.examples = examples + other.examples.filter { !examples.contains($0) }
    wide.alternatives = (alternatives.isEmpty ? [self] : alternatives)
    for one in other.alternatives.isEmpty ? [other] : other.alternatives where !wide.alternatives.contains(one) {
      wide.alternatives.append(one)
    }
    return wide
  }

  /// The narrowest kind that holds the texts of both.
  static func common(_ one: Kind, _ two: Kind) -> Kind {
    if one == two { return one }
    let numbers: [Kind] = [.integer, .decimal, .double]
    if let first = numbers.firstIndex(of: one), let second = numbers.firstIndex(of: two) {
      return numbers[max(first, second)]
    }
    return one == .any || two == .any ? .any : .string
  }
}
