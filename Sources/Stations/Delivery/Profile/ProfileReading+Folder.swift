import DocumentKit
import ServiceKit
import XMLKit

extension ProfileReading {
  private enum Sameness: String, CaseIterable {
    case name
    case bytes
  }

  /// What becomes of a file that was taken, in place of a folder.
  private static let removed = "removed"

  /// A poll of a folder: the requests that whoever reads folders answers (`DropFolder`).
  static func folderPoll(
    _ section: ConfigurationSection, named name: String, profile: String, messages: YAMLMapping?
  ) -> PartnerPoll {
    let folder = folder(section.section("folder"))
    let file = folder.path + TextTemplate(literal: "/") + TextTemplate(place: .pollField("name"))
    return PartnerPoll(
      name: name, every: section.duration("every", in: PollLimits.every), list: list(of: folder),
      items: expression("files"), emptyList: emptyList(expression("files"), .json), id: expression("name"),
      fields: ["name", "size", "modified", "usable"].map { ($0, expression($0)) },
      message: message(section, profile: profile, messages: messages), document: nil, progress: .none,
      pages: PartnerPoll.Pages(size: folder.filesLimit, first: 1, more: expression("more = 'true'")),
      detail: request(
        "GET", file, ["Limit": TextTemplate(literal: String(folder.sizeLimit))],
        rules: [(.accepted, 200), (.absent, 404), (.refused, 413), (.refused, 422)]),
      acknowledge: disposal(of: file, to: folder.taken, folder),
      decline: disposal(of: file, to: folder.refused, folder),
      folder: folder)
  }

  private static func folder(_ section: ConfigurationSection) -> PartnerFolder {
    let path = folderPath(section, "path")
    let refused = folderPath(section, "refused")
    let isRemoved = section.optionalString("taken") == removed
    let taken = isRemoved ? nil : folderPath(section, "taken")
    let others = [refused] + (taken.map { [$0] } ?? [])
    for other in others where other == path && !path.parts.isEmpty {
      section.note(
        Sentence("a file that is done with would come again", "tệp đã xử lý xong sẽ lại xuất hiện"),
        key: other == refused ? "refused" : "taken",
        remedy: Sentence("name a folder of its own", "hãy nêu một thư mục riêng"))
    }
    return PartnerFolder(
      path: path, names: names(section), readiness: readiness(section), taken: taken, refused: refused,
      sizeLimit: section.byteCount(
        "size", in: 1...PollLimits.fileBytes.upperBound, default: PollLimits.fileBytes.lowerBound),
      filesLimit: section.integer("files", in: 1...1_000, default: 200),
      isNamedByContent: section.choice("same", default: Sameness.name) == .bytes)
  }

  private static func folderPath(_ section: ConfigurationSection, _ key: String) -> TextTemplate {
    let path = template(section, key, allowing: .pollPath([]))
    let isWhole: Bool =
      switch path.parts.last {
      case .literal(let text): !text.hasSuffix("/")
      case .place, nil: true
      }
    let begins: Bool =
      switch path.parts.first {
      case .literal(let text): text.hasPrefix("/")
      case .place(.value), nil: true
      case .place: false
      }
    if !begins || !isWhole {
      section.note(
        Sentence("this is no folder below the address", "đây không phải là thư mục dưới địa chỉ"), key: key,
        remedy: Sentence(
          "write /FOLDER, with / before it and none behind it", "hãy viết /THƯ_MỤC, có / ở trước và không có ở sau"))
    }
    return path
  }

  private static func names(_ section: ConfigurationSection) -> [FileNamePattern] {
    let texts = section.node("names")?.scalar != nil ? [section.string("names")] : section.strings("names")
    return texts.compactMap { text in
      let pattern = FileNamePattern(text)
      if pattern == nil, !text.isEmpty {
        section.note(
          Sentence("‘\(text)’ is no pattern of names", "‘\(text)’ không phải là mẫu tên"), key: "names",
          remedy: Sentence(
            "write letters, digits, - _ . and * for any run of characters, such as \"*.xml\"",
            "hãy viết chữ cái, chữ số, - _ . và * cho chuỗi ký tự bất kỳ, ví dụ \"*.xml\""))
      }
      return pattern
    }
  }

  private static func readiness(_ section: ConfigurationSection) -> PartnerFolder.Readiness {
    guard section.node("ready")?.mapping != nil else {
      if section.string("ready") != "renamed", section.node("ready")?.scalar != nil {
        section.note(
          Sentence("how a file shows that it is whole is not known", "không rõ tệp cho biết đã trọn vẹn bằng cách nào"),
          key: "ready",
          remedy: Sentence(
            "write renamed, { unchanged: 10s } or { marker: .xong }",
            "hãy viết renamed, { unchanged: 10s } hoặc { marker: .xong }"))
      }
      return .renamed
    }
    let ready = section.section("ready")
    guard ready.node("marker") != nil else {
      return .unchanged(ready.duration("unchanged", in: PollLimits.settling))
    }
    if ready.node("unchanged") != nil {
      ready.note(
        Sentence("a file shows in one way that it is whole", "tệp chỉ cho biết đã trọn vẹn theo một cách"),
        key: "unchanged", remedy: Sentence("keep one of them", "hãy giữ một trong số đó"))
    }
    let marker = ready.string("marker")
    if !marker.isEmpty, FileNamePattern("a" + marker)?.matches("a" + marker) != true || marker.contains("*") {
      ready.note(
        Sentence("this is no ending of a name", "đây không phải là phần đuôi của tên"), key: "marker",
        remedy: Sentence(
          "write letters, digits, - _ and ., such as .xong", "hãy viết chữ cái, chữ số, - _ và ., ví dụ .xong"))
    }
    return .marker(marker)
  }

  // MARK: Requests

  private static func list(of folder: PartnerFolder) -> PartnerPoll.Request {
    var fields = [
      "Names": TextTemplate(literal: folder.names.map(\.text).joined(separator: " ")),
      "Limit": TextTemplate(literal: String(folder.filesLimit)),
    ]
    fields["Marker"] = folder.marker.map { TextTemplate(literal: $0) }
    return request("LIST", folder.path, fields, rules: [(.accepted, 200)])
  }

  /// - Parameter destination: nil for a file that is removed.
  private static func disposal(
    of file: TextTemplate, to destination: TextTemplate?, _ folder: PartnerFolder
  ) -> PartnerPoll.Request {
    var fields: [String: TextTemplate] = [:]
    fields["Destination"] = destination
    fields["Marker"] = folder.marker.map { TextTemplate(literal: $0) }
    // A file that is gone was put away before.
    return request(
      destination == nil ? "DELETE" : "MOVE", file, fields,
      rules: [(.accepted, 200), (.alreadyThere, 404), (.retry, 409)])
  }

  private static func request(
    _ method: String, _ path: TextTemplate, _ fields: [String: TextTemplate], rules: [(AnswerRule.Outcome, Int)]
  ) -> PartnerPoll.Request {
    PartnerPoll.Request(
      method: method, path: path,
      headers: fields.sorted { $0.key < $1.key }.map { HeaderTemplate(name: $0.key, value: $0.value) }, signed: [],
      body: nil, contentType: nil,
      answers: AnswerRules(
        format: .json, rules: rules.map { AnswerRule($0.0, statuses: [$0.1...$0.1]) }, otherwise: .unreadable))
  }

  /// Of the lists that folders are told in.
  private static func expression(_ source: String) -> XPathExpression {
    guard let expression = try? XPathExpression(source) else { preconditionFailure("a name is an expression") }
    return expression
  }
}
