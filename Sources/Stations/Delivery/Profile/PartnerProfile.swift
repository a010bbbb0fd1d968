/// A partner's tongue as data: how to be let in, where each kind of message goes, and how an answer is read.
///
/// One profile serves every party that speaks the tongue; what differs between parties (address, secrets, codes) is in
/// the party's own file and meets the profile in a `Destination`. A new agency needs no code.
package struct PartnerProfile: Sendable {
  package var name: String
  package var authentication: PartnerAuthentication
  /// Fields of every request, logins included.
  package var headers: [HeaderTemplate]
  package var operations: [PartnerOperation]
  /// Questions that are answered while the asker waits.
  package var lookups: [PartnerLookup]
  /// Its dictionaries that can be fetched.
  package var dictionaries: [PartnerDictionary]
  package var answers: AnswerRules
  /// nil for a partner that takes no files by themselves.
  package var upload: PartnerUpload?
  /// How the partner is asked for what it has for us; empty for one that calls us, or has nothing.
  package var polls: [PartnerPoll]
  /// Plain values that a party may leave out, by name.
  package var defaults: [String: String]
}

extension PartnerProfile {
  /// The names of the secrets a party has to give.
  package var secretNames: Set<String> {
    Set(
      places.compactMap { place in
        guard case .secret(let name) = place else { return nil }
        return name
      })
  }

  /// The names of the plain values the profile places, with or without a default.
  package var valueNames: Set<String> {
    Set(
      places.compactMap { place in
        guard case .value(let name) = place else { return nil }
        return name
      })
  }

  /// Whether a template places the token.
  var placesSession: Bool { places.contains(.session) }

  /// Every place of every template.
  private var places: [TextTemplate.Place] {
    var templates = headers.flatMap(\.templates)
    switch authentication {
    case .none: break
    case .header(_, let value): templates.append(value)
    case .basic(let username, let password): templates += [username, password]
    case .standardWebhook(let secret): templates.append(secret)
    case .ssh(let login): templates += login.templates
    case .vxp(let signing): templates += [signing.system, signing.secret]
    case .session(let login):
      templates.append(login.path)
      templates += login.headers.flatMap(\.templates)
      switch login.body {
      case .none: break
      case .json(let members): templates += members.flatMap(\.value.templates)
      case .form(let members): templates += members.map(\.value)
      case .soap(let call): templates += call.parameters.flatMap(\.value.templates)
      }
    case .oauth(let login):
      templates += [login.path] + login.headers.flatMap(\.templates)
      if let client = login.client { templates += [client.name, client.secret] }
      if case .password(let username, let password) = login.grant { templates += [username, password] }
    }
    templates += polls.flatMap { $0.requests.flatMap(\.templates) }
    if let upload { templates += [upload.path] + upload.headers.flatMap(\.templates) }
    for operation in operations {
      templates += operation.headers.flatMap(\.templates) + operation.signed.map(\.value)
      templates += operation.variants.map(\.path)
      for envelope in operation.variants.map(\.envelope) {
        templates += envelope.members.flatMap(\.value.templates)
        if case .multipart(let parts) = envelope { templates.append(parts.fileName) }
      }
      guard let question = operation.question else { continue }
      templates += [question.path] + question.headers.flatMap(\.templates)
      templates += (question.members ?? []).flatMap(\.value.templates)
    }
    templates += dictionaries.flatMap(\.templates)
    for lookup in lookups {
      templates += [lookup.path] + lookup.headers.flatMap(\.templates)
      templates += (lookup.members ?? []).flatMap(\.value.templates)
    }
    return templates.flatMap(\.places)
  }
}
