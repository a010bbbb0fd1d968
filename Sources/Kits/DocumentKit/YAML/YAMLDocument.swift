/// A YAML file read whole, checked, and kept as a tree with the place of every node.
///
/// What is read is a narrow YAML on purpose: one document, scalar keys, each once; anchors, aliases, merge keys,
/// directives and tags outside the core schema are refused with a sentence. What remains means the same to every
/// YAML library and to every reader of the file.
package struct YAMLDocument: Sendable {
  /// The name used in error places; the path as it was given.
  package let file: String
  package let root: YAMLNode

  /// Parses UTF-8 text (a byte order mark is skipped). `file` only names the source in errors.
  package init(parsing bytes: [UInt8], file: String, limits: YAMLLimits = .standard) throws(YAMLError) {
    let start = YAMLPosition(file: file, line: 1, column: 1)
    guard bytes.count <= limits.bytes else {
      throw YAMLError(
        .tooManyBytes, at: start,
        Sentence("the file has more than \(limits.bytes) bytes", "tệp dài hơn \(limits.bytes) byte"),
        remedy: Sentence("split it into several files", "hãy chia thành nhiều tệp"))
    }
    let hasByteOrderMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let text = hasByteOrderMark ? bytes[3...] : bytes[...]
    try YAMLSourceText.check(text, file: file)
    let root = try text.withUnsafeBufferPointer { (buffer) throws(YAMLError) -> YAMLNode? in
      let parser = YAMLEventParser(lending: buffer, file: file)
      var builder = YAMLTreeBuilder(file: file, limits: limits)
      while try builder.take(parser.next()) {}
      return builder.root
    }
    guard let root else {
      throw YAMLError(
        .empty, at: start, Sentence("the file holds no document", "tệp không có nội dung"),
        remedy: Sentence("write at least one ‘key: value’ line", "hãy viết ít nhất một dòng ‘khóa: giá trị’"))
    }
    self.file = file
    self.root = root
  }

  package init(parsing text: String, file: String, limits: YAMLLimits = .standard) throws(YAMLError) {
    try self.init(parsing: Array(text.utf8), file: file, limits: limits)
  }

  /// Reads and parses a file; a file that cannot be read is a `YAMLError` with the code `unreadable`.
  package init(contentsOf path: String, limits: YAMLLimits = .standard) throws(YAMLError) {
    let bytes = try YAMLSourceText.read(path, bytesLimit: limits.bytes)
    try self.init(parsing: bytes, file: path, limits: limits)
  }
}
