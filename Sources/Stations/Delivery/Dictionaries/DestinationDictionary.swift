package import Dictionaries

/// A dictionary of a profile, laid out for one party.
package struct DestinationDictionary: Sendable {
  package let dictionary: PartnerDictionary
  package let plan: FetchPlan
  let list: DestinationPoll.Call

  package var name: DictionaryName { dictionary.name }
}
