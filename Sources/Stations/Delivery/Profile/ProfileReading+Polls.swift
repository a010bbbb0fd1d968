import DocumentKit
import ServiceKit
import XMLKit

extension ProfileReading {
  private static let listOutcomes: [String: AnswerRule.Outcome] = [
    "listed": .accepted, "nothing": .absent, "sessionExpired": .sessionExpired, "retry": .retry, "refused": .refused,
    "unreadable": .unreadable,
  ]
  private static let detailOutcomes: [String: AnswerRule.Outcome] = [
    "found": .accepted, "gone": .absent, "sessionExpired": .sessionExpired, "retry": .retry, "refused": .refused,
    "unreadable": .unreadable,
  ]
  private static let acknowledgementOutcomes: [String: AnswerRule.Outcome] = [
    "done": .accepted, "alreadyDone": .alreadyThere, "sessionExpired": .sessionExpired, "retry": .retry,
    "refused": .refused, "unreadable": .unreadable,
  ]

  /// `polls`, by names of the profile's choice.
  ///
  /// - Parameter areFolders: whether what is asked are folders; nothing else of the partner is then.
  static func polls(
    _ root: ConfigurationSection, profile: String, messages: YAMLMapping?, _ surroundings: Surroundings,
    areFolders: Bool
  ) -> [PartnerPoll] {
    guard root.node("polls") != nil else { return [] }
    let named = root.namedSections("polls")
    if named.isEmpty {
      root.note(
        Sentence("nothing is asked", "không hỏi gì"), key: "polls",
        remedy: Sentence("name a poll, or remove the key", "hãy nêu một lượt hỏi, hoặc bỏ khóa này"))
    }
    return named.map { name, section in
      if name.utf8.count > PollLimits.nameBytes {
        section.note(
          Sentence("the name is long", "tên quá dài"),
          remedy: Sentence(
            "write at most \(PollLimits.nameBytes) bytes", "hãy viết nhiều nhất \(PollLimits.nameBytes) byte"))
      }
      if (section.node("folder") != nil) != areFolders {
        section.note(
          Sentence("a folder is looked into by SFTP, and nothing else is", "chỉ SFTP mới xem vào thư mục"),
          key: areFolders ? nil : "folder",
          remedy: areFolders
            ? Sentence("add ‘folder: …’", "hãy thêm ‘folder: …’")
            : Sentence(
              "remove it, or write ‘transport: sftp’ under delivery",
              "hãy bỏ đi, hoặc viết ‘transport: sftp’ dưới delivery"))
      }
      return areFolders
        ? folderPoll(section, named: name, profile: profile, messages: messages)
        : poll(section, named: name, profile: profile, messages: messages, surroundings)
    }
  }

  private static func poll(
    _ section: ConfigurationSection, named name: String, profile: String, messages: YAMLMapping?,
    _ common: Surroundings
  ) -> PartnerPoll {
    // What the answers' rules may name, the other expressions may.
    var surroundings = common
    for part in [section, section.section("detail")] {
      surroundings.namespaces.merge(texts(part.section("answers"), "namespaces")) { _, own in own }
    }
    let progress = progress(section, profile: profile, messages: messages, surroundings)
    let pages = pages(section, surroundings)
    var words: Set<TextTemplate.PollWord> = []
    switch progress {
    case .none: break
    case .cursor: words.insert(.cursor)
    case .window: words.formUnion([.from, .until])
    case .awaited: words.insert(.dossiers)
    }
    if pages != nil { words.formUnion([.page, .size]) }
    // A list is evidence by itself, and looked for in every answer.
    var evident = surroundings
    evident.statusProves = true
    let list = pollRequest(section, words: words, outcomes: listOutcomes, yes: "listed", evident)
    let items = requiredExpression(section, "items", namespaces: surroundings.namespaces)
    let fields = section.section("fields")
    let known = fields.keys
    let poll = PartnerPoll(
      name: name, every: section.duration("every", in: PollLimits.every), list: list, items: items,
      emptyList: emptyList(items, list.answers.format),
      id: expression(section, "id", namespaces: surroundings.namespaces),
      fields: known.map {
        ($0, requiredExpression(fields, $0, namespaces: surroundings.namespaces))
      },
      message: message(section, profile: profile, messages: messages), document: part(section, surroundings),
      progress: progress, pages: pages,
      detail: pollRequest(
        section, under: "detail", words: [.item], fields: known, outcomes: detailOutcomes, yes: "found", surroundings),
      acknowledge: pollRequest(
        section, under: "acknowledge", words: [.item], fields: known, outcomes: acknowledgementOutcomes, yes: "done",
        surroundings))
    check(poll, section)
    return poll
  }

