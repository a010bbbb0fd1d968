import DocumentKit

/// Reads keys out of YAML and collects every complaint instead of stopping at the first.
///
/// A reading function gives nil where it complained; the caller goes on with what it has and throws at the end.
struct MappingFileReader {
  private(set) var errors: [MappingError] = []

  mutating func refuse(
    _ code: MappingError.Code, at position: YAMLPosition, _ message: Sentence, remedy: Sentence = .none,
    cause: (any Error)? = nil,
  ) {
    errors.append(MappingError(code, at: position, message, remedy: remedy, cause: cause))
  }

  mutating func add(_ further: [MappingError]) {
    errors += further
  }

  mutating func attempt<Value>(_ read: () throws(YAMLError) -> Value) -> Value? {
    do throws(YAMLError) {
      return try read()
    } catch {
      errors.append(MappingError(error))
      return nil
    }
  }

  /// The mapping at `node`; every key outside `known` is a complaint with the nearest known key as a hint.
  mutating func mapping(_ node: YAMLNode, known: [String]) -> YAMLMapping? {
    guard let mapping = attempt({ () throws(YAMLError) in try node.readMapping() }) else { return nil }
    for member in mapping.members where !known.contains(member.key) {
      errors.append(MappingError(YAMLMapping.unknownKey(member, known: known)))
    }
    return mapping
  }

  /// The value of a key that must be there.
  mutating func required(_ mapping: YAMLMapping, _ key: String) -> YAMLNode? {
    attempt { () throws(YAMLError) in try mapping.required(key) }
  }

  mutating func requiredString(_ mapping: YAMLMapping, _ key: String) -> String? {
    required(mapping, key).flatMap { string($0) }
  }

  mutating func string(_ node: YAMLNode) -> String? {
    attempt { () throws(YAMLError) in try node.readString() }
  }

  mutating func string(_ mapping: YAMLMapping, _ key: String) -> String? {
    mapping[key].flatMap { string($0) }
  }

  mutating func boolean(_ mapping: YAMLMapping, _ key: String) -> Bool? {
    guard let node = mapping[key] else { return nil }
    return attempt { () throws(YAMLError) in try node.readBoolean() }
  }

  /// A whole number of at least 1.
  mutating func count(_ mapping: YAMLMapping, _ key: String) -> Int? {
    guard let node = mapping[key], let value = attempt({ () throws(YAMLError) in try node.readInteger() }) else {
      return nil
    }
    guard value >= 1 else {
      refuse(
        .row, at: node.position, Sentence("‘\(key)’ is below 1", "‘\(key)’ nhỏ hơn 1"),
        remedy: Sentence("write a whole number from 1 on", "hãy viết một số nguyên từ 1 trở lên"))
      return nil
    }
    return value
  }

  mutating func sequence(_ node: YAMLNode) -> [YAMLNode]? {
    attempt { () throws(YAMLError) in try node.readSequence() }
  }

  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ mapping: YAMLMapping, _ key: String, of _: Choice.Type,
  ) -> Choice? where Choice.RawValue == String {
    guard let node = mapping[key] else { return nil }
    let text = attempt { () throws(YAMLError) in try node.readChoice(Choice.allCases.map(\.rawValue)) }
    return text.flatMap(Choice.init(rawValue:))
  }

  /// Throws all complaints, if there are any.
  func finish() throws(MappingErrors) {
    guard errors.isEmpty else { throw MappingErrors(errors) }
  }
}
