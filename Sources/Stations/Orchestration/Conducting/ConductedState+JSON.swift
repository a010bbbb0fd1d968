import DossierModel
import JSONKit

extension ConductedState {
  /// As it is stored.
  package var json: [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.name("code")
    writer.string(code.text)
    writer.name("sender")
    writer.string(sender.text)
    writer.name("informed")
    writer.beginArray()
    for party in informed { writer.string(party.text) }
    writer.endArray()
    writer.name("dossier")
    writer.string(dossier.description)
    writer.name("answers")
    writer.beginObject()
    for (step, message) in answers.sorted(by: { $0.key < $1.key }) {
      writer.name(step.text)
      writer.string(message.description)
    }
    writer.endObject()
    writer.name("given")
    writer.beginObject()
    for (party, message) in given.sorted(by: { $0.key.text < $1.key.text }) {
      writer.name(party.text)
      writer.string(message.description)
    }
    writer.endObject()
    writer.name("outputs")
    writer.integer(outputs)
    writer.name("instance")
    instance.write(to: &writer)
    writer.endObject()
    return writer.finish()
  }

  /// What `json` wrote; nil for anything else, such as what retention left.
  package init?(json bytes: [UInt8]) {
    guard let root = try? JSONDocument(parsing: bytes).root, let code = root["code"]?.string,
      let sender = root["sender"]?.string,
      let dossier = root["dossier"]?.string.flatMap({ MessageID($0) }), let outputs = root["outputs"]?.integer,
      let instance = root["instance"].flatMap(ProcedureInstance.init(json:))
    else { return nil }
    self.init(
      instance: instance, code: DossierCode(code), sender: PartyID(sender),
      informed: root["informed"]?.elements.compactMap { $0.string.map { PartyID($0) } } ?? [], dossier: dossier)
    self.outputs = outputs
    guard let stored = root["answers"] else { return nil }
    for member in stored.members {
      guard let message = member.value.string.flatMap({ MessageID($0) }) else { return nil }
      answers[StepID(String(member.name))] = message
    }
    // States of earlier versions of this program do not tell it.
    guard let given = root["given"] else { return }
    for member in given.members {
      guard let message = member.value.string.flatMap({ MessageID($0) }) else { return nil }
      self.given[PartyID(String(member.name))] = message
    }
  }
}
