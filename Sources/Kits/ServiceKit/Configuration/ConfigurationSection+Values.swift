import DocumentKit

// Single values. Without a default a key is required.

extension ConfigurationSection {
  /// A text; an empty one is refused unless `mayBeEmpty`.
  package func string(_ key: String, default defaultValue: String? = nil, mayBeEmpty: Bool = false) -> String {
    read(key, default: defaultValue, standIn: "") { (node) throws(ConfigurationFault) in
      let text = try Self.converting { () throws(YAMLError) in try node.readString() }
      guard mayBeEmpty || !text.isEmpty else {
        throw ConfigurationFault(
          .wrongType, Sentence("the text is empty", "chuỗi để trống"),
          remedy: Sentence("write one, or remove the key", "hãy viết một chuỗi, hoặc bỏ khóa này"))
      }
      return text
    }
  }

  /// A text that may be missing.
  package func optionalString(_ key: String) -> String? {
    guard node(key) != nil else { return nil }
    return string(key)
  }

  package func integer(_ key: String, in range: ClosedRange<Int>, default defaultValue: Int? = nil) -> Int {
    read(key, default: defaultValue, standIn: range.lowerBound) { (node) throws(ConfigurationFault) in
      let value = try Self.converting { () throws(YAMLError) in try node.readInteger() }
      guard range.contains(value) else {
        throw ConfigurationFault(
          .outOfRange, Sentence("the number is out of range", "số nằm ngoài khoảng cho phép"),
          remedy: Sentence(
            "write a number from \(range.lowerBound) to \(range.upperBound)",
            "hãy viết một số từ \(range.lowerBound) đến \(range.upperBound)"))
      }
      return value
    }
  }

  package func number(_ key: String, in range: ClosedRange<Double>, default defaultValue: Double? = nil) -> Double {
    read(key, default: defaultValue, standIn: range.lowerBound) { (node) throws(ConfigurationFault) in
      let value = try Self.converting { () throws(YAMLError) in try node.readNumber() }
      guard range.contains(value) else {
        throw ConfigurationFault(
          .outOfRange, Sentence("the number is out of range", "số nằm ngoài khoảng cho phép"),
          remedy: Sentence(
            "write a number from \(range.lowerBound) to \(range.upperBound)",
            "hãy viết một số từ \(range.lowerBound) đến \(range.upperBound)"))
      }
      return value
    }
  }

  /// `true` or `false`.
  package func boolean(_ key: String, default defaultValue: Bool? = nil) -> Bool {
    read(key, default: defaultValue, standIn: false) { (node) throws(ConfigurationFault) in
      try Self.converting { () throws(YAMLError) in try node.readBoolean() }
    }
  }

  /// One word of an enumeration whose raw values are the words.
  package func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, default defaultValue: Choice? = nil
  ) -> Choice where Choice.RawValue == String {
    guard let first = Choice.allCases.first else { fatalError("an enumeration without cases cannot be configured") }
    return read(key, default: defaultValue, standIn: first) { (node) throws(ConfigurationFault) in
      let words = Choice.allCases.map(\.rawValue)
      let word = try Self.converting { () throws(YAMLError) in try node.readChoice(words) }
      return Choice(rawValue: word) ?? first
    }
  }

  /// A duration with its unit: `500ms`, `10s`, `5m`, `2h`, `30d`.
  package func duration(
    _ key: String, in range: ClosedRange<Duration>, default defaultValue: Duration? = nil
  ) -> Duration {
    read(key, default: defaultValue, standIn: range.lowerBound) { (node) throws(ConfigurationFault) in
      let text = try Self.converting { () throws(YAMLError) in try node.readString() }
      let value = try Quantity.duration(text)
      guard range.contains(value) else {
        let bounds = Self.span(Quantity.text(range.lowerBound), Quantity.text(range.upperBound))
        throw ConfigurationFault(
          .outOfRange, Sentence("the duration is out of range", "thời lượng nằm ngoài khoảng cho phép"),
          remedy: Sentence("write one from \(bounds)", "hãy viết từ \(bounds.vietnamese)"))
      }
      return value
    }
  }

  /// A number of bytes with its unit: `512B`, `64KiB`, `16MiB`, `1GiB`.
  package func byteCount(_ key: String, in range: ClosedRange<Int>, default defaultValue: Int? = nil) -> Int {
    read(key, default: defaultValue, standIn: range.lowerBound) { (node) throws(ConfigurationFault) in
      let text = try Self.converting { () throws(YAMLError) in try node.readString() }
      let value = try Quantity.byteCount(text)
      guard range.contains(value) else {
        let bounds = Self.span(Quantity.text(bytes: range.lowerBound), Quantity.text(bytes: range.upperBound))
        throw ConfigurationFault(
          .outOfRange, Sentence("the size is out of range", "kích thước nằm ngoài khoảng cho phép"),
          remedy: Sentence("write one from \(bounds)", "hãy viết từ \(bounds.vietnamese)"))
      }
      return value
    }
  }

  /// A path; one that is not absolute begins at the folder of the configuration file. Nothing is looked up.
  package func path(_ key: String, default defaultValue: String? = nil) -> String {
    FilePath.resolve(string(key, default: defaultValue), in: notes.folder)
  }

  package func optionalPath(_ key: String) -> String? {
    optionalString(key).map { FilePath.resolve($0, in: notes.folder) }
  }

  /// A reference to a secret, `file:…` or `env:…`; the secret itself is never read from the configuration.
  package func secret(_ key: String) -> SecretReference {
    read(key, default: nil, standIn: SecretReference(.environment(""))) { (node) throws(ConfigurationFault) in
      let text = try Self.converting { () throws(YAMLError) in try node.readString() }
      return try SecretReference(parsing: text, folder: notes.folder)
    }
  }

  package func optionalSecret(_ key: String) -> SecretReference? {
    node(key) == nil ? nil : secret(key)
  }

  private static func span(_ least: String, _ most: String) -> Sentence {
    Sentence("\(least) to \(most)", "\(least) đến \(most)")
  }

  static func converting<Value>(_ reader: () throws(YAMLError) -> Value) throws(ConfigurationFault) -> Value {
    do throws(YAMLError) {
      return try reader()
    } catch {
      throw ConfigurationFault(error)
    }
  }
}
