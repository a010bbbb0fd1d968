import CryptographyKit
import DocumentKit
import DossierModel
import DossierStore
import HTTPKit
import ServiceKit
import XMLKit

/// Reads what a partner that was asked answers: by the rules of its profile, and then what is in it.
///
/// "There is nothing" needs evidence as much as "here it is" does: an empty list in its place, or a rule that says so. All
/// else is an outage, however quiet.
struct PollAnswerReader {
  let id: PollID
  let poll: PartnerPoll
  let limits: PollLimits

  func list(_ answer: HTTPResponse, _ reader: AnswerReader, now: Timestamp) -> PollAnswer {
    let reading = reader.read(answer, now: now)
    guard reading.verdict == .accepted else { return other(reading, answer) }
    var content = AnswerContent(answer.body, format: reader.rules.format, limits: reader.limits)
    guard let tree = content.tree() else { return PollAnswer(.unreadable(answer.body), note: reading.note) }
    return items(of: tree, answer, reading.note)
  }

  func detail(_ answer: HTTPResponse, _ reader: AnswerReader, now: Timestamp) -> PollAnswer {
    let reading = reader.read(answer, now: now)
    guard reading.verdict == .accepted else { return other(reading, answer) }
    guard let part = poll.document else { return PollAnswer(.document(answer.body), note: reading.note) }
    var content = AnswerContent(answer.body, format: reader.rules.format, limits: reader.limits)
    guard let tree = content.tree(), let bytes = Self.bytes(of: part, at: tree.root, in: tree) else {
      return PollAnswer(.unreadable(answer.body), note: "\(reading.note), no document in its place")
    }
    return PollAnswer(.document(bytes), note: reading.note)
  }

  func acknowledgement(_ answer: HTTPResponse, _ reader: AnswerReader, now: Timestamp) -> PollAnswer {
    let reading = reader.read(answer, now: now)
    switch reading.verdict {
    case .accepted, .alreadyThere: return PollAnswer(.done, note: reading.note)
    default: return other(reading, answer)
    }
  }

  private func other(_ reading: AnswerReading, _ answer: HTTPResponse) -> PollAnswer {
    let meaning: PollAnswer.Reading =
      switch reading.verdict {
      case .accepted, .alreadyThere, .switchVariant, .unreadable: .unreadable(answer.body)
      case .absent: .nothing
      case .credentialRejected: .credentialRejected
      case .retry(let failure, let notBefore): .failed(failure, notBefore: notBefore)
      case .refused: .refused
      }
    return PollAnswer(meaning, note: reading.note)
  }

  // MARK: A list

  private func items(of tree: DocumentTree, _ answer: HTTPResponse, _ note: String) -> PollAnswer {
    guard let nodes = try? poll.items.nodes(at: tree.root) else {
      return PollAnswer(.unreadable(answer.body), note: "\(note), the items cannot be looked for")
    }
    // `null` in a list's place is no list.
    let entries = nodes.filter { tree.tag(of: $0).kind != .null }
    guard entries.count <= limits.items else {
      return PollAnswer(.failed(.answerTooLarge, notBefore: nil), note: "\(note), more than \(limits.items) items")
    }
    if entries.isEmpty, (try? poll.emptyList?.boolean(at: tree.root)) != true {
      return PollAnswer(.unreadable(answer.body), note: "\(note), no list in its place")
    }
    var found: [FoundItem] = []
    for entry in entries {
      guard let item = item(entry, in: tree) else {
        return PollAnswer(.unreadable(answer.body), note: "\(note), an item is no part of it")
      }
      found.append(item)
    }
    let cursor: String
    switch poll.progress {
    case .cursor(.answer(let place), _): cursor = text(place, at: tree.root)
    case .cursor(.item(let place), _):
      cursor = entries.reversed().lazy.map { text(place, at: $0) }.first { !$0.isEmpty } ?? ""
      if cursor.isEmpty, !entries.isEmpty {
        return PollAnswer(.unreadable(answer.body), note: "\(note), no item says where to go on")
      }
    case .none, .window, .awaited: cursor = ""
    }
    return PollAnswer(
      .listed(found, cursor: cursor.isEmpty ? nil : cursor, hasMore: hasMore(found.count, tree.root)), note: note)
  }

  private func hasMore(_ count: Int, _ root: XMLNode) -> Bool {
    guard let pages = poll.pages else { return false }
    if let more = pages.more { return (try? more.boolean(at: root)) == true }
    return count >= pages.size
  }

  private func item(_ entry: XMLNode, in tree: DocumentTree) -> FoundItem? {
    guard let whole = tree.bytes(of: entry) else { return nil }
    let part = poll.detail == nil ? poll.document : nil
    let bytes = part.map { Self.bytes(of: $0, at: entry, in: tree) } ?? whole
    var item = PollItem(poll: id, name: "", type: poll.message, bytes: bytes ?? whole)
    let name = poll.id.map { text($0, at: entry) } ?? ""
    item.name = name.isEmpty ? item.digest.description : Self.bounded(name)
    let fields = Dictionary(uniqueKeysWithValues: poll.fields.map { ($0.name, text($0.value, at: entry)) })
    var isOutOfReach = false
    var fault = bytes == nil ? "there is no document in its place" : nil
    // What stands in a header field or a path must not begin another.
    if ([name] + fields.values).contains(where: { $0.utf8.contains { $0 < 0x20 || $0 == 0x7F } }) {
      fault = "its name has control characters, so it cannot be asked for"
      isOutOfReach = true
    }
    var found = FoundItem(item: item, fields: fields, fault: fault)
    found.isOutOfReach = isOutOfReach
    return found
  }

  private func text(_ expression: XPathExpression, at node: XMLNode) -> String {
    (try? expression.string(at: node)) ?? ""
  }

  private static func bounded(_ name: String) -> String {
    guard name.utf8.count > PollItem.nameBytesLimit else { return name }
    return "\(name.prefix(60))… \(Hexadecimal.encode(SHA256.hash(name)))"
  }

  private static func bytes(of part: PartnerPoll.Part, at node: XMLNode, in tree: DocumentTree) -> [UInt8]? {
    guard part.format != nil else {
      return (try? part.place.nodes(at: node))?.first.flatMap { tree.bytes(of: $0) }
    }
    guard let text = try? part.place.string(at: node), !text.isEmpty else { return nil }
    return part.isBase64 ? try? Base64.decode(text) : Array(text.utf8)
  }
}
