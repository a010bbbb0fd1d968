import CYAML

/// Drives libyaml's event parser over bytes that stay the caller's.
///
/// The parser lives on the heap: libyaml keeps a pointer to it inside itself as soon as it has an input.
final class YAMLEventParser {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let file: String

  /// The buffer must outlive the parser: libyaml reads from it in place.
  init(lending buffer: UnsafeBufferPointer<UInt8>, file: String) {
    self.file = file
    parser = .allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else { fatalError("libyaml could not allocate a parser: out of memory") }
    // Said rather than guessed: without it a file beginning with FF FE would be read as UTF-16.
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, buffer.baseAddress, buffer.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// The next event; after `streamEnd` the parser must not be asked again.
  func next() throws(YAMLError) -> YAMLEvent {
    // The event is zeroed C memory until libyaml fills it, and what it owns is freed below on every way out.
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
    defer { yaml_event_delete(&event) }
    return YAMLEvent(
      kind: kind(of: event), position: position(event.start_mark), hasAnchor: anchor(of: event) != nil,
      tag: tag(of: event).map { String(cString: $0) })
  }

  private func kind(of event: yaml_event_t) -> YAMLEvent.Kind {
    switch event.type {
    case YAML_STREAM_START_EVENT: return .streamStart
    case YAML_STREAM_END_EVENT: return .streamEnd
    case YAML_DOCUMENT_START_EVENT:
      let start = event.data.document_start
      let hasTagDirectives = start.tag_directives.start != start.tag_directives.end
      return .documentStart(hasDirectives: start.version_directive != nil || hasTagDirectives)
    case YAML_DOCUMENT_END_EVENT: return .documentEnd
    case YAML_ALIAS_EVENT: return .alias
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      // libyaml gives `length` bytes of UTF-8; the text may hold NUL (from "\0"), so the length decides.
      let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
      return .scalar(text: text, style: style(scalar.style))
    case YAML_SEQUENCE_START_EVENT: return .sequenceStart
    case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
    case YAML_MAPPING_START_EVENT: return .mappingStart
    case YAML_MAPPING_END_EVENT: return .mappingEnd
    default: fatalError("libyaml gave an event of unknown type \(event.type.rawValue)")
    }
  }

  private func anchor(of event: yaml_event_t) -> UnsafeMutablePointer<yaml_char_t>? {
    switch event.type {
    case YAML_SCALAR_EVENT: event.data.scalar.anchor
    case YAML_SEQUENCE_START_EVENT: event.data.sequence_start.anchor
    case YAML_MAPPING_START_EVENT: event.data.mapping_start.anchor
    default: nil
    }
  }

  private func tag(of event: yaml_event_t) -> UnsafeMutablePointer<yaml_char_t>? {
    switch event.type {
    case YAML_SCALAR_EVENT: event.data.scalar.tag
    case YAML_SEQUENCE_START_EVENT: event.data.sequence_start.tag
    case YAML_MAPPING_START_EVENT: event.data.mapping_start.tag
    default: nil
    }
  }

  private func style(_ style: yaml_scalar_style_t) -> YAMLScalar.Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  private func position(_ mark: yaml_mark_t) -> YAMLPosition {
    YAMLPosition(file: file, line: mark.line + 1, column: mark.column + 1)
  }

  /// Copies libyaml's complaint whole: its sentences are constants and never quote the file.
  private func failure() -> YAMLError {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "the text cannot be read as YAML"
    if parser.pointee.error == YAML_MEMORY_ERROR { fatalError("libyaml ran out of memory") }
    let begun = parser.pointee.context_mark.line + 1
    let context = parser.pointee.context.map { context in
      let words = String(cString: context)
      return Sentence("\(words) begun in line \(begun): ", "(\(words), bắt đầu ở dòng \(begun)) ")
    }
    return YAMLError(
      .syntax, at: position(parser.pointee.problem_mark),
      Sentence("", "không đọc được theo YAML: ") + (context ?? .none) + Sentence(same: problem),
      remedy: Self.remedy(for: problem))
  }

  private static func remedy(for problem: String) -> Sentence {
    switch problem {
    case "mapping values are not allowed in this context":
      Sentence(
        "quote a value that contains ‘: ’, or check the indentation",
        "hãy đặt giá trị có ‘: ’ trong dấu nháy, hoặc kiểm tra thụt dòng")
    case "found character that cannot start any token":
      Sentence(
        "indent with spaces, not tabs; quote a value that begins with @, ` or %",
        "hãy thụt dòng bằng dấu cách, không dùng tab; đặt giá trị bắt đầu bằng @, ` hoặc % trong dấu nháy")
    case "did not find expected key", "did not find expected '-' indicator":
      Sentence("check the indentation", "hãy kiểm tra thụt dòng")
    case "found unexpected end of stream": Sentence("close the quote", "hãy đóng dấu nháy")
    case "found unknown escape character":
      Sentence(
        "double a backslash inside double quotes, or use single quotes",
        "hãy viết hai dấu gạch chéo ngược trong dấu nháy kép, hoặc dùng dấu nháy đơn")
    default: .none
    }
  }
}
