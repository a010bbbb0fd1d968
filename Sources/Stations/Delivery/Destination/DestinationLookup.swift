import JSONKit

/// A lookup of a profile, laid out for one party.
struct DestinationLookup: Sendable {
  let call: ResolvedCall
  /// nil for a question without a body.
  let envelope: ResolvedEnvelope?
  let answers: AnswerReader
  let timeout: Duration
  let parameters: [PartnerLookup.Parameter]

  /// The name of the first parameter that is missing, not known, or not what its pattern says; nil when all is well.
  func complaint(about given: [String: String]) -> String? {
    for parameter in parameters {
      guard let text = given[parameter.name] else {
        if parameter.isOptional { continue }
        return parameter.name
      }
      if !parameter.pattern.isFound(in: text) { return parameter.name }
    }
    let known = Set(parameters.map(\.name))
    return given.keys.sorted().first { !known.contains($0) }
  }
}