  private static func check(_ poll: PartnerPoll, _ section: ConfigurationSection) {
    if poll.list.answers.format == .text {
      section.note(
        Sentence("items cannot be found in plain text", "không tìm được các mục trong văn bản thuần"), key: "answers",
        remedy: Sentence("write format: json or xml", "hãy viết format: json hoặc xml"))
    }
    let asks = poll.list.body?.members.contains { if case .payload = $0.value { true } else { false } } ?? false
    let places = Set(poll.list.templates.flatMap(\.places))
    func needs(_ words: [TextTemplate.PollWord], _ key: String) {
      for word in words where !places.contains(.poll(word)) {
        section.note(
          Sentence(
            "no template of the question places {\(word.rawValue)}", "không mẫu nào của câu hỏi đặt {\(word.rawValue)}"),
          key: key, remedy: Sentence("place it in path, headers or body", "hãy đặt vào path, headers hoặc body")
        )
      }
    }
    switch poll.progress {
    case .none: break
    case .cursor: needs([.cursor], "cursor")
    case .window: needs([.from, .until], "window")
    case .awaited(let awaited):
      if !asks, !places.contains(.poll(.dossiers)), !(awaited.batch == 1 && places.contains(.dossier)) {
        section.note(
          Sentence("no template of the question places {dossiers}", "không mẫu nào của câu hỏi đặt {dossiers}"),
          key: "awaited",
          remedy: Sentence(
            "place it in the body or the path; {dossier} is enough for a batch of 1",
            "hãy đặt vào thân hoặc đường dẫn; với batch là 1 thì {dossier} là đủ"))
      }
    }
    if poll.detail != nil || poll.acknowledge != nil, poll.id == nil, poll.fields.isEmpty {
      section.note(
        Sentence("the items have no name to ask by", "các mục không có tên để hỏi"), key: "items",
        remedy: Sentence("add ‘id: XPATH’ or ‘fields’", "hãy thêm ‘id: XPATH’ hoặc ‘fields’"))
    }
  }

  static func message(
    _ section: ConfigurationSection, profile: String, messages: YAMLMapping?
  ) -> String? {
    guard let name = section.optionalString("message") else { return nil }
    let reads = messages?.members.filter { $0.value.mapping?["toCanonical"] != nil }.map(\.key) ?? []
    if !name.isEmpty, !reads.contains(name) {
      section.note(
        Sentence("no message of this name is read", "không đọc bản tin nào tên này"), key: "message",
        remedy: NearestName.of(name, among: reads).map(Sentence.didYouMean)
          ?? .knownHere(reads))
    }
    return "\(profile)/\(name)"
  }

  // MARK: How it goes on

  private static func progress(
    _ section: ConfigurationSection, profile: String, messages: YAMLMapping?, _ surroundings: Surroundings
  ) -> PartnerPoll.Progress {
    let given = ["cursor", "window", "awaited"].filter { section.node($0) != nil }
    if given.count > 1 {
      section.note(
        Sentence("a poll goes on in one way", "lượt hỏi chỉ tiếp tục theo một cách"), key: given[1],
        remedy: Sentence("keep one of: cursor, window, awaited", "hãy giữ một trong: cursor, window, awaited"))
    }
    switch given.first {
    case "cursor": return cursor(section.section("cursor"), surroundings)
    case "window": return .window(window(section.section("window")))
    case "awaited": return .awaited(awaited(section.section("awaited"), profile: profile, messages: messages))
    default: return .none
    }
  }

