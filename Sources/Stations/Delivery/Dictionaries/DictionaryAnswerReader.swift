import Dictionaries
import DocumentKit
import DossierModel
import HTTPKit
import ServiceKit
import XMLKit

/// Reads the codes out of a partner's answer; one item that says no code makes the whole answer unreadable, for half a
/// dictionary is worse than the one of yesterday.
struct DictionaryAnswerReader {
  let dictionary: PartnerDictionary
  let limits: DictionaryFetchLimits

  func read(_ answer: HTTPResponse, _ reader: AnswerReader, now: Timestamp) -> DictionaryAnswer {
    let reading = reader.read(answer, now: now)
    switch reading.verdict {
    case .accepted: break
    case .credentialRejected: return .credentialRejected
    case .retry(let failure, _): return .failed(failure, note: reading.note)
    case .refused: return .failed(.businessRefusal, note: reading.note)
    case .alreadyThere, .switchVariant, .absent, .unreadable: return .failed(.unreadableAnswer, note: reading.note)
    }
    var content = AnswerContent(answer.body, format: reader.rules.format, limits: reader.limits)
    guard let tree = content.tree(), let nodes = try? dictionary.items.nodes(at: tree.root) else {
      return .failed(.unreadableAnswer, note: reading.note)
    }
    // `null` in a list's place is no list.
    let items = nodes.filter { tree.tag(of: $0).kind != .null }
    guard items.count <= limits.dictionary.codes else {
      return .failed(.answerTooLarge, note: "\(reading.note), more than \(limits.dictionary.codes) codes")
    }
    var codes: [ListedCode] = []
    codes.reserveCapacity(items.count)
    for (number, item) in items.enumerated() {
      switch code(item) {
      case .code(let code): codes.append(code)
      case .fault(let fault):
        return .failed(.unreadableAnswer, note: "\(reading.note), item \(number + 1): \(fault)")
      }
    }
    return .listed(codes, hasMore: hasMore(codes.count, tree.root))
  }

  private enum Reading {
    case code(ListedCode)
    case fault(String)
  }

  private func code(_ item: XMLNode) -> Reading {
    let code = text(dictionary.code, at: item)
    guard !code.isEmpty else { return .fault("it has no code") }
    guard code.utf8.count <= limits.dictionary.codeBytes else {
      return .fault("its code has more than \(limits.dictionary.codeBytes) bytes")
    }
    guard code.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return .fault("its code has blanks in it") }
    var listed = ListedCode(code: code, name: bounded(text(dictionary.label, at: item)))
    if let parent = dictionary.parent.map({ text($0, at: item) }), !parent.isEmpty {
      guard parent.utf8.count <= limits.dictionary.codeBytes else {
        return .fault("its parent's code has more than \(limits.dictionary.codeBytes) bytes")
      }
      listed.parent = parent
    }
    for (expression, place) in [(dictionary.from, \ListedCode.from), (dictionary.until, \ListedCode.until)] {
      guard let text = expression.map({ text($0, at: item) }), !text.isEmpty else { continue }
      guard let day = dictionary.days.read(text) else {
        return .fault("a day of it is not written as \(dictionary.days.rawValue)")
      }
      listed[keyPath: place] = day
    }
    return .code(listed)
  }

  private func text(_ expression: XPathExpression, at node: XMLNode) -> String {
    let text = (try? expression.string(at: node)) ?? ""
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func bounded(_ name: String) -> String {
    guard name.utf8.count > limits.dictionary.nameBytes else { return name }
    var (cut, bytes) = ("", 0)
    for character in name {
      bytes += character.utf8.count
      guard bytes <= limits.dictionary.nameBytes else { break }
      cut.append(character)
    }
    return cut
  }

  private func hasMore(_ count: Int, _ root: XMLNode) -> Bool {
    guard let pages = dictionary.pages else { return false }
    if let more = pages.more { return (try? more.boolean(at: root)) == true }
    return count >= pages.size
  }
}
