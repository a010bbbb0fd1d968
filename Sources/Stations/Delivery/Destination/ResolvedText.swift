import HTTPKit
import SFTPKit

/// A template in which the party's own values and secrets are filled in; what is left changes from request to request.
struct ResolvedText: Sendable {
  private enum Part: Sendable {
    case literal(String)
    case session
    case key
    case dossier
    case poll(TextTemplate.PollWord)
    case pollField(String)
    case parameter(String)
    case field(String)
  }

  private let parts: [Part]
  /// The whole text, when nothing changes.
  let constant: String?

  /// Traps on a name that is not given: a `Destination` checks them all first.
  init(_ template: TextTemplate, values: [String: String], secrets: [String: String]) {
    var parts: [Part] = []
    for part in template.parts {
      switch part {
      case .literal(let text): parts.append(.literal(text))
      case .place(.session): parts.append(.session)
      case .place(.key): parts.append(.key)
      case .place(.dossier): parts.append(.dossier)
      case .place(.poll(let word)): parts.append(.poll(word))
      case .place(.pollField(let name)): parts.append(.pollField(name))
      case .place(.parameter(let name)): parts.append(.parameter(name))
      case .place(.field(let name)): parts.append(.field(name))
      case .place(.value(let name)): parts.append(.literal(values[name]!))
      case .place(.secret(let name)): parts.append(.literal(secrets[name]!))
      }
    }
    self.parts = parts
    let isConstant = parts.allSatisfy { part in
      if case .literal = part { true } else { false }
    }
    constant = isConstant ? Self.join(parts, .empty, encode: { $0 }) : nil
  }

  func text(_ context: RequestContext) -> String {
    constant ?? Self.join(parts, context, encode: { $0 })
  }

  /// As a piece of a URL: what is filled in can neither leave its path segment nor begin a query (RFC 3986 §2.2).
  func path(_ context: RequestContext) -> String {
    constant ?? Self.join(parts, context, encode: PercentEncoding.encode)
  }

  /// As a piece of a file's name: what is filled in has no character that means anything to whoever handles the file.
  func fileName(_ context: RequestContext) -> String {
    constant ?? Self.join(parts, context, encode: SFTPPath.cleaned)
  }

  private static func join(_ parts: [Part], _ context: RequestContext, encode: (String) -> String) -> String {
    var text = ""
    for part in parts {
      switch part {
      case .literal(let literal): text += literal
      case .session: text += encode(context.session)
      case .key: text += encode(context.key)
      case .dossier: text += encode(context.dossier)
      case .poll(let word): text += encode(context.poll.text(word))
      case .pollField(let name): text += encode(context.poll.fields[name] ?? "")
      case .parameter(let name): text += encode(context.parameters[name] ?? "")
      // A field that is not there counts as an empty one.
      case .field(let name): text += encode(context.fields[name] ?? "")
      }
    }
    return text
  }
}
