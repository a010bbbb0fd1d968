import CryptographyKit
import Delivery
import Dictionaries
import DocumentKit
import DossierModel
import Gateway
import Reception
import XMLKit

/// A profile in words.
struct PartnerDescription {
  private(set) var lines: [String]

  init(_ profile: SiteProfile) {
    lines = ["\(profile.name): \(profile.title)", "", "Messages"]
    for message in profile.messages { add(message) }
    if let callbacks = profile.callbacks { add(callbacks, of: profile.name) }
    guard let delivery = profile.delivery else {
      lines += ["", "Nothing is delivered in this tongue: its parties send, or pull from their inbox."]
      return
    }
    lines += ["", "Requests", "  let in by: \(Self.words(for: delivery.authentication))"]
    for operation in delivery.operations { add(operation) }
    for lookup in delivery.lookups {
      let parameters = lookup.parameters.map { $0.isOptional ? "[\($0.name)]" : $0.name }.joined(separator: ", ")
      lines.append("  looked up: \(lookup.name)(\(parameters)): \(lookup.method) \(lookup.path.text)")
    }
    for poll in delivery.polls { add(poll) }
    for dictionary in delivery.dictionaries {
      lines.append(
        "  dictionary \(dictionary.name): \(dictionary.list.method) \(dictionary.list.path.text), \(dictionary.title)")
    }
    if let upload = delivery.upload {
      lines.append("  files go before the message: \(upload.method) \(upload.path.text)")
    }
    if !delivery.operations.isEmpty { add(delivery.answers) }
    giving(delivery)
  }

  private mutating func add(_ answers: AnswerRules) {
    lines += ["", "Answers (\(answers.format.rawValue)); the first rule that applies wins"]
    for (index, rule) in answers.rules.enumerated() {
      lines.append("  \(index + 1). \(Self.words(for: rule.outcome)): \(Self.condition(of: rule))")
    }
    lines.append("  otherwise: \(answers.otherwise.rawValue)")
  }

  private mutating func giving(_ delivery: PartnerProfile) {
    lines += ["", "A party gives", "  address"]
    lines += delivery.secretNames.sorted().map { "  secrets.\($0)" }
    lines += delivery.valueNames.sorted().map { name in
      "  values.\(name)" + (delivery.defaults[name].map { " (\"\($0)\" unless given)" } ?? "")
    }
  }

  private mutating func add(_ message: MessageType) {
    let partial = message.isPartial ? ", a part of the dossier" : ""
    lines.append("  \(message.name): \(message.kind.rawValue), \(message.format.rawValue)\(partial)")
    lines.append("    recognised by \(message.recognise)")
    lines.append("    schema \(message.schema)")
    if let mapping = message.toCanonical { lines.append("    read by \(mapping)") }
    if let mapping = message.fromCanonical { lines.append("    written by \(mapping)") }
  }

  private mutating func add(_ callbacks: CallbackProfile, of profile: String) {
    lines += ["", "Calls us, with \(Self.words(for: callbacks.key))"]
    lines += callbacks.messages.map { "  \($0.type): POST \(Self.address(of: $0.path, of: profile))" }
    lines += callbacks.questions.flatMap { question in
      [
        "  asks us \(question.path): POST \(Self.address(of: question.path, of: profile)), as on the v1 API",
        "    \(question.title); answered from \(question.message)",
      ]
    }
    lines += callbacks.lists.map { "  fetches \($0.path): POST \(Self.address(of: $0.path, of: profile)), \($0.title)" }
  }

  static func address(of path: String, of profile: String) -> String { "/callbacks/\(profile)/\(path)" }

  static func words(for key: CallbackProfile.KeyPlace) -> String {
    switch key {
    case .standard: "a certificate, a token or the field X-Api-Key"
    case .header(let name): "its key in the field \(name)"
    case .member(let name): "its key in the member \(name)"
    case .checksum(let checksum):
      "a checksum in the member \(checksum.member) (\(checksum.checksum.algorithm.rawValue))"
    }
  }

