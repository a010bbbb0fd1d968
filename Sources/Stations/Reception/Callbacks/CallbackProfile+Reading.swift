package import DocumentKit
import HTTPKit
package import ServiceKit

extension CallbackProfile {
  /// Reads `callbacks` of a profile; nil where it has none. Nothing of it may be used before the section's reader has
  /// finished.
  ///
  /// - Parameter formats: of the profile's messages, by their names.
  package init?(reading root: ConfigurationSection, profile: String, formats: [String: DocumentTree.Format]) {
    guard root.node("callbacks") != nil else { return nil }
    let section = root.section("callbacks")
    let key = Self.key(section.section("key"))
    self.key = key
    let paths = section.requiredSection("paths")
    messages = paths.keys.map { path in
      let message = paths.string(path)
      if let fault = Self.fault(of: path) {
        paths.note(
          fault, key: path,
          remedy: Sentence(
            "write segments of letters, digits, - . _ ~ with / between them",
            "hãy viết các đoạn gồm chữ cái, chữ số, - . _ ~, cách nhau bằng /"))
      }
      switch formats[message] {
      case nil where !message.isEmpty:
        paths.note(
          Sentence("the profile has no message of this name", "hồ sơ đối tác không có bản tin tên này"), key: path,
          remedy: NearestName.of(message, among: Array(formats.keys)).map(Sentence.didYouMean)
            ?? .knownHere(formats.keys.sorted()))
      case .xml?:
        switch key {
        case .member, .checksum:
          paths.note(
            Sentence("an XML message has no member for the key", "bản tin XML không có trường cho khóa"), key: path,
            remedy: Sentence("write key: { header: NAME }", "hãy viết key: { header: TÊN }"))
        case .standard, .header: break
        }
      default: break
      }
      return (path, "\(profile)/\(message)")
    }
    if section.isPresent, messages.isEmpty {
      section.note(
        Sentence("nothing is called", "không gọi gì"), key: "paths",
        remedy: Sentence("write PATH: message", "hãy viết ĐƯỜNG_DẪN: bản tin"))
    }
    let answers = section.requiredSection("answers")
    accepted = AnswerTemplate(reading: answers.requiredSection("accepted"), status: 200)
    let alreadyThere = answers.section("alreadyThere")
    self.alreadyThere = alreadyThere.isPresent ? AnswerTemplate(reading: alreadyThere, status: 200) : nil
    refusals = CallbackRefusals(reading: answers)
    let taken = Set(messages.map(\.path))
    questions = section.namedSections("questions").map { path, question in
      if let fault = taken.contains(path)
        ? Sentence("a message comes at this path", "đường dẫn này đã nhận bản tin") : Self.fault(of: path)
      {
        question.note(
          fault,
          remedy: Sentence(
            "write segments of letters, digits, - . _ ~, which are no path of a message",
            "hãy viết các đoạn gồm chữ cái, chữ số, - . _ ~, không trùng đường dẫn của bản tin"))
      }
      return CallbackQuestion(reading: question, path: path, profile: profile, messages: Set(formats.keys))
    }
    let asked = taken.union(questions.map(\.path))
    lists = section.namedSections("lists").map { path, list in
      if let fault = asked.contains(path)
        ? Sentence("something else comes at this path", "đường dẫn này đã dùng cho việc khác") : Self.fault(of: path)
      {
        list.note(
          fault,
          remedy: Sentence(
            "write segments of letters, digits, - . _ ~, which are no path of a message or a question",
            "hãy viết các đoạn gồm chữ cái, chữ số, - . _ ~, không trùng đường dẫn của bản tin hay câu hỏi"))
      }
      if case .checksum = key {
        list.note(
          Sentence(
            "a request for a list has nothing to make a checksum of",
            "yêu cầu lấy danh sách không có gì để tính mã kiểm tra"),
          remedy: Sentence("let the partner show a key", "hãy để đối tác xuất trình khóa"))
      }
      return CallbackList(reading: list, path: path)
    }
  }

  private static func key(_ section: ConfigurationSection) -> KeyPlace {
    guard section.isPresent else { return .standard }
    let checksum = section.section("checksum")
    switch (section.optionalString("header"), section.optionalString("member"), checksum.isPresent) {
    case (let header?, nil, false): return .header(header)
    case (nil, let member?, false): return .member(member)
    case (nil, nil, true): return .checksum(CallbackChecksum(reading: checksum))
    default:
      section.note(
        Sentence("a key stands in one place", "khóa chỉ nằm ở một chỗ"),
        remedy: Sentence(
          "write header: NAME, member: NAME or checksum: { member: NAME, … }",
          "hãy viết header: TÊN, member: TÊN hoặc checksum: { member: TÊN, … }"))
      return .standard
    }
  }

  /// RFC 3986 §2.3, unreserved characters; nothing that a router or a proxy would read otherwise.
  private static func fault(of path: String) -> Sentence? {
    let segments = path.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain = segments.allSatisfy { segment in
      !segment.isEmpty && segment != "." && segment != ".."
        && segment.utf8.allSatisfy(PercentEncoding.isUnreserved)
    }
    return isPlain
      ? nil
      : Sentence(
        "this is no path below the profile's own", "đây không phải là đường dẫn dưới đường dẫn của hồ sơ đối tác")
  }
}
