import DocumentKit
import DossierModel
import ServiceKit
import XMLKit

/// Reads the parts of a profile out of its file; what is wrong is noted at its place and a stand-in returned.
enum ProfileReading {
  /// Which places a template may have where it stands.
  enum Allowed {
    /// A path or a query: nothing secret, for addresses end up in logs on the way.
    case path
    case request
    /// A login has no session yet and belongs to no delivery.
    case login
    /// The path of a poll's request, which knows these of its words.
    case pollPath(Set<TextTemplate.PollWord>)
    /// Elsewhere in a poll's request.
    case poll(Set<TextTemplate.PollWord>)

    /// The address of a lookup.
    case lookupPath
    /// A lookup's fields and body: it is about no delivery.
    case lookup
    /// What a checksum is over.
    case checksum
    case lookupChecksum

    func allows(_ place: TextTemplate.Place) -> Bool {
      switch (self, place) {
      case (_, .value): true
      case (.request, .session), (.request, .secret), (.request, .key), (.request, .dossier): true
      case (.login, .secret), (.path, .key), (.path, .dossier): true
      case (.lookupPath, .parameter), (.lookup, .parameter), (.lookup, .session), (.lookup, .secret): true
      case (.checksum, .secret), (.checksum, .field), (.checksum, .key), (.checksum, .dossier): true
      case (.lookupChecksum, .secret), (.lookupChecksum, .parameter), (.lookupChecksum, .field): true
      case (.poll, .secret), (.poll, .session): true
      case (.poll(let words), .poll(let word)), (.pollPath(let words), .poll(let word)): words.contains(word)
      case (.poll(let words), .pollField), (.pollPath(let words), .pollField): words.contains(.item)
      case (.poll(let words), .dossier), (.pollPath(let words), .dossier): words.contains(.dossiers)
      default: false
      }
    }

    var names: String {
      switch self {
      case .path: "{values.NAME}, {key}, {dossier}"
      case .request: "{values.NAME}, {secrets.NAME}, {session}, {key}, {dossier}"
      case .login: "{values.NAME}, {secrets.NAME}"
      case .pollPath(let words): "{values.NAME}" + Self.names(of: words)
      case .poll(let words): "{values.NAME}, {secrets.NAME}, {session}" + Self.names(of: words)
      case .lookupPath: "{values.NAME}, {parameters.NAME}"
      case .lookup: "{values.NAME}, {secrets.NAME}, {session}, {parameters.NAME}"
      case .checksum: "{fields.NAME}, {secrets.NAME}, {values.NAME}, {key}, {dossier}"
      case .lookupChecksum: "{fields.NAME}, {parameters.NAME}, {secrets.NAME}, {values.NAME}"
      }
    }

    private static func names(of words: Set<TextTemplate.PollWord>) -> String {
      let own = TextTemplate.PollWord.allCases.filter(words.contains).map { ", {\($0.rawValue)}" }
      return own.joined() + (words.contains(.item) ? ", {item.NAME}" : "")
        + (words.contains(.dossiers) ? ", {dossier}" : "")
    }
  }

  static func template(
    _ section: ConfigurationSection, _ key: String, allowing allowed: Allowed, mayBeEmpty: Bool = false
  ) -> TextTemplate {
    parse(section.string(key, mayBeEmpty: mayBeEmpty), section, key, allowing: allowed)
  }

  /// - Parameter position: of the text, where that is not the key's.
  static func parse(
    _ text: String, _ section: ConfigurationSection, _ key: String, allowing allowed: Allowed,
    at position: YAMLPosition? = nil
  ) -> TextTemplate {
    let known = Sentence(
      "known here: \(allowed.names); a brace that is meant is written twice",
      "ở đây có: \(allowed.names); dấu ngoặc cần giữ nguyên thì viết hai lần")
    do throws(TextTemplate.Fault) {
      let template = try TextTemplate(text)
      if let place = template.places.first(where: { !allowed.allows($0) }) {
        section.note(
          Sentence("{\(place.name)} cannot be filled in here", "{\(place.name)} không điền được ở đây"), key: key,
          at: position, remedy: known)
      }
      return template
    } catch {
      let message =
        switch error {
        case .unclosedBrace: Sentence("a brace is opened and not closed", "dấu ngoặc mở mà không đóng")
        case .strayBrace: Sentence("a brace is closed and was not opened", "dấu ngoặc đóng mà chưa mở")
        case .unknownPlace: Sentence("the name between the braces is not known", "không có tên nằm giữa hai dấu ngoặc")
        }
      section.note(message, key: key, at: position, remedy: known)
      return TextTemplate(literal: "")
    }
  }

  static func headers(_ section: ConfigurationSection, allowing allowed: Allowed) -> [HeaderTemplate] {
    let fields = section.section("headers")
    // Set by the client, or by the deliverer for every request.
    let reserved = ["content-length", "transfer-encoding", "expect", "host", "idempotency-key", "user-agent"]
    return fields.keys.map { name in
      if !isToken(name) {
        fields.note(
          Sentence("this is no name of a header field", "đây không phải là tên trường đầu (header)"), key: name,
          remedy: Sentence("write letters, digits and hyphens", "hãy viết chữ cái, chữ số và gạch nối"))
      }
      if reserved.contains(name.lowercased()) {
        fields.note(
          Sentence("this header field is not the profile's to set", "hồ sơ đối tác không được đặt trường đầu này"),
          key: name, remedy: Sentence("remove it", "hãy bỏ đi"))
      }
      guard fields.node(name)?.mapping != nil else {
        return HeaderTemplate(
          name: name, value: template(fields, name, allowing: allowed, mayBeEmpty: true))
      }
      let object = fields.section(name)
      let members = members(object, "base64") ?? []
      if members.isEmpty {
        object.note(
          Sentence("the field is an object of nothing", "trường này là đối tượng không có gì"),
          remedy: Sentence(
            "write ‘base64: { NAME: text }’, or a text", "hãy viết ‘base64: { TÊN: chuỗi }’, hoặc một chuỗi"))
      }
      return HeaderTemplate(name: name, value: .base64JSON(members))
    }
  }

  /// Texts under names of the profile's choice.
  static func texts(_ section: ConfigurationSection, _ key: String) -> [String: String] {
    let texts = section.section(key)
    return Dictionary(uniqueKeysWithValues: texts.keys.map { ($0, texts.string($0, mayBeEmpty: true)) })
  }

  static func expression(
    _ section: ConfigurationSection, _ key: String, namespaces: [String: String] = [:]
  ) -> XPathExpression? {
    guard let source = section.optionalString(key) else { return nil }
    do throws(XMLError) {
      return try XPathExpression(source, namespaces: namespaces)
    } catch {
      section.note(
        Sentence("the expression cannot be used: \(error.message)", "không dùng được biểu thức này: \(error.message)"),
        key: key, remedy: Sentence("write an XPath 1.0 expression", "hãy viết biểu thức XPath 1.0"))
      return nil
    }
  }

  /// RFC 9110 §5.6.2.
  static func isToken(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
      }
  }
}
