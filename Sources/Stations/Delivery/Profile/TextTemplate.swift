/// A text of a profile with places to fill: `/dossiers/{dossier}`, `{values.madonvi}`, `Bearer {session}`.
///
/// A brace that is meant is written twice. Names are checked when the profile is read, so a misspelt one is an error
/// with its line and never an empty place in a request.
package struct TextTemplate: Sendable, Equatable {
  package enum Part: Sendable, Equatable {
    case literal(String)
    case place(Place)
  }

  /// What can be filled in.
  package enum Place: Sendable, Equatable, Hashable {
    /// The token of the partner's session.
    case session
    /// The delivery's key, the same at every attempt.
    case key
    /// The dossier's code.
    case dossier
    /// A plain value of the party's `receives.values`.
    case value(String)
    /// A secret of the party's `receives.secrets`.
    case secret(String)
    /// What a poll's question is filled with.
    case poll(PollWord)
    /// A field of the item that a poll asks about.
    case pollField(String)
    /// What the asker of a lookup gave.
    case parameter(String)
    /// A member of the body that is sent, in a checksum over it.
    case field(String)

    init?(_ name: Substring) {
      switch name {
      case "session": self = .session
      case "key": self = .key
      case "dossier": self = .dossier
      default:
        if let word = PollWord(rawValue: String(name)) {
          self = .poll(word)
          return
        }
        guard let dot = name.firstIndex(of: ".") else { return nil }
        let item = String(name[name.index(after: dot)...])
        guard Self.isName(item) else { return nil }
        switch name[..<dot] {
        case "values": self = .value(item)
        case "secrets": self = .secret(item)
        case "item": self = .pollField(item)
        case "parameters": self = .parameter(item)
        case "fields": self = .field(item)
        default: return nil
        }
      }
    }

    /// Whether an item can be called so: letters, digits, hyphens and underscores.
    static func isName(_ text: String) -> Bool {
      !text.isEmpty
        && text.utf8.allSatisfy { byte in
          switch byte {
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
          default: false
          }
        }
    }

    /// What a party calls it in its own file.
    var itemName: String {
      switch self {
      case .value(let name), .secret(let name), .parameter(let name), .field(let name): name
      case .session, .key, .dossier, .poll, .pollField: name
      }
    }

    /// As it is written between braces.
    var name: String {
      switch self {
      case .session: "session"
      case .key: "key"
      case .dossier: "dossier"
      case .value(let name): "values.\(name)"
      case .secret(let name): "secrets.\(name)"
      case .poll(let word): word.rawValue
      case .pollField(let name): "item.\(name)"
      case .parameter(let name): "parameters.\(name)"
      case .field(let name): "fields.\(name)"
      }
    }
  }

  /// What the question of a poll is about, and where it is in what there is to ask.
  package enum PollWord: String, Sendable, Hashable, CaseIterable {
    case cursor
    case from
    case until
    case page
    case size
    /// What the partner calls the item.
    case item
    case dossiers
  }

  /// Why a text is no template.
  package enum Fault: Error, Sendable, Equatable {
    case unclosedBrace
    case strayBrace
    case unknownPlace
  }

  package let parts: [Part]

  package init(_ text: String) throws(Fault) {
    var parts: [Part] = []
    var literal = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      if (character == "{" || character == "}") && rest.first == character {
        rest.removeFirst()
        literal.append(character)
      } else if character == "}" {
        throw .strayBrace
      } else if character == "{" {
        guard let end = rest.firstIndex(of: "}") else { throw .unclosedBrace }
        guard let place = Place(rest[..<end]) else { throw .unknownPlace }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        literal = ""
        parts.append(.place(place))
        rest = rest[rest.index(after: end)...]
      } else {
        literal.append(character)
      }
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
    self.parts = parts
  }

  /// A text without places.
  package init(literal text: String) { parts = text.isEmpty ? [] : [.literal(text)] }

  private init(parts: [Part]) { self.parts = parts }

  package static func + (left: TextTemplate, right: TextTemplate) -> TextTemplate {
    TextTemplate(parts: left.parts + right.parts)
  }

  /// A place and nothing else.
  package init(place: Place) { parts = [.place(place)] }

  /// As it is written in the profile.
  package var text: String {
    parts.map { part in
      switch part {
      case .literal(let text):
        text.map { $0 == "{" || $0 == "}" ? "\($0)\($0)" : String($0) }.joined()
      case .place(let place): "{\(place.name)}"
      }
    }.joined()
  }

  package var places: [Place] {
    parts.compactMap { part in
      guard case .place(let place) = part else { return nil }
      return place
    }
  }
}
