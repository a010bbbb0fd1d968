package import Delivery
package import Dictionaries
import DocumentKit
package import DossierModel
import Validation

extension SitePlan {
  /// The rules of all profiles and of the site itself, by the name of the message type.
  static func codeRules(of site: Site) -> [String: [CodeRule]] {
    var rules = site.profiles.reduce(into: [:]) { rules, profile in rules.merge(profile.codeRules) { own, _ in own } }
    for entry in site.codeRules { rules[entry.message, default: []].append(entry.rule) }
    return rules
  }

  /// Dictionaries that nobody could fetch, and one that two parties are asked for.
  static func dictionaryMisfits(of site: Site, _ catalogue: Catalogue) -> [SiteFinding] {
    var problems = unknownDictionaries(
      codeRules(of: site).values.joined().map { ($0.dictionary.name, $0.position) } + catalogue.tableDictionaries,
      known: site.knownDictionaries)
    let types = Set(site.profiles.flatMap { $0.messages.map(\.name) })
    problems += site.codeRules.filter { !types.contains($0.message) }.map { entry in
      SiteFinding(
        .name, at: entry.rule.position,
        Sentence(
          "nobody sends or receives ‘\(entry.message)’ here", "ở đây không ai gửi hay nhận ‘\(entry.message)’"),
        remedy: Sentence("see Deploy/partners", "hãy xem Deploy/partners"))
    }
    var fetched: [DictionaryName: PartyID] = [:]
    for entry in site.parties {
      guard let receiving = entry.receiving else { continue }
      for dictionary in receiving.dictionaries.keys.sorted() {
        guard let name = DictionaryName(profile: receiving.profile, dictionary: dictionary),
          let other = fetched.updateValue(entry.party.id, forKey: name)
        else { continue }
        problems.append(
          SiteFinding(
            .misfit, at: receiving.position,
            Sentence(
              "the dictionary ‘\(name)’ is fetched of ‘\(other)’ already",
              "danh mục ‘\(name)’ đã được tải từ ‘\(other)’"),
            remedy: Sentence("one party tells it", "chỉ một bên cho biết danh mục này")))
      }
    }
    return problems
  }

  /// Complaints about names that no profile has.
  static func unknownDictionaries(
    _ named: [(name: DictionaryName, position: YAMLPosition)], known: Set<DictionaryName>
  ) -> [SiteFinding] {
    named.filter { !known.contains($0.name) }.map { name, position in
      let hint = NearestName.of(name.description, among: known.map(\.description))
        .map(Sentence.didYouMean)
      return SiteFinding(
        .name, at: position,
        Sentence("no profile has the dictionary ‘\(name)’", "không hồ sơ đối tác nào có danh mục ‘\(name)’"),
        remedy: hint
          ?? Sentence("see ‘dictionaries’ in Deploy/partners", "hãy xem ‘dictionaries’ trong Deploy/partners"))
    }
  }

  /// A dictionary that a party of this site is asked for, and that party; nil where none is.
  package func source(
    of name: DictionaryName
  ) -> (destination: Destination, dictionary: DestinationDictionary)? {
    for destination in destinations {
      guard let dictionary = destination.dictionaries.first(where: { $0.name == name }) else { continue }
      return (destination, dictionary)
    }
    return nil
  }

  /// Every dictionary that is fetched here, with the party that is asked.
  package var fetchedDictionaries: [(name: DictionaryName, party: PartyID)] {
    destinations.flatMap { destination in destination.dictionaries.map { ($0.name, destination.party) } }
  }

  /// The places of this site that look into a dictionary.
  package func uses(of name: DictionaryName) -> Int { namedDictionaries.count { $0 == name } }
}