  private mutating func add(_ operation: PartnerOperation) {
    lines.append("  \(operation.message): \(operation.method) \(operation.paths) (\(operation.contentType))")
    let variants = operation.variants.map(\.name).filter { !$0.isEmpty }
    if !variants.isEmpty {
      lines.append("    first as \(variants.joined(separator: ", then as ")), when the answer says so")
    }
    if let batch = operation.batch { lines.append("    up to \(batch.size) in one request") }
    if let question = operation.question {
      lines.append("    what may have arrived is asked about: \(question.method) \(question.path.text)")
    }
  }

  private mutating func add(_ folder: PartnerFolder, of poll: PartnerPoll) {
    lines.append(
      "  looked into by \(poll.name): \(folder.path.text), for \(folder.names.map(\.text).joined(separator: ", "))")
    lines.append(
      "    brings \(poll.message ?? "what its messages recognise"), each file whole as \(Self.words(for: folder.readiness))"
    )
    lines.append(
      "    once on the disk here, \(folder.taken.map { "moved to \($0.text)" } ?? "removed"); what cannot be taken goes to "
        + folder.refused.text)
  }

  static func words(for readiness: PartnerFolder.Readiness) -> String {
    switch readiness {
    case .renamed: "it is renamed"
    case .unchanged(let period): "it stays unchanged for \(period)"
    case .marker(let ending): "its marker \(ending) stands beside it"
    }
  }

  private mutating func add(_ poll: PartnerPoll) {
    if let folder = poll.folder { return add(folder, of: poll) }
    lines.append(
      "  asked by \(poll.name): \(poll.list.method) \(poll.list.path.text), \(Self.words(for: poll.progress))")
    lines.append("    brings \(poll.message ?? "what its messages recognise"), a \(poll.items.source) each")
    if let detail = poll.detail { lines.append("    each asked for by \(detail.method) \(detail.path.text)") }
    if let told = poll.acknowledge {
      lines.append("    acknowledged, once on the disk here, by \(told.method) \(told.path.text)")
    }
  }

  static func words(for progress: PartnerPoll.Progress) -> String {
    switch progress {
    case .none: "for everything that it hands out"
    case .cursor: "from where the last answer ended"
    case .window: "for the time since the last answer"
    case .awaited(let awaited):
      "about \(awaited.batch) at a time of the dossiers that went out as \(awaited.types.sorted().joined(separator: ", "))"
    }
  }

  static func words(for authentication: PartnerAuthentication) -> String {
    switch authentication {
    case .none: "nothing"
    case .header(let name, let value): "the field \(name): \(value.text)"
    case .basic: "user name and password in every request (Basic)"
    case .vxp(let signing): "a signature of every request (VXP), as \(signing.system.text)"
    case .ssh(let login): "SFTP, with a user name and a \(login.key == nil ? "password" : "private key")"
    case .standardWebhook: "a signature of every request (Standard Webhooks)"
    case .session(let login): "a session: \(login.method) \(login.path.text)"
    case .oauth(let login):
      switch login.grant {
      case .clientCredentials: "a client-credentials token: POST \(login.path.text)"
      case .password: "a token for user name and password: POST \(login.path.text)"
      }
    }
  }

  static func words(for outcome: AnswerRule.Outcome) -> String {
    switch outcome {
    case .accepted: "accepted"
    case .alreadyThere: "already there"
    case .absent: "absent"
    case .switchVariant(let name): "sent again as \(name)"
    case .sessionExpired: "new session"
    case .retry: "later"
    case .refused: "refused"
    case .unreadable: "unreadable"
    }
  }

  static func condition(of rule: AnswerRule) -> String {
    var parts: [String] = []
    if !rule.statuses.isEmpty {
      let statuses = rule.statuses.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound) to \($0.upperBound)" }
      parts.append("HTTP \(statuses.joined(separator: ", "))")
    }
    if let when = rule.when { parts.append(when.source) }
    if !rule.contains.isEmpty {
      let texts = rule.contains.map { "“\($0.text)”" }.joined(separator: " or ")
      parts.append("\(texts) in \(rule.searched?.source ?? "the answer")")
    }
    return parts.isEmpty ? "always" : parts.joined(separator: ", and ")
  }
}

extension PartnerOperation {
  /// Where it goes: the path of its variants, or each of them in turn where they differ.
  var paths: String {
    var paths: [String] = []
    for path in variants.map(\.path.text) where !paths.contains(path) { paths.append(path) }
    return paths.joined(separator: ", then ")
  }
}
