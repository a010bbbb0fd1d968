package import Dictionaries
package import XMLKit

/// How a partner is asked for one of its dictionaries, and where in its answer the codes stand.
///
/// It is data, one of the `dictionaries` of a partner profile.
package struct PartnerDictionary: Sendable {
  package var name: DictionaryName
  package var title: String
  /// The outcome `accepted` says that a list is there.
  package var list: PartnerPoll.Request
  package var items: XPathExpression
  /// The following are read at each item.
  package var code: XPathExpression
  package var label: XPathExpression
  package var parent: XPathExpression?
  package var from: XPathExpression?
  package var until: XPathExpression?
  package var days: DayForm
  /// nil for a list that comes whole.
  package var pages: PartnerPoll.Pages?
  /// When it is fetched unless a party says otherwise.
  package var plan: FetchPlan
  /// Of a hundred codes, how many may be missing from a new list.
  package var vanishing: Int

  var templates: [TextTemplate] { list.templates }
}
