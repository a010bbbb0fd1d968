import DossierModel
import JSONKit
import Reception
import Validation

extension SitePlan {
  /// What partners are answered that fetch lists of us, by `<profile>/<list>` and party; each answer is held to its schema.
  static func listAnswers(of site: Site, problems: inout [String]) -> [String: [PartyID: [UInt8]]] {
    let lists = Dictionary(
      uniqueKeysWithValues: site.profiles.flatMap { profile in
        (profile.callbacks?.lists ?? []).map { ("\(profile.name)/\($0.path)", $0) }
      })
    var answers: [String: [PartyID: [UInt8]]] = [:]
    for entry in site.parties {
      for (name, path) in entry.lists.sorted(by: { $0.key < $1.key }) {
        guard let list = lists[name] else {
          problems.append(
            "\(entry.position): no profile of this site has the list ‘\(name)’ (write PROFILE/LIST; known here: "
              + lists.keys.sorted().joined(separator: ", ") + ")")
          continue
        }
        guard let document = json(path, problems: &problems) else { continue }
        guard document.root.kind == .array else {
          problems.append("\(path):1:1: this is no list (write a JSON array)")
          continue
        }
        let answer = list.answer(document.bytes)
        if let problem = complaint(about: answer, schema: site.catalogue + "/Schemas/" + list.schema) {
          problems.append("\(path):1:1: as an answer to ‘\(name)’: \(problem)")
        } else {
          answers[name, default: [:]][entry.party.id] = answer
        }
      }
    }
    return answers
  }

  private static func complaint(about answer: [UInt8], schema: String) -> String? {
    do {
      let finding = try JSONSchemaFile.compile(schema).validate(try JSONDocument(parsing: answer).root).first
      return finding.map { "\($0)" }
    } catch {
      return "\(error)"
    }
  }
}
