import DocumentKit
import DossierModel
import JSONKit
import Reception
import Validation

extension SitePlan {
  /// What partners are answered that fetch lists of us, by `<profile>/<list>` and party; each answer is held to its schema.
  static func listAnswers(of site: Site, problems: inout [SiteFinding]) -> [String: [PartyID: [UInt8]]] {
    let lists = Dictionary(
      uniqueKeysWithValues: site.profiles.flatMap { profile in
        (profile.callbacks?.lists ?? []).map { ("\(profile.name)/\($0.path)", $0) }
      })
    var answers: [String: [PartyID: [UInt8]]] = [:]
    for entry in site.parties {
      for (name, path) in entry.lists.sorted(by: { $0.key < $1.key }) {
        guard let list = lists[name] else {
          problems.append(
            SiteFinding(
              .name, at: entry.position,
              Sentence(
                "no profile of this site has the list ‘\(name)’",
                "không hồ sơ đối tác nào của trục có danh sách ‘\(name)’"),
              remedy: Sentence("write PROFILE/LIST; ", "hãy viết HỒ_SƠ_ĐỐI_TÁC/DANH_SÁCH; ")
                + .knownHere(lists.keys.sorted())))
          continue
        }
        guard let document = json(path, problems: &problems) else { continue }
        guard document.root.kind == .array else {
          problems.append(
            SiteFinding(
              .file, at: .start(of: path), Sentence("this is no list", "đây không phải là danh sách"),
              remedy: Sentence("write a JSON array", "hãy viết một mảng JSON")))
          continue
        }
        let answer = list.answer(document.bytes)
        if let problem = complaint(about: answer, schema: site.catalogue + "/Schemas/" + list.schema) {
          problems.append(
            SiteFinding(
              .file, at: .start(of: path),
              Sentence("as an answer to ‘\(name)’: ", "khi trả lời cho ‘\(name)’: ") + problem))
        } else {
          answers[name, default: [:]][entry.party.id] = answer
        }
      }
    }
    return answers
  }

  private static func complaint(about answer: [UInt8], schema: String) -> Sentence? {
    do {
      let finding = try JSONSchemaFile.compile(schema).validate(try JSONDocument(parsing: answer).root).first
      return finding.map {
        Sentence(
          "\($0.instanceLocation) \($0.keyword): \($0.messageEnglish)",
          "\($0.instanceLocation) \($0.keyword): \($0.messageVietnamese)")
      }
    } catch {
      return Sentence("\(error)", "không dùng được: \(error)")
    }
  }
}