  private static func cursor(_ section: ConfigurationSection, _ surroundings: Surroundings) -> PartnerPoll.Progress {
    let start = section.string("start", default: "", mayBeEmpty: true)
    let keys = ["answer", "item"].filter { section.node($0) != nil }
    if keys.count != 1 {
      section.note(
        Sentence("a cursor stands in one place", "con trỏ chỉ nằm ở một chỗ"),
        remedy: Sentence("write answer: XPATH or item: XPATH", "hãy viết answer: XPATH hoặc item: XPATH"))
    }
    if let key = keys.first {
      let place = requiredExpression(section, key, namespaces: surroundings.namespaces)
      return .cursor(key == "answer" ? .answer(place) : .item(place), start: start)
    }
    return .none
  }

  private static func window(_ section: ConfigurationSection) -> PollWindow {
    let text = section.string("format")
    var format = PollTimeFormat("yyyy")
    if let given = PollTimeFormat(text) {
      format = given
    } else if !text.isEmpty {
      section.note(
        Sentence("this is no form of a time", "đây không phải là dạng thời gian"), key: "format",
        remedy: Sentence(
          "write yyyy, MM, dd, HH, mm, ss, SSS, Z, letters that are meant in '…'; or unix, unixMilliseconds",
          "hãy viết yyyy, MM, dd, HH, mm, ss, SSS, Z, chữ giữ nguyên đặt trong '…'; hoặc unix, unixMilliseconds"))
    }
    guard let format else { preconditionFailure("a year is a form") }
    return PollWindow(
      format: format, overlap: section.duration("overlap", in: PollLimits.overlap, default: .seconds(600)),
      longest: section.duration("longest", in: PollLimits.window, default: .seconds(86_400)),
      start: section.duration("start", in: PollLimits.window, default: .seconds(86_400)))
  }

  private static func awaited(
    _ section: ConfigurationSection, profile: String, messages: YAMLMapping?
  ) -> AwaitedDossiers {
    let names = section.strings("messages")
    let sent = messages?.members.filter { $0.value.mapping?["fromCanonical"] != nil }.map(\.key) ?? []
    for name in names where !sent.contains(name) {
      section.note(
        Sentence("no message of this name is sent", "không gửi bản tin nào tên này"), key: "messages",
        remedy: .knownHere(sent))
    }
    return AwaitedDossiers(
      types: Set(names.map { "\(profile)/\($0)" }), batch: section.integer("batch", in: 1...1_000, default: 1),
      procedures: Set(section.strings("procedures", default: [])),
      ends: Set(section.strings("ends", default: AwaitedDossiers.usualEnds.sorted())),
      within: section.duration("within", in: PollLimits.window, default: .seconds(180 * 86_400)))
  }

  static func pages(_ section: ConfigurationSection, _ surroundings: Surroundings) -> PartnerPoll.Pages? {
    guard section.node("pages") != nil else { return nil }
    let pages = section.section("pages")
    return PartnerPoll.Pages(
      size: pages.integer("size", in: 1...PollLimits.itemsMaximum),
      first: pages.integer("first", in: 0...1, default: 1),
      more: expression(pages, "more", namespaces: surroundings.namespaces))
  }

  private static func part(_ section: ConfigurationSection, _ surroundings: Surroundings) -> PartnerPoll.Part? {
    guard section.node("document") != nil else { return nil }
    let part = section.section("document")
    let isText = part.node("as") != nil
    let isBase64 = part.boolean("base64", default: false)
    if isBase64, !isText {
      part.note(
        Sentence("a text is one of a form", "chuỗi phải là một trong các dạng"), key: "base64",
        remedy: Sentence("add ‘as: json’ or ‘as: xml’", "hãy thêm ‘as: json’ hoặc ‘as: xml’"))
    }
    return PartnerPoll.Part(
      place: requiredExpression(part, "at", namespaces: surroundings.namespaces),
      format: isText ? part.choice("as") : nil, isBase64: isBase64)
  }

  /// An empty JSON list in the place of the items is evidence that there are none; elsewhere only a rule is.
  static func emptyList(_ items: XPathExpression, _ format: AnswerRules.Format) -> XPathExpression? {
    guard format == .json, items.isPath, let name = items.source.split(separator: "/").last else { return nil }
    let parent = items.source.dropLast(name.count)
    let list = "processing-instruction('\(DocumentTree.emptyListTarget)')[. = '\(name)']"
    return try? XPathExpression(parent.isEmpty ? list : "\(parent)\(list)")
  }
}
