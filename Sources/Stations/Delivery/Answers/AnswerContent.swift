import DocumentKit
import JSONKit
import XMLKit

/// The body of one answer, parsed at most once and only when a rule asks for it.
struct AnswerContent {
  private enum State {
    case unread
    case tree(DocumentTree)
    case text(String)
    case unreadable
  }

  private let body: [UInt8]
  private let format: AnswerRules.Format
  private let limits: AnswerLimits
  private var state = State.unread

  init(_ body: [UInt8], format: AnswerRules.Format, limits: AnswerLimits) {
    self.body = body
    self.format = format
    self.limits = limits
  }

  /// Whether the body is of the partner's tongue at all; an empty one is not.
  mutating func isReadable() -> Bool {
    read()
    if case .unreadable = state { return false }
    return true
  }

  /// The root of the answer's tree; nil for plain text and for what cannot be read.
  mutating func root() -> XMLNode? { tree()?.root }

  /// The answer's tree; nil for plain text and for what cannot be read.
  mutating func tree() -> DocumentTree? {
    read()
    guard case .tree(let tree) = state else { return nil }
    return tree
  }

  /// The whole answer as text; nil when it cannot be read.
  mutating func text() -> String? {
    read()
    switch state {
    case .tree(let tree): return tree.root.text
    case .text(let text): return text
    case .unread, .unreadable: return nil
    }
  }

  private mutating func read() {
    guard case .unread = state else { return }
    state = Self.read(body, as: format, limits: limits)
  }

  private static func read(_ body: [UInt8], as format: AnswerRules.Format, limits: AnswerLimits) -> State {
    guard body.count <= limits.bytes else { return .unreadable }
    do {
      switch format {
      case .json:
        // RFC 8259 §8.1 forbids the byte order mark and lets a reader ignore it; the .NET of many partners writes it.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = body.starts(with: mark) ? Array(body.dropFirst(mark.count)) : body
        let document = try JSONDocument(parsing: text, limits: limits.json)
        return .tree(try DocumentTree(json: document.root))
      case .xml:
        let document = try XMLDocument(parsing: body, limits: limits.xml)
        return .tree(try DocumentTree(xml: document))
      case .text:
        guard let text = String(validating: body, as: UTF8.self), text.contains(where: { !$0.isWhitespace }) else {
          return .unreadable
        }
        return .text(text)
      }
    } catch {
      return .unreadable
    }
  }
}
