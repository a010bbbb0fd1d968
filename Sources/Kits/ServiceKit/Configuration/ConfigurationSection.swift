package import DocumentKit

/// One mapping of a configuration file while it is read; its verbs are in the extensions.
package struct ConfigurationSection {
  /// Where the section stands, or where it should stand.
  package let position: YAMLPosition
  /// The keys that lead here: `server.tls`; empty at the top.
  package let path: String
  /// Whether it is in the file. Reading from an absent section gives defaults and stand-ins, and a required key that is
  /// missing is noted only for a section that is there.
  package let isPresent: Bool
  let mapping: YAMLMapping?
  let notes: ConfigurationNotes
  private let number: Int?

  /// A node that is no mapping is noted.
  init(_ node: YAMLNode, path: String, notes: ConfigurationNotes) {
    position = node.position
    self.path = path
    self.notes = notes
    isPresent = true
    do throws(YAMLError) {
      let mapping = try node.readMapping()
      self.mapping = mapping
      number = notes.enter(mapping, path: path)
    } catch {
      notes.note(
        ConfigurationError(
          .wrongType, at: error.position, path: path, error.message, remedy: error.remedy))
      mapping = nil
      number = nil
    }
  }

  /// A section that is not in the file.
  init(absentAt position: YAMLPosition, path: String, notes: ConfigurationNotes) {
    self.position = position
    self.path = path
    self.notes = notes
    isPresent = false
    mapping = nil
    number = nil
  }

  /// The keys present, in the order of the file.
  package var keys: [String] { mapping?.keys ?? [] }

  /// The node of a key, which counts as known from now on; for parts that read their own form of YAML.
  package func node(_ key: String) -> YAMLNode? {
    if let number { notes.ask(key, in: number) }
    guard let node = mapping?[key], !node.isNull else { return nil }
    return node
  }

  /// Lets any key pass: the keys are names given by the user.
  package func allowAnyKey() {
    if let number { notes.open(number) }
  }

  /// Notes what a part of the program finds wrong with a key, or with the section as a whole; `place` is inside what stands
  /// under the key.
  package func note(_ message: Sentence, key: String? = nil, at place: YAMLPosition? = nil, remedy: Sentence = .none) {
    let place = place ?? key.flatMap { mapping?[$0]?.position } ?? position
    notes.note(
      ConfigurationError(.inconsistent, at: place, path: key.map(pathOf) ?? path, message, remedy: remedy))
  }

  func pathOf(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  func note(
    _ code: ConfigurationError.Code, _ key: String, at place: YAMLPosition, _ message: Sentence, remedy: Sentence
  ) {
    notes.note(ConfigurationError(code, at: place, path: pathOf(key), message, remedy: remedy))
  }

  /// Reads a key with a reader for its node. A missing key gives the default, or is noted and gives the stand-in.
  func read<Value>(
    _ key: String, default defaultValue: Value?, standIn: @autoclosure () -> Value,
    _ reader: (YAMLNode) throws(ConfigurationFault) -> Value
  ) -> Value {
    guard let node = node(key) else {
      if let defaultValue { return defaultValue }
      noteMissing(key)
      return standIn()
    }
    do throws(ConfigurationFault) {
      return try reader(node)
    } catch {
      note(error.code, key, at: error.position ?? node.position, error.message, remedy: error.remedy)
      return defaultValue ?? standIn()
    }
  }

  func noteMissing(_ key: String) {
    // An absent section was noted itself where it was required.
    guard isPresent, mapping != nil else { return }
    let place = mapping?[key]?.position ?? position
    note(
      .missingKey, key, at: place, Sentence("this key is missing", "thiếu khóa này"),
      remedy: Sentence("add ‘\(key): …’", "hãy thêm ‘\(key): …’"))
  }
}
