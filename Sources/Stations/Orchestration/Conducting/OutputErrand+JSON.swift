import DossierModel
import JSONKit
import ServiceKit

extension OutputErrand {
  /// As it is stored.
  package var json: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    func member(_ name: String, _ text: String?) {
      guard let text else { return }
      writer.name(name)
      writer.string(text)
    }
    member("purpose", purpose.rawValue)
    member("procedure", procedure.name)
    writer.name("version")
    writer.integer(procedure.number)
    member("code", code.text)
    member("step", step?.text)
    writer.name("round")
    writer.integer(round)
    member("givenBackBy", givenBackBy?.text)
    if isHandedInAgain {
      writer.name("isHandedInAgain")
      writer.boolean(true)
    }
    member("status", status.rawValue)
    member("at", at.rfc3339(offset: .vietnam))
    member("text", text)
    member("supplementDueAt", supplementDueAt?.rfc3339(offset: .vietnam))
    member("dueAt", dueAt?.rfc3339(offset: .vietnam))
    member("appointedAt", appointedAt?.rfc3339(offset: .vietnam))
    member("finishedAt", finishedAt?.rfc3339(offset: .vietnam))
    member("party", party?.text)
    member("dossier", dossier.description)
    writer.name("answers")
    writer.beginArray()
    for answer in answers { writer.string(answer.description) }
    writer.endArray()
    writer.name("results")
    writer.beginObject()
    for (name, value) in results.sorted(by: { $0.key < $1.key }) { member(name, value) }
    writer.endObject()
    writer.endObject()
    return writer.finish()
  }

  /// What `json` wrote; nil for anything else.
  package init?(json bytes: [UInt8]) {
    guard let root = try? JSONDocument(parsing: bytes).root,
      let purpose = root["purpose"]?.string.flatMap(Purpose.init(rawValue:)),
      let procedure = root["procedure"]?.string, let version = root["version"]?.integer,
      let code = root["code"]?.string, let status = root["status"]?.string.flatMap(DossierStatus.init(rawValue:)),
      let at = root["at"]?.string.flatMap({ try? Timestamp(rfc3339: $0) }), let text = root["text"]?.string,
      let dossier = root["dossier"]?.string.flatMap({ MessageID($0) })
    else { return nil }
    var results: [String: String] = [:]
    guard let stored = root["results"] else { return nil }
    for member in stored.members { results[String(member.name)] = member.value.string }
    self.init(
      purpose: purpose, procedure: ProcedureVersion(procedure, version), code: DossierCode(code),
      step: root["step"]?.string.map { StepID($0) },
      // Errands of earlier versions of this program do not tell it.
      round: root["round"]?.integer ?? 1, givenBackBy: root["givenBackBy"]?.string.map { StepID($0) },
      isHandedInAgain: root["isHandedInAgain"]?.boolean ?? false, status: status,
      at: at, text: text,
      supplementDueAt: root["supplementDueAt"]?.string.flatMap { try? Timestamp(rfc3339: $0) },
      dueAt: root["dueAt"]?.string.flatMap { try? Timestamp(rfc3339: $0) },
      appointedAt: root["appointedAt"]?.string.flatMap { try? Timestamp(rfc3339: $0) },
      finishedAt: root["finishedAt"]?.string.flatMap { try? Timestamp(rfc3339: $0) },
      party: root["party"]?.string.map { PartyID($0) }, dossier: dossier,
      answers: root["answers"]?.elements.compactMap { $0.string.flatMap { MessageID($0) } } ?? [], results: results)
  }
}
